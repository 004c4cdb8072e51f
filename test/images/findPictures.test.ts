import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import { findPictures, type SearchOptions } from "../../src/images/findPictures.ts";
import { ownFolderMarker } from "../../src/images/hiddenNames.ts";
import { ImageFailure } from "../../src/images/imageFailure.ts";
import { insideInputs } from "../../src/images/insideInputs.ts";
import type { NameSorter } from "../../src/images/nameSorter.ts";
import type { Unit } from "../../src/images/unit.ts";
import { openNameSorter } from "../../src/store/openNameSorter.ts";
import { asNobody } from "../asNobody.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { readReferenceImage } from "./reference.ts";

const png = readReferenceImage("upscale-9x9.png");

async function search(input: string, options?: SearchOptions) {
  const units: Unit[] = [];
  const ignored: string[] = [];
  for await (const found of findPictures(input, options)) {
    if ("ignored" in found) ignored.push(found.ignored);
    else units.push(found);
  }
  return { units, names: units.map(({ name }) => name), ignored };
}

/** What `LC_ALL=C find INPUT -type f | LC_ALL=C sort` prints, with NUL for the line end: names may have line ends. */
function findAndSort(input: string, cwd?: string): string[] {
  const found = execFileSync("find", [input, "-type", "f", "-print0"], { cwd });
  const sorted = execFileSync("sort", ["-z"], { input: found, env: { LC_ALL: "C" } });
  return sorted.toString().split("\0").slice(0, -1);
}

/** A folder with an empty file under each path; the folders on the way are made. */
function folderOf(paths: readonly string[]): string {
  const folder = temporaryFolder();
  for (const path of paths) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), png);
  }
  return folder;
}

async function codeOf(unit: Unit | undefined): Promise<string> {
  return (unit as Unit).read().then(
    () => "read",
    (error) => (error instanceof ImageFailure ? error.code : String(error)),
  );
}

const awkwardPaths = [
  ..."a.jpg a/z.jpg a-b.jpg a/b/c.png a.d/x.webp a0.gif B.JPG b.jpg Z/ä.png z/ö.TIFF ä/a.bmp".split(" "),
  ..."äa.avif 10.jpg 9.jpg -x.jpg =cmd.png 中文/图.jpg ﬀ.jpg 😀.png 😀/1.jpeg 'quoted'.jpg $HOME.jpg".split(
    " ",
  ),
  "with a blank.jpg",
  " leading.jpg",
  "line\nend.jpg",
  "line\nend/tab\t.jpg",
  "a\\b.jpg",
  "percent%20.jpg",
  "decomposed-a\u0308.jpg",
];

describe("findPictures names and orders as find and sort do", () => {
  it("for awkward names", async () => {
    const folder = folderOf(awkwardPaths);
    const { names, ignored } = await search(folder);
    expect(names).toEqual(findAndSort(folder));
    expect(names).toHaveLength(awkwardPaths.length);
    expect(ignored).toEqual([]);
  });

  it("for a folder beside files that begin like it", async () => {
    // "-" and "." come before the slash, "0" after it.
    const folder = folderOf(["a/1.jpg", "a-.jpg", "a.jpg", "a0.jpg", "a/0/1.jpg", "a/0.jpg"]);
    const order = ["a-.jpg", "a.jpg", "a/0.jpg", "a/0/1.jpg", "a/1.jpg", "a0.jpg"];
    expect((await search(folder)).names).toEqual(order.map((name) => `${folder}/${name}`));
  });

  it("for the input . and for one with trailing slashes", async () => {
    const folder = folderOf(["b.jpg", "a/c.jpg"]);
    const before = process.cwd();
    process.chdir(folder);
    onTestFinished(() => process.chdir(before));
    expect((await search(".")).names).toEqual(findAndSort(".", folder));
    expect((await search("./")).names).toEqual(findAndSort(".", folder));
    expect((await search("a")).names).toEqual(["a/c.jpg"]);
    expect((await search("a///")).names).toEqual(findAndSort("a/", folder));
    expect((await search(`../${folder.split("/").at(-1)}`)).names[0]).toMatch(/^\.\.\/.*\/a\/c\.jpg$/);
    expect(await codeOf((await search(".")).units[0])).toBe("read");
  });
});

describe("findPictures chooses", () => {
  it("what has a picture's ending, in any case, and counts the rest as ignored", async () => {
    const folder = folderOf([
      "a.JPG",
      "b.JpEg",
      "c.heic",
      "d.svg",
      "notes.txt",
      "clip.mp4",
      "x.zip",
      "t.csv",
    ]);
    const { names, ignored } = await search(folder);
    expect(names).toEqual(["a.JPG", "b.JpEg", "c.heic", "d.svg"].map((name) => `${folder}/${name}`));
    expect(ignored).toEqual(["clip.mp4", "notes.txt", "t.csv", "x.zip"].map((name) => `${folder}/${name}`));
  });

  it("a file without an ending by its first bytes", async () => {
    const folder = folderOf(["picture", "12345", "trailing."]);
    writeFileSync(join(folder, "README"), "no picture");
    writeFileSync(join(folder, "empty"), "");
    const { names, ignored } = await search(folder);
    expect(names).toEqual(["12345", "picture", "trailing."].map((name) => `${folder}/${name}`));
    expect(ignored).toEqual(["README", "empty"].map((name) => `${folder}/${name}`));
  });

  it("a picture whose ending a download added something to, by its first bytes, too", async () => {
    const endings = [
      "jpg?w=200",
      "jpg_large",
      "JPEG:orig",
      "png (1)",
      "png.1",
      "jpg ",
      "jpg!d",
      "webp?a=b.css",
    ];
    const pictures = endings.map((ending) => `a.${ending}`).sort();
    const folder = folderOf([...pictures, "b.jpg.txt", "b.jpg.bak", "b.jpgs", "jpg.d.txt"]);
    writeFileSync(join(folder, "page.jpg?w=1"), "<html>");
    const { names, ignored } = await search(folder);
    expect(names).toEqual(pictures.map((name) => `${folder}/${name}`));
    expect(ignored).toHaveLength(5);
  });

  it("nothing hidden, and nothing in a program's folders", async () => {
    const folder = folderOf([
      ".hidden.jpg",
      ".trash/a.jpg",
      "node_modules/p/logo.png",
      "sub/__pycache__/a.png",
      "__MACOSX/b.jpg",
      "sub/a.jpg",
      "node_modules.jpg",
    ]);
    const { names, ignored } = await search(folder);
    expect(names).toEqual([`${folder}/node_modules.jpg`, `${folder}/sub/a.jpg`]);
    expect(ignored).toEqual([]);
  });

  it("a hidden folder when it is the input itself", async () => {
    const folder = folderOf([".trash/a.jpg"]);
    expect((await search(join(folder, ".trash"))).names).toEqual([join(folder, ".trash/a.jpg")]);
  });
});

describe("findPictures follows links", () => {
  it("to files, and keeps broken ones", async () => {
    const folder = folderOf(["a.jpg"]);
    symlinkSync("a.jpg", join(folder, "b.jpg"));
    symlinkSync("nowhere", join(folder, "c.jpg"));
    symlinkSync("d.jpg", join(folder, "d.jpg"));
    const { names, units } = await search(folder);
    expect(names).toEqual(["a", "b", "c", "d"].map((name) => `${folder}/${name}.jpg`));
    expect(await Promise.all(units.map(codeOf))).toEqual(["read", "read", "broken_symlink", "symlink_loop"]);
  });

  it("to folders elsewhere, each once, and to none in the input", async () => {
    const elsewhere = folderOf(["x.jpg", "deep/y.jpg"]);
    const folder = folderOf(["sub/a.jpg"]);
    symlinkSync("sub", join(folder, "alias"));
    symlinkSync(elsewhere, join(folder, "link1"));
    symlinkSync(elsewhere, join(folder, "link2"));
    symlinkSync(join(elsewhere, "deep"), join(folder, "link3"));
    expect((await search(folder)).names).toEqual(
      ["link1/deep/y.jpg", "link1/x.jpg", "sub/a.jpg"].map((name) => `${folder}/${name}`),
    );
  });

  it("round in a circle only once", async () => {
    const folder = folderOf(["sub/a.jpg", "sub/deeper/b.jpg"]);
    symlinkSync("..", join(folder, "sub/up"));
    symlinkSync(".", join(folder, "sub/deeper/self"));
    symlinkSync(folder, join(folder, "sub/deeper/top"));
    expect((await search(folder)).names).toEqual([`${folder}/sub/a.jpg`, `${folder}/sub/deeper/b.jpg`]);
  });

  it("to a folder in the input that the search leaves alone, since it was linked on purpose", async () => {
    const folder = folderOf([".store/a.jpg"]);
    symlinkSync(".store", join(folder, "shown"));
    expect((await search(folder)).names).toEqual([`${folder}/shown/a.jpg`]);
  });

  it("when the input is one", async () => {
    const folder = folderOf(["pictures/a.jpg"]);
    symlinkSync("pictures", join(folder, "link"));
    expect((await search(join(folder, "link"))).names).toEqual([`${folder}/link/a.jpg`]);
  });
});

describe("findPictures with a rule for links", () => {
  it("gives a link that leads out a row that says how to follow it, whatever it leads to", async () => {
    const elsewhere = folderOf(["x.jpg", "notes.txt", "picture", "deep/y.jpg"]);
    const folder = folderOf(["in.jpg", "sub/a.jpg"]);
    symlinkSync(elsewhere, join(folder, "folder"));
    symlinkSync(join(elsewhere, "x.jpg"), join(folder, "out.jpg"));
    symlinkSync(join(elsewhere, "x.jpg"), join(folder, "out"));
    symlinkSync(join(elsewhere, "notes.txt"), join(folder, "notes"));
    symlinkSync(join(elsewhere, "picture"), join(folder, "unknown"));
    symlinkSync("/dev/zero", join(folder, "zero.png"));
    symlinkSync("../in.jpg", join(folder, "sub/in.jpg"));
    symlinkSync("in.jpg", join(folder, "inside"));
    symlinkSync(join(folder, "out.jpg"), join(folder, "sub/twice.jpg"));
    const { names, units, ignored } = await search(folder, { mayRead: insideInputs([folder]) });
    const found = Object.fromEntries(
      await Promise.all(
        units.map(async (unit, i) => [(names[i] as string).slice(folder.length + 1), await codeOf(unit)]),
      ),
    );
    expect(found).toEqual({
      folder: "not_a_regular_file",
      "in.jpg": "read",
      inside: "read",
      out: "not_a_regular_file",
      "out.jpg": "not_a_regular_file",
      "sub/a.jpg": "read",
      "sub/in.jpg": "read",
      "sub/twice.jpg": "not_a_regular_file",
      "zero.png": "not_a_regular_file",
    });
    expect(ignored).toEqual([`${folder}/notes`, `${folder}/unknown`]);
    for (const unit of units.filter(({ name }) => /folder$|out/.test(name))) {
      await expect(unit.read()).rejects.toThrow("leads out of the input folder: give --follow-outside");
      await expect(unit.fileState()).rejects.toThrow("--follow-outside");
    }
    expect((await search(folder)).names).toContain(`${folder}/folder/deep/y.jpg`);
  });

  it("does not take a folder for another one whose name begins alike", async () => {
    const above = folderOf(["in/a.jpg", "in-2/b.jpg"]);
    symlinkSync("../in-2/b.jpg", join(above, "in/b.jpg"));
    const { units } = await search(join(above, "in"), { mayRead: insideInputs([join(above, "in")]) });
    expect(await Promise.all(units.map(codeOf))).toEqual(["read", "not_a_regular_file"]);
    const everywhere = await search(join(above, "in"), { mayRead: insideInputs(["/"]) });
    expect(await Promise.all(everywhere.units.map(codeOf))).toEqual(["read", "read"]);
  });

  it("looks at a link again when it is read", async () => {
    const elsewhere = folderOf(["x.jpg"]);
    const folder = folderOf(["a.jpg", "b.jpg"]);
    symlinkSync("a.jpg", join(folder, "link.jpg"));
    const { units } = await search(folder, { mayRead: insideInputs([folder]) });
    for (const name of ["b.jpg", "link.jpg"]) {
      rmSync(join(folder, name));
      symlinkSync(join(elsewhere, "x.jpg"), join(folder, name));
    }
    expect(await Promise.all(units.map(codeOf))).toEqual(["read", ...Array(2).fill("not_a_regular_file")]);
  });
});

describe("what cannot be searched keeps a row", () => {
  it("a folder without the right to read it, also behind a link", async () => {
    const folder = folderOf(["a.jpg", "locked/b.jpg", "z.jpg"]);
    const elsewhere = folderOf(["locked/c.jpg"]);
    symlinkSync(join(elsewhere, "locked"), join(folder, "link"));
    for (const path of [folder, elsewhere]) chmodSync(path, 0o755);
    for (const path of [folder, elsewhere]) chmodSync(join(path, "locked"), 0);
    onTestFinished(() => {
      for (const path of [folder, elsewhere]) chmodSync(join(path, "locked"), 0o755);
    });
    const { names, units } = await asNobody(() => search(folder));
    expect(names).toEqual(["a.jpg", "link", "locked", "z.jpg"].map((name) => `${folder}/${name}`));
    expect(await codeOf(units[1])).toBe("permission_denied");
    expect(await codeOf(units[2])).toBe("permission_denied");
  });

  // macOS refuses to make such names.
  const onLinux = it.runIf(process.platform === "linux");

  onLinux("names that are not UTF-8: each file and folder of its own, in byte order", async () => {
    const folder = folderOf(["z.jpg", "😀.jpg"]);
    const bytesPath = (name: Buffer) => Buffer.concat([Buffer.from(`${folder}/`), name]);
    const latin1 = ["\xe4.jpg", "\xfc.jpg", "\xfc.txt", "\xff"].map((name) => Buffer.from(name, "latin1"));
    for (const name of latin1) writeFileSync(bytesPath(name), png);
    mkdirSync(bytesPath(Buffer.from("f\xfc", "latin1")));
    writeFileSync(bytesPath(Buffer.from("f\xfc/a.jpg", "latin1")), png);
    const { names, units, ignored } = await search(folder);
    expect(names).toEqual(
      ["f\\xfc", "z.jpg", "\\xe4.jpg", "😀.jpg", "\\xfc.jpg", "\\xff"].map((name) => `${folder}/${name}`),
    );
    expect(await Promise.all(units.map(codeOf))).toEqual([
      "unreadable_name",
      "read",
      "unreadable_name",
      "read",
      "unreadable_name",
      "unreadable_name",
    ]);
    expect(ignored).toEqual([`${folder}/\\xfc.txt`]);
  });

  onLinux("does not take a file called U+FFFD for one whose name is not UTF-8", async () => {
    const folder = folderOf(["\ufffd.jpg"]);
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from("\xfc.jpg", "latin1")]), "other");
    const { units } = await search(folder);
    expect(await Promise.all(units.map(codeOf))).toEqual(["read", "unreadable_name"]);
  });

  it("a folder that goes away during the search", async () => {
    const folder = folderOf(["a.jpg", "b/c.jpg"]);
    const found: Unit[] = [];
    for await (const unit of findPictures(folder)) {
      found.push(unit as Unit);
      rmSync(join(folder, "b"), { recursive: true, force: true });
    }
    expect(found.map(({ name }) => name)).toEqual([`${folder}/a.jpg`, `${folder}/b`]);
    expect(await codeOf(found[1])).toBe("missing_file");
  });

  it("but an input that cannot be read is the user's to mend", async () => {
    const folder = folderOf(["locked/b.jpg"]);
    chmodSync(folder, 0o755);
    chmodSync(join(folder, "locked"), 0);
    onTestFinished(() => chmodSync(join(folder, "locked"), 0o755));
    await expect(asNobody(() => search(join(folder, "locked")))).rejects.toThrow(UserError);
    await expect(search(join(folder, "none"))).rejects.toThrow(/none: the folder cannot be read \(ENOENT\)/);
  });
});

describe("findPictures in folders of any size", () => {
  it("sorts where it is told to as it does in memory, and closes that", async () => {
    const paths = Array.from({ length: 10_050 }, (_, i) => `${(i * 7919) % 10_050}${i % 3 ? "" : "é"}.jpg`);
    const folder = temporaryFolder();
    mkdirSync(join(folder, "5"));
    for (const path of [...paths, "5/a.jpg", "50.png", "5.jpg"]) writeFileSync(join(folder, path), "");
    let opened = 0;
    let closed = 0;
    const openSorter = () => {
      const sorter = openNameSorter();
      opened += 1;
      const close = () => {
        closed += 1;
        sorter.close();
      };
      return { ...sorter, close };
    };
    const names: string[] = [];
    for await (const found of findPictures(folder, { openSorter }))
      if ("name" in found) names.push(found.name);
    expect(names).toEqual(findAndSort(folder));
    expect([opened, closed]).toEqual([1, 1]);
    let counted = 0;
    for await (const _ of findPictures(folder, { inAnyOrder: true })) counted += 1;
    for await (const _ of findPictures(folder, { inAnyOrder: true, openSorter })) counted += 1;
    expect(counted).toBe(2 * names.length);
  });

  it("passes on why the names of a large folder cannot be sorted", async () => {
    const fault = new UserError("there is no room to sort names", { hint: "make room" });
    const openSorter = (): NameSorter => ({
      add: () => {
        throw fault;
      },
      sorted: () => [],
      unsorted: () => [],
      close: () => undefined,
    });
    const folder = folderOf(["a.jpg", "large/b.jpg"]);
    const found = Array.fromAsync(findPictures(folder, { openSorter, mostInMemory: 1 }));
    await expect(found).rejects.toBe(fault);
  });

  it("walks a folder whose pictures Clipbook made when it is named, and not on the way", async () => {
    const folder = folderOf(["a.jpg", "demo/images/b.jpg", "demo/images/sub/c.jpg", "demo/d.jpg"]);
    writeFileSync(join(folder, "demo/images", ownFolderMarker), "");
    const found = await search(folder);
    expect(found.names).toEqual([`${folder}/a.jpg`, `${folder}/demo/d.jpg`]);
    expect(found.ignored).toEqual([`${folder}/demo/images`]);
    expect((await search(join(folder, "demo/images"))).names).toHaveLength(2);
  });
});

it("findPictures stops when it is told to", async () => {
  const folder = folderOf(["a.jpg", "b.jpg"]);
  const abort = new AbortController();
  const stopped = await (async () => {
    for await (const _ of findPictures(folder, { signal: abort.signal })) abort.abort();
  })().catch((error: unknown) => error);
  expect(abort.signal.aborted).toBe(true);
  expect(stopped).toBe(abort.signal.reason);
});
