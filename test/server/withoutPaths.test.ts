import { describe, expect, it } from "vitest";
import { withoutPaths } from "../../src/server/withoutPaths.ts";

describe("an error's text", () => {
  it.for([
    ["/home/ana/study/codebook.yaml: there is no such file", "codebook.yaml: there is no such file"],
    ["cannot open '/data/a.jpg' and \"/data/b/c.jpg\" (/tmp/x)", "cannot open 'a.jpg' and \"c.jpg\" (x)"],
    ["try clipbook check /data/codebook.yaml:3:4", "try clipbook check codebook.yaml:3:4"],
    ["C:\\Users\\ana\\study\\codebook.yaml: no", "codebook.yaml: no"],
    ["\\\\server\\share\\study\\a.jpg: no", "a.jpg: no"],
    ["/data/pictures/: no", "pictures/: no"],
    ["/bilder/größe/日本.jpg", "日本.jpg"],
  ] as const)("tells what a file is called and not where it lies: %s", ([text, told]) => {
    expect(withoutPaths(text, [])).toBe(told);
  });

  it.for([
    "open http://127.0.0.1:4700/",
    "right/wrong and 3 / 4",
    "pictures/a.jpg in a.zip!/b.jpg",
    "~/study",
    "images per category (n/a)",
  ])("stays as it is where no path begins at the root: %s", (text) => {
    expect(withoutPaths(text, [])).toBe(text);
  });

  it("loses known folders also where their names have blanks, the longest first", () => {
    const folders = ["/home/Ana Maria", "/home/Ana Maria/my study", "/"];
    expect(withoutPaths("/home/Ana Maria/my study/a b.jpg: no", folders)).toBe("a b.jpg: no");
    expect(withoutPaths("/home/Ana Maria/other/a.jpg: no", folders)).toBe("other/a.jpg: no");
    expect(withoutPaths("/home/Ana Maria/my study: no", folders)).toBe("my study: no");
  });
});
