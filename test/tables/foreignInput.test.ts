import { describe, expect, it } from "vitest";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { failureOf } from "./failureOf.ts";
import { temporaryFile } from "./temporaryFolder.ts";

describe("inputs that are no table, folder or picture", () => {
  it.each([
    ["posts.xlsx", "a spreadsheet", ".csv (UTF-8)"],
    ["posts.XLS", "a spreadsheet", ".csv (UTF-8)"],
    ["posts.ods", "a spreadsheet", ".csv (UTF-8)"],
    ["posts.csv.gz", "a compressed table", "unpack"],
    ["posts.sav", "a table of a statistics program", ".parquet"],
    ["posts.feather", "an Arrow table", ".parquet"],
    ["posts.json", "JSON", ".jsonl"],
    ["posts.tab", "a text file", ".tsv"],
  ])("says of %s what it is and what to do", async (name, what, hint) => {
    for (const path of [name, temporaryFile(name, "x")]) {
      const failure = await failureOf(() => openInputs([path]));
      expect(failure.message).toBe(`${path}: this is ${what}, which Clipbook does not read`);
      expect(failure.hint).toContain(hint);
    }
  });

  it.each([
    ["https://example.org/a.jpg", "download"],
    ["s3://bucket/pictures", "download"],
    ["file:///home/me/pictures", "without file://"],
    ["data:image/png;base64,iVBORw0KGgo=", "download"],
  ])("says of the address %s that it is none of this computer's files", async (input, hint) => {
    const failure = await failureOf(() => openInputs([input]));
    expect(failure.message).toBe(
      `${input}: this is an address (URL), and Clipbook reads files on this computer only`,
    );
    expect(failure.hint).toContain(hint);
  });

  it("shortens an address that is a whole picture", async () => {
    const failure = await failureOf(() => openInputs([`data:image/png;base64,${"A".repeat(5000)}`]));
    expect(failure.message.length).toBeLessThan(200);
  });
});
