import { describe, expect, it } from "vitest";
import { openNameSorter } from "../../src/store/openNameSorter.ts";
import { runScript } from "../runScript.ts";
import { maybeSmallDisk } from "../smallDisk.ts";

const text = (names: Iterable<readonly [Uint8Array, string]>) =>
  Array.from(names, ([key, kind]) => [Buffer.from(key).toString(), kind]);

describe("openNameSorter", () => {
  it("gives names in the order of their bytes, those that come twice twice", () => {
    const sorter = openNameSorter();
    const add = (...names: readonly string[]) => sorter.add(names.map((name) => [Buffer.from(name), "file"]));
    add("b", "a/", "é");
    add("B", "a", "b");
    expect(text(sorter.sorted()).map(([name]) => name)).toEqual(["B", "a", "a/", "b", "b", "é"]);
    expect(text(sorter.unsorted())).toHaveLength(6);
    // A reader that stops in the middle leaves it usable.
    for (const _ of sorter.sorted()) break;
    add("c");
    expect(text(sorter.sorted()).at(-2)).toEqual(["c", "file"]);
    sorter.close();
  });

  it("says what to do where the disk for temporary files is full", async ({ skip }) => {
    const disk = maybeSmallDisk(1024 * 1024) ?? skip("a small disk of one's own needs the right to mount");
    disk.fill(0);
    // More names than SQLite keeps in memory.
    const script = `
      import { openNameSorter } from "./src/store/openNameSorter.ts";
      process.env.SQLITE_TMPDIR = ${JSON.stringify(disk.folder)};
      const sorter = openNameSorter();
      try {
        for (let part = 0; part < 40; part++) {
          sorter.add(Array.from({ length: 10_000 }, (_, i) => [Buffer.from("picture-" + part + "-" + i + ".jpg"), "file"]));
        }
        console.log([...sorter.sorted()].length);
      } catch (error) {
        console.log(error.constructor.name, error.message, error.hint);
      }
      sorter.close();`;
    expect(await runScript(script)).toEqual({
      code: 0,
      stdout:
        "UserError the names of a large folder cannot be sorted on the disk: database or disk is full " +
        "make room where temporary files go, or name another folder for them in the variable TMPDIR\n",
      stderr: "",
    });
  });
});
