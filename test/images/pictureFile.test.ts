import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isPictureFile, kindByEnding } from "../../src/images/pictureFile.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

/** Whether a file with such a name and such bytes counts as a picture. */
async function isPicture(name: string, bytes: string): Promise<boolean> {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes, "latin1");
  return isPictureFile(name, path);
}

const radiance = "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n";

describe("what counts as a picture", () => {
  it.each(["a.PSB", "b.exr", "c.dcm", "d.jxr", "e.cur", "f.ppm", "g.avifs", "h.crw", "i.qoi", "j.xcf"])(
    "%s, of a format that Clipbook does not read",
    (name) => {
      expect(kindByEnding(name)).toBe("picture");
    },
  );

  it.each([
    ["a DICOM file, which says so 128 bytes on", "dicom", `${"\0".repeat(128)}DICM\x02\0`],
    ["an SVG behind a long remark", "drawing", `<?xml version="1.0"?>\n<!--${"drawn ".repeat(30)}-->\n<svg>`],
    ["a JPEG XL", "jxl", "\0\0\0\x0cJXL \r\n\x87\n"],
    ["a Radiance picture", "light.hdr", radiance],
  ])("%s, where the name does not tell", async (_, name, bytes) => {
    expect(await isPicture(name, bytes)).toBe(true);
  });

  it.each([
    ["a film", "film", "\x1a\x45\xdf\xa3\x01"],
    ["pages", "article", "%PDF-1.7\n"],
    ["the header of a satellite image", "satellite.hdr", "ENVI\nsamples = 100\n"],
    ["a text", "README", "no picture"],
    ["what has another ending", "notes.txt", radiance],
  ])("not %s", async (_, name, bytes) => {
    expect(await isPicture(name, bytes)).toBe(false);
  });
});
