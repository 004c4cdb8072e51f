import { describe, expect, it } from "vitest";
import { lastNameOf, shareableName } from "../../src/pipeline/shareableName.ts";

const own = ["ana"];

describe("a unit's name in a report", () => {
  it.each([
    ["/home/ana/secret/pictures/a/b.jpg", "/home/ana/secret/pictures", "pictures/a/b.jpg"],
    ["/home/ana/secret/pictures/a/b.jpg", "/home/ana/secret/pictures/", "pictures/a/b.jpg"],
    ["pictures/a/b.jpg", "pictures", "pictures/a/b.jpg"],
    ["./pictures/b.jpg", "./pictures", "pictures/b.jpg"],
    ["./a/b.jpg", ".", "a/b.jpg"],
    ["../other/pictures/b.jpg", "../other/pictures", "pictures/b.jpg"],
    ["../b.jpg", "..", "b.jpg"],
    ["/srv/b.jpg", "/srv/b.jpg", "b.jpg"],
    ["/srv/x/posts.zip!/home/b.jpg", "/srv/x/posts.zip", "posts.zip!/home/b.jpg"],
    ["/srv/x/2024/b.jpg", "/srv/x/*/b.jpg", "x/2024/b.jpg"],
    ["/srv/x/2024/b.jpg", "/srv/x/20{24,25}/*.jpg", "x/2024/b.jpg"],
    ["/etc/b.jpg", "/", "etc/b.jpg"],
  ])("of %s, found in %s, is %s", (name, input, shown) => {
    expect(shareableName(name, [input], own)).toBe(shown);
  });

  it.each([
    ["/srv/study/images/a.jpg", "study/images/a.jpg"],
    ["/mnt/elsewhere/a.jpg", "a.jpg"],
    ["/mnt/elsewhere/a.zip!/x/a.jpg", "a.zip!/x/a.jpg"],
    ["images/a.jpg", "images/a.jpg"],
    ["../../mnt/images/a.jpg", "mnt/images/a.jpg"],
    ["C:\\Users\\Bea\\pictures\\a.jpg", "a.jpg"],
    ["\\\\server\\share\\a.jpg", "a.jpg"],
    ["file:///home/bea/a.jpg", "a.jpg"],
    ["~/pictures/a.jpg", "a.jpg"],
    ["https://example.org/x/a.jpg", "https://example.org/x/a.jpg"],
    ["", ""],
  ])("of the cell %j of a table in /srv/study is %j", (cell, shown) => {
    expect(shareableName(cell, ["/srv/study/posts.csv"], own)).toBe(shown);
  });

  it("tells nothing of the user, whose name may be a folder's", () => {
    expect(shareableName("/home/ana/a.jpg", ["/home/ana"], own)).toBe("a.jpg");
    expect(shareableName("/home/ANA/pictures/a.jpg", ["/home"], own)).toBe("pictures/a.jpg");
    expect(shareableName("home/ana/pictures/a.jpg", ["home"], own)).toBe("pictures/a.jpg");
    expect(shareableName("ana", ["ana"], own)).toBe("ana");
  });

  it("is by the outermost input, whose folders tell twins apart", () => {
    expect(shareableName("/srv/x/y/a.jpg", ["/srv/x/y", "/srv/x"], own)).toBe("x/y/a.jpg");
    expect(shareableName("/srv/xy/a.jpg", ["/srv/x", "/srv/xy"], own)).toBe("xy/a.jpg");
  });
});

describe("a place in a report", () => {
  it.each([
    ["/home/ana/secret/codebook.yaml", "codebook.yaml"],
    ["/home/ana/models/tiny/", "tiny"],
    ["C:\\Users\\Bea\\codebook.yaml", "codebook.yaml"],
    ["/home/ana", "~"],
    [".", "."],
    ["..", ".."],
    ["/", "/"],
  ])("of %s is %s", (path, shown) => {
    expect(lastNameOf(path, own)).toBe(shown);
  });
});
