import { rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readUserColumns, valueAt } from "../../../src/pipeline/evaluation/userColumns.ts";
import { plainRun } from "../plainRun.ts";
import { simulatedPosts, tableStudy } from "./tableStudy.ts";

describe("the user's columns", () => {
  it("have the table's cells at the run's positions, each distinct text once", async () => {
    const posts = simulatedPosts(50);
    const { study, run } = tableStudy(posts);
    const [party, followers] = await readUserColumns(study, run, ["party", "followers"]);
    expect(party?.values.toSorted()).toEqual(["Greens", "Left", "Right"]);
    for (const [position, { cells }] of posts.rows.entries()) {
      expect(party && valueAt(party, position)).toBe(cells.party);
      expect(followers && valueAt(followers, position)).toBe(cells.followers);
    }
  });

  it("give months and years of dates, and say which cells are none", async () => {
    const { study, run } = tableStudy({
      ...simulatedPosts(5),
      rows: ["2024-05-31", "2024-05-01T10:00:00Z", "2023-12-31", "", "31.12.2023"].map((date, image) => ({
        image,
        cells: { date, text: "x", "month of text": "mine" },
      })),
    });
    const [month, year, own] = await readUserColumns(study, run, [
      "month of date",
      "year of date",
      "month of text",
    ]);
    const positions = [0, 1, 2, 3, 4];
    expect(positions.map((at) => month && valueAt(month, at))).toEqual([
      "2024-05",
      "2024-05",
      "2023-12",
      "",
      "(no date)",
    ]);
    expect(positions.map((at) => year && valueAt(year, at))).toEqual([
      "2024",
      "2024",
      "2023",
      "",
      "(no date)",
    ]);
    expect(month?.note).toBe(
      '"month of date": 1 cell is no date such as 2024-05-31, for example "31.12.2023"; see "(no date)"',
    );
    // A column that is really called so comes first.
    expect(own).toMatchObject({ values: ["mine"], note: undefined });
    await expect(readUserColumns(study, run, ["year of text"])).rejects.toThrow('for example "x"');
  });

  it("of a run of folders are the folders of its units", async () => {
    const names = ["a/b/1.jpg", "a/b/2.jpg", "zips/x.zip!/3.jpg", "4.jpg", "/5.jpg"];
    const { study, run } = plainRun({ sizes: [5], unitName: (position) => names[position] as string });
    const [folder] = await readUserColumns(study, run, ["folder"]);
    expect(names.map((_, at) => folder && valueAt(folder, at))).toEqual([
      "a/b",
      "a/b",
      "zips/x.zip",
      ".",
      "/",
    ]);
    await expect(readUserColumns(study, run, ["party"])).rejects.toMatchObject({
      message: expect.stringContaining('no column "party"'),
      hint: expect.stringContaining('"folder"'),
    });
  });

  it("are refused by their names, and from a table that is gone or changed", async () => {
    const { study, run, table } = tableStudy(simulatedPosts(10));
    for (const name of ["partei", "folder", "month of day"]) {
      await expect(readUserColumns(study, run, [name])).rejects.toMatchObject({
        message: expect.stringContaining(`no column "${name.replace("month of ", "")}"`),
        hint: 'its columns are "file", "account", "party", "followers", "date"',
      });
    }
    writeFileSync(table, "file,party\n0.jpg,Left\n");
    await expect(readUserColumns(study, run, ["party"])).rejects.toThrow("another table by now");
    rmSync(table);
    await expect(readUserColumns(study, run, ["party"])).rejects.toThrow("cannot be read");
  });
});
