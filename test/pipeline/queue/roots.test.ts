import { mkdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { openRootFinder, parseRoot, requireDistinct } from "../../../src/pipeline/queue/roots.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";

describe("parseRoot", () => {
  it.each([
    ["archive=/mnt/archive", "archive", "/mnt/archive"],
    ["a.b-c_1=/mnt/x y/ä", "a.b-c_1", "/mnt/x y/ä"],
    ["a=/mnt/b=c", "a", "/mnt/b=c"],
    ["a=/mnt/b/", "a", "/mnt/b"],
    ["a=pictures", "a", resolve("pictures")],
    ["a=.", "a", resolve(".")],
    ["a=../b", "a", resolve("../b")],
    ["a=https://host/folder/", "a", "https://host/folder/"],
    ["a=http://host:8080", "a", "http://host:8080/"],
  ])("reads %s", (text, name, place) => {
    expect(parseRoot(text)).toEqual({ name, place });
  });

  it.each(["archive", "=x", "a=", "a b=/x", "ä=/x", "/mnt/archive", `${"a".repeat(65)}=/x`])(
    "refuses %s",
    (text) => {
      expect(() => parseRoot(text)).toThrow("this is no name with a folder");
    },
  );

  it.each(["a=https://host/x?y=1", "a=https://host/#x", "a=https://"])("refuses %s", (text) => {
    expect(() => parseRoot(text)).toThrow("--root a: this is no address that paths can follow");
  });

  it.each(["a=https://me:SECRET@host/", "a b=https://me:SECRET@host/", "https://me:SECRET@host/"])(
    "shows nothing of the password in %s",
    (text) => {
      expect(() => parseRoot(text)).toThrow(/^(?!.*SECRET).*--root/);
    },
  );

  it("takes a name once", () => {
    const roots = ["a=/x", "b=/x", "a=/y"].map(parseRoot);
    expect(() => requireDistinct(roots)).toThrow("--root a is given twice");
  });
});

describe("the place of a file below the roots", () => {
  const folder = temporaryFolder;
  it("is relative to the deepest root that it lies in", () => {
    const place = folder();
    const inner = join(place, "2020/scans");
    mkdirSync(inner, { recursive: true });
    const find = openRootFinder([
      { name: "all", place },
      { name: "scans", place: inner },
    ]);
    expect(find(join(place, "2020/a.jpg"))).toEqual({ root: "all", path: "2020/a.jpg" });
    expect(find(join(inner, "b/c.jpg"))).toEqual({ root: "scans", path: "b/c.jpg" });
  });

  it("is found through a symbolic link to the root, and from behind one", () => {
    const place = folder();
    const link = join(folder(), "link");
    symlinkSync(place, link);
    const find = openRootFinder([{ name: "a", place: link }]);
    expect(find(join(link, "x.jpg"))).toEqual({ root: "a", path: "x.jpg" });
    expect(find(join(place, "x.jpg"))).toEqual({ root: "a", path: "x.jpg" });
  });

  it("is below none for a neighbour whose name begins alike, and is the whole path then", () => {
    const place = folder();
    const find = openRootFinder([{ name: "a", place }]);
    expect(find(`${place}-2/x.jpg`)).toEqual({ root: "", path: `${place}-2/x.jpg`.slice(1) });
    expect(find(join(place, "../x.jpg"))).toMatchObject({ root: "" });
    expect(find(place)).toMatchObject({ root: "" });
  });

  it.each(["..hidden.jpg", "a.zip!/b c.jpg", "100%#?&.jpg", "a\u0308.jpg", "\u00e4.jpg", "a\\b.jpg"])(
    "keeps the name %s to the letter",
    (name) => {
      const place = folder();
      expect(openRootFinder([{ name: "a", place }])(join(place, name))).toEqual({ root: "a", path: name });
    },
  );

  it("cannot be told below a root that is not there", () => {
    expect(() => openRootFinder([{ name: "a", place: "/nowhere/at/all" }])).toThrow(
      "/nowhere/at/all: this root cannot be read",
    );
  });
});
