import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { findImageColumn } from "../../src/tables/findImageColumn.ts";

/** Rows of text cells. */
function rowsOf(...rows: readonly (readonly string[])[]) {
  return rows.map((cells) => ({ cells }));
}

function failureOf(action: () => unknown): UserError {
  try {
    action();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error("the action succeeded");
}

describe("finding the image column", () => {
  it("takes the requested column, in exactly its spelling", () => {
    const columns = ["image", "Foto "];
    expect(findImageColumn(columns, rowsOf(["a.jpg", "b"]), "Foto ")).toBe(1);
    const failure = failureOf(() => findImageColumn(columns, [], "foto"));
    expect(failure.message).toBe('the table has no column "foto", only "image", "Foto "');
    expect(failure.hint).toContain("--image-column");
  });

  it.each([
    "image",
    "Image",
    "FILE",
    "filename",
    "file_name",
    "File Name",
    "path",
    "filepath",
    "image_path",
    "img",
    "Photo",
    "media",
    "local_path",
    "local-path",
  ])("knows the usual name %j, even with no rows", (name) => {
    expect(findImageColumn(["id", name, "text"], [])).toBe(1);
  });

  it("goes by the cells where the name says nothing", () => {
    const rows = rowsOf(
      ["1", "x/a.JPG", "nice.jpeg?"],
      ["2", " b.webp ", "text"],
      ["3", "", "c.png"],
      ["4", "d.mp4", "x"],
    );
    expect(findImageColumn(["id", "x", "y"], rows)).toBe(1);
  });

  it("goes by the cells among several usual names", () => {
    expect(findImageColumn(["image", "path"], rowsOf(["yes", "a.jpg"], ["no", "b.jpg"]))).toBe(1);
  });

  it("guesses nothing where there is a choice", () => {
    const rows = rowsOf(["a.jpg", "b.jpg", "x"]);
    for (const columns of [
      ["image", "path", "n"],
      ["front", "back", "n"],
    ]) {
      const failure = failureOf(() => findImageColumn(columns, rows));
      expect(failure.message).toBe(`the image paths could be in "${columns[0]}", "${columns[1]}"`);
      expect(failure.hint).toContain("--image-column");
    }
    const contradiction = failureOf(() => findImageColumn(["photo", "x"], rowsOf(["yes", "a.jpg"])));
    expect(contradiction.message).toBe('the image paths could be in "photo", "x"');
    const none = failureOf(() => findImageColumn(["id", "text"], rowsOf(["1", "x"])));
    expect(none.message).toBe('no column looks like image paths; the table has "id", "text"');
  });

  it("refuses web addresses, which are no files here", () => {
    const rows = rowsOf(["https://example.org/a.jpg", "a.jpg"], ["", "b.jpg"]);
    expect(findImageColumn(["address", "local"], rows)).toBe(1);
    const failure = failureOf(() =>
      findImageColumn(["image", "n"], rowsOf(["https://example.org/a.jpg", "1"])),
    );
    expect(failure.message).toContain("web addresses");
  });
});
