import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import { ownFolderMarker } from "../../src/images/hiddenNames.ts";
import type { Unit } from "../../src/images/unit.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { asNobody } from "../asNobody.ts";
import { readReferenceImage } from "../images/reference.ts";
import { zipFile } from "../images/zipFile.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const png = readReferenceImage("upscale-9x9.png");

/** Makes a folder with these files and goes there, so that short names can be given. */
function workIn(paths: readonly string[]): string {
  const folder = temporaryFolder();
  for (const path of paths) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), contentOf(path));
  }
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  return folder;
}

function contentOf(path: string): Uint8Array {
  if (path.endsWith(".zip")) return zipFile([{ name: "in.jpg", bytes: png }]);
  return /\.(txt|csv)$/.test(path) ? Buffer.from("image\na.jpg\n") : png;
}

async function find(...inputs: string[]) {
  const opened = await openInputs(inputs);
  const units: Unit[] = [];
  const ignored: string[] = [];
  for await (const found of opened.units()) {
    if ("ignored" in found) ignored.push(found.ignored);
    else units.push(found);
  }
  expect(await opened.count()).toBe(units.length);
  await opened.close();
  return { names: units.map(({ name }) => name), units, ignored, recorded: opened.names };
}

async function failureOf(...inputs: string[]): Promise<UserError> {
  const failure = await openInputs(inputs).catch((error: unknown) => error);
  if (failure instanceof UserError) return failure;
  throw failure;
}

describe("openInputs names units as find prints them", () => {
  it.each(["p", "p/", "./p", ".", "p/sub"])("for %s", async (input) => {
    workIn(["p/b.jpg", "p/sub/a.jpg", "p/ä.png", "p/-x.jpg"]);
    const found = execFileSync("find", [input, "-type", "f", "-print0"]);
    const sorted = execFileSync("sort", ["-z"], { input: found, env: { LC_ALL: "C" } });
    expect((await find(input)).names).toEqual(sorted.toString().split("\0").slice(0, -1));
  });

  it("for a single file, as it was named", async () => {
    const folder = workIn(["p/b.jpg"]);
    expect((await find("p/b.jpg")).names).toEqual(["p/b.jpg"]);
    expect((await find("./p/b.jpg")).names).toEqual(["./p/b.jpg"]);
    expect((await find(join(folder, "p/b.jpg"))).names).toEqual([join(folder, "p/b.jpg")]);
  });

  it("for an archive, with a mark between its name and the names inside", async () => {
    workIn(["p/a.zip"]);
    expect((await find("p/a.zip")).names).toEqual(["p/a.zip!/in.jpg"]);
  });
});

describe("several inputs", () => {
  it("come in the byte order of the paths in them, whatever order they were named in", async () => {
    workIn(["a/1.jpg", "a.jpg", "a0.jpg", "a.zip", "a.zip .jpg", "a.zip-/1.jpg", "b/1.jpg"]);
    expect((await find("b", "a0.jpg", "a.zip-", "a", "a.jpg", "a.zip", "a.zip .jpg")).names).toEqual([
      "a.jpg",
      "a.zip .jpg",
      "a.zip!/in.jpg",
      "a.zip-/1.jpg",
      "a/1.jpg",
      "a0.jpg",
      "b/1.jpg",
    ]);
  });

  it("that overlap give every picture once", async () => {
    const folder = workIn(["p/a.jpg", "p/sub/b.jpg", "q.jpg"]);
    const once = ["p/a.jpg", "p/sub/b.jpg"];
    expect((await find("p", "p")).names).toEqual(once);
    expect((await find("p", "p/sub")).names).toEqual(once);
    expect((await find("p/sub", "p/a.jpg", "p")).names).toEqual(once);
    expect((await find("p", "p/sub/b.jpg")).names).toEqual(once);
    expect((await find("q.jpg", "q.jpg", "./q.jpg", join(folder, "q.jpg"))).names).toHaveLength(1);
    expect((await find("p", join(folder, "p"), "p/../p/sub")).names).toHaveLength(2);
  });

  it("that overlap through a link to a folder, too", async () => {
    const folder = workIn(["p/a.jpg"]);
    symlinkSync("p", join(folder, "link"));
    expect((await find("p", "link")).names).toEqual(["link/a.jpg"]);
    expect((await find("link/a.jpg", "p")).names).toEqual(["p/a.jpg"]);
  });

  it("keep what the search of a folder would leave out, since it was named", async () => {
    workIn(["p/a.jpg", "p/.h.jpg", "p/.hidden/b.jpg", "p/node_modules/c.png", "p/d.zip"]);
    writeFileSync("p/scan", "no picture");
    const named = ["p/.h.jpg", "p/.hidden", "p/.hidden/b.jpg", "p/node_modules/c.png", "p/d.zip", "p/scan"];
    const { names } = await find("p", ...named);
    expect(names.toSorted()).toEqual(
      [
        "p/.h.jpg",
        "p/.hidden/b.jpg",
        "p/a.jpg",
        "p/d.zip!/in.jpg",
        "p/node_modules/c.png",
        "p/scan",
      ].toSorted(),
    );
  });

  it("keep drawings of Clipbook's own that were named beside a folder above them", async () => {
    workIn(["a.jpg", "demo/images/b.jpg", "demo/images/sub/c.jpg"]);
    writeFileSync(join("demo/images", ownFolderMarker), "");
    expect((await find(".")).names).toEqual(["./a.jpg"]);
    expect((await find(".", "demo/images")).names.toSorted()).toEqual([
      "./a.jpg",
      "demo/images/b.jpg",
      "demo/images/sub/c.jpg",
    ]);
    expect((await find(".", "demo/images/b.jpg")).names.toSorted()).toEqual(["./a.jpg", "demo/images/b.jpg"]);
    expect((await find("demo/images", "demo/images/sub")).names).toHaveLength(2);
  });

  it("tell files beside a folder from files in it", async () => {
    workIn(["p/a.jpg", "pq/b.jpg", "p.jpg"]);
    expect((await find("p", "pq", "p.jpg")).names).toEqual(["p.jpg", "p/a.jpg", "pq/b.jpg"]);
  });

  it("are recorded as they were named", async () => {
    workIn(["p/a.jpg", "p/b.jpg"]);
    expect((await find("p/*.jpg")).recorded).toEqual(["p/*.jpg"]);
    expect((await find("p", "p", "p/a.jpg")).recorded).toEqual(["p", "p/a.jpg"]);
  });
});

describe("patterns", () => {
  it("match as a shell's do, and keep a leading ./", async () => {
    workIn(["p/b.jpg", "p/a.png", "p/.h.jpg", "p/sub/c.jpg", "p/c.jpeg"]);
    expect((await find("p/*.jpg")).names).toEqual(["p/b.jpg"]);
    expect((await find("./p/*.{jpg,png}")).names).toEqual(["./p/a.png", "./p/b.jpg"]);
    expect((await find("p/**/*.jpg")).names).toEqual(["p/b.jpg", "p/sub/c.jpg"]);
    expect((await find("p/?.jp*g")).names).toEqual(["p/b.jpg", "p/c.jpeg"]);
    expect((await find("p/[ab].*")).names).toEqual(["p/a.png", "p/b.jpg"]);
  });

  it("match folders and archives, which give what is in them", async () => {
    workIn(["x1/a.jpg", "x2/b.jpg", "x3.zip"]);
    expect((await find("x*")).names).toEqual(["x1/a.jpg", "x2/b.jpg", "x3.zip!/in.jpg"]);
  });

  it("match other files, which are ignored as in a folder", async () => {
    workIn(["p/a.jpg", "p/notes.txt"]);
    const { names, ignored } = await find("p/*");
    expect(names).toEqual(["p/a.jpg"]);
    expect(ignored).toEqual(["p/notes.txt"]);
  });

  it("match broken links, which keep their row", async () => {
    const folder = workIn(["a.jpg"]);
    symlinkSync("nowhere", join(folder, "b.jpg"));
    const { names, units } = await find("*.jpg");
    expect(names).toEqual(["a.jpg", "b.jpg"]);
    await expect(units[1]?.read()).rejects.toMatchObject({ code: "broken_symlink" });
  });

  it("are no patterns where a file has that very name", async () => {
    workIn(["[x].jpg", "x.jpg", "a*.jpg", "ab.jpg"]);
    expect((await find("[x].jpg")).names).toEqual(["[x].jpg"]);
    expect((await find("a*.jpg")).names).toEqual(["a*.jpg"]);
  });

  it("without a match are the user's to mend", async () => {
    workIn(["p/a.jpg"]);
    const { message, hint } = await failureOf("p/*.png");
    expect(message).toBe("p/*.png: no file has a name like this");
    expect(hint).toContain("quote");
  });
});

describe("a file that is named", () => {
  it("keeps its row whatever it is", async () => {
    workIn(["notes.txt", "scan"]);
    const { names, units } = await find("notes.txt", "scan");
    expect(names).toEqual(["notes.txt", "scan"]);
    expect((await units[1]?.read())?.equals(png)).toBe(true);
  });

  it("must be there", async () => {
    workIn(["a.jpg"]);
    expect((await failureOf("a.jpg", "b.jpg")).message).toBe("b.jpg: there is no such file or folder");
    expect((await failureOf("")).message).toContain("there is no such file or folder");
    expect((await failureOf()).message).toBe("nothing to classify was named");
  });

  it("must be reachable", async () => {
    const folder = workIn(["locked/a.jpg"]);
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "locked"), 0);
    onTestFinished(() => chmodSync(join(folder, "locked"), 0o755));
    const { message } = await asNobody(() => failureOf("locked/a.jpg"));
    expect(message).toBe("locked/a.jpg: you may not read this");
  });
});

describe("a table", () => {
  it("is opened with its column of images", async () => {
    const folder = workIn(["a.jpg", "t.csv"]);
    const inputs = await openInputs(["t.csv"]);
    onTestFinished(() => inputs.close());
    expect(inputs).toMatchObject({ imageColumn: "image", names: ["t.csv"] });
    expect(inputs.table?.columns).toEqual(["image"]);
    expect(await inputs.count()).toBe(1);
    for await (const unit of inputs.units()) {
      expect(unit).toMatchObject({ name: "a.jpg", path: join(folder, "a.jpg"), rowNumber: 1 });
    }
  });

  it("has to be the only input", async () => {
    workIn(["p/a.jpg", "p/t.csv", "u.csv"]);
    for (const inputs of [["p", "u.csv"], ["p", "p/t.csv"], ["u.csv", "p/t.csv"], ["p/*"]]) {
      expect((await failureOf(...inputs)).message).toMatch(/\.csv: a table has to be the only input/);
    }
  });

  it("named twice is one", async () => {
    const folder = workIn(["t.csv"]);
    const inputs = await openInputs(["t.csv", join(folder, "t.csv"), relative(".", "t.csv")]);
    onTestFinished(() => inputs.close());
    expect(inputs.table).toBeDefined();
  });

  it("alone has a column of images", async () => {
    workIn(["p/a.jpg"]);
    await expect(openInputs(["p"], "image")).rejects.toThrow("--image-column needs a table as input");
  });
});

describe("links that lead out of the inputs", () => {
  async function outcomes(inputs: readonly string[], followOutside?: boolean) {
    const opened = await openInputs(inputs, undefined, { followOutside });
    onTestFinished(() => opened.close());
    const found: string[] = [];
    for await (const unit of opened.units()) {
      if ("ignored" in unit) continue;
      const outcome = await unit.read().then(
        () => "read",
        (error) => error.code,
      );
      found.push(`${unit.name} ${outcome}`);
    }
    expect(await opened.count()).toBe(found.length);
    return found;
  }

  it("are followed where that was asked for, else they are units that fail", async () => {
    const folder = workIn(["in/a.jpg", "out/b.jpg"]);
    symlinkSync("../out", join(folder, "in/folder"));
    symlinkSync("../out/b.jpg", join(folder, "in/b.jpg"));
    expect(await outcomes(["in"])).toEqual([
      "in/a.jpg read",
      "in/b.jpg not_a_regular_file",
      "in/folder not_a_regular_file",
    ]);
    expect(await outcomes(["in"], true)).toEqual(["in/a.jpg read", "in/b.jpg read", "in/folder/b.jpg read"]);
  });

  it("are followed where they were named themselves, also a folder's", async () => {
    const folder = workIn(["in/a.jpg", "out/b.jpg", "out/c.zip"]);
    symlinkSync("../out", join(folder, "in/folder"));
    symlinkSync("../out/b.jpg", join(folder, "in/b.jpg"));
    symlinkSync("../out/c.zip", join(folder, "in/c.zip"));
    expect(await outcomes(["in/b.jpg"])).toEqual(["in/b.jpg read"]);
    expect(await outcomes(["in/c.zip"])).toEqual(["in/c.zip!/in.jpg read"]);
    expect(await outcomes(["in/folder"])).toEqual(["in/folder/b.jpg read"]);
    // Each picture once, under the input that was named.
    expect(await outcomes(["in", "in/folder"])).toEqual([
      "in/a.jpg read",
      "in/b.jpg read",
      "in/folder/b.jpg read",
    ]);
    expect(await outcomes(["in", "out"])).toEqual(["in/a.jpg read", "in/b.jpg read", "out/b.jpg read"]);
  });

  it("that a pattern matched count as found in the folder that it looks into", async () => {
    const folder = workIn(["in/a.jpg", "in/sub/d.jpg", "out/b.jpg", "out/c.zip"]);
    symlinkSync("../out", join(folder, "in/folder"));
    symlinkSync("../out/b.jpg", join(folder, "in/b.jpg"));
    symlinkSync("../out/c.zip", join(folder, "in/c.zip"));
    symlinkSync("sub/d.jpg", join(folder, "in/d.jpg"));
    const within = [
      "in/a.jpg read",
      "in/b.jpg not_a_regular_file",
      "in/c.zip not_a_regular_file",
      "in/d.jpg read",
      "in/folder not_a_regular_file",
      "in/sub/d.jpg read",
    ];
    expect(await outcomes(["in/*"])).toEqual(within);
    expect(await outcomes([join(folder, "in/*")])).toEqual(within.map((line) => join(folder, line)));
    expect(await outcomes(["in/*"], true)).toEqual([
      "in/a.jpg read",
      "in/b.jpg read",
      "in/c.zip!/in.jpg read",
      "in/d.jpg read",
      "in/folder/b.jpg read",
      "in/sub/d.jpg read",
    ]);
  });
});
