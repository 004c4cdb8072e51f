import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { imageFileState, readImageFile } from "../../src/images/readImageFile.ts";
import { renderView } from "../../src/images/renderView.ts";
import type { ViewSpec } from "../../src/images/viewSpec.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { codeOf } from "./codeOf.ts";
import { readReferenceImage } from "./reference.ts";

const spec: ViewSpec = {
  view: "center",
  sizePx: 64,
  interpolation: "bicubic",
  alpha: "premultiplied",
  padColor: [0, 0, 0],
};

const photo = readReferenceImage("photo-landscape.jpg");

describe("renderView refuses what is no whole picture", () => {
  it.each([
    ["an HTML page", Buffer.from("<!DOCTYPE html><html><body>404</body></html>"), "not_an_image"],
    ["a text", Buffer.from("BM is how this text begins, and it goes on for a while"), "not_an_image"],
    ["an SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), "unsupported_format"],
    ["a PDF", Buffer.from("%PDF-1.7\n%more"), "unsupported_format"],
    ["a HEIC's first box", Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), "truncated"],
    ["half a JPEG", photo.subarray(0, photo.length / 2), "truncated"],
    ["a JPEG's first bytes", photo.subarray(0, 200), "truncated"],
    ["half a PNG", readReferenceImage("gray.png").subarray(0, 2000), "truncated"],
    ["a damaged PNG", readReferenceImage("bad-corrupt.png"), "corrupt"],
    ["half a WebP", readReferenceImage("photo.webp").subarray(0, 3000), "truncated"],
    ["half a GIF", readReferenceImage("static.gif").subarray(0, 5000), "truncated"],
    ["half a BMP", readReferenceImage("photo.bmp").subarray(0, 5000), "truncated"],
    ["a BMP's first 20 bytes", readReferenceImage("photo.bmp").subarray(0, 20), "truncated"],
    ["a BMP's first 30 bytes", readReferenceImage("photo.bmp").subarray(0, 30), "truncated"],
    ["a BMP's first 33 bytes", readReferenceImage("photo.bmp").subarray(0, 33), "truncated"],
    ["half a TIFF", readReferenceImage("photo.tiff").subarray(0, 5000), "truncated"],
  ])("%s", async (_, bytes, code) => {
    expect(await codeOf(renderView(Buffer.from(bytes), spec))).toBe(code);
  });

  it("refuses pictures above the pixel limit before decoding them", async () => {
    // The header of a PNG of 20,000 x 20,000 pixels; nothing else is needed to refuse it.
    const wide = Buffer.from(readReferenceImage("gray.png"));
    wide.writeUInt32BE(20_000, 16);
    wide.writeUInt32BE(20_000, 20);
    wide.writeUInt32BE(crc32(wide.subarray(12, 29)), 29);
    expect(await codeOf(renderView(wide, spec))).toBe("too_many_pixels");
    wide.writeUInt32BE(100_001, 16);
    wide.writeUInt32BE(1, 20);
    wide.writeUInt32BE(crc32(wide.subarray(12, 29)), 29);
    expect(await codeOf(renderView(wide, spec))).toBe("too_many_pixels");
    expect(await codeOf(renderView(photo, spec, 640 * 480 - 1))).toBe("too_many_pixels");
    expect(await codeOf(renderView(photo, spec, 640 * 480))).toBe("no failure");
  });

  it("never decodes a libvips file that calls itself something else", async () => {
    expect(await codeOf(renderView(Buffer.from("\x08\xf2\xa6\xb6\0\0\0\0\0\0\0\0", "latin1"), spec))).toBe(
      "unsupported_format",
    );
  });
});

describe("a file that lost its end", () => {
  const zeroTailed = (name: string) => {
    const bytes = Buffer.from(readReferenceImage(name));
    return bytes.fill(0, bytes.length >> 1);
  };

  it.each(["photo-444.jpg", "photo.webp", "lossless.webp", "gray.png"])(
    "is refused with zeros in its place: %s",
    async (name) => {
      expect(await codeOf(renderView(zeroTailed(name), spec))).toBe("truncated");
    },
  );

  it.each(["center", "pad", "squash"] as const)(
    "is refused in the view %s, also where that needs only the middle",
    async (view) => {
      const tall = readReferenceImage("skyscraper-70x900.png");
      expect(
        await codeOf(renderView(tall.subarray(0, Math.floor(tall.length * 0.7)), { ...spec, view })),
      ).toBe("truncated");
    },
  );

  it("is told from a JPEG with a thumbnail, restart markers, filling, or a film behind it", async () => {
    // A film is full of bytes that look like markers.
    const film = Buffer.from(
      Array.from({ length: 5000 }, (_, i) => (i % 7 === 0 ? 0xff : i % 7 === 1 ? 0xda : i % 256)),
    );
    expect(await codeOf(renderView(Buffer.concat([photo, film]), spec))).toBe("no failure");
    expect(await codeOf(renderView(Buffer.concat([photo, Buffer.alloc(4096)]), spec))).toBe("no failure");
    const progressive = await sharp(photo).jpeg({ progressive: true }).toBuffer();
    expect(await codeOf(renderView(progressive, spec))).toBe("no failure");
    expect(await codeOf(renderView(progressive.subarray(0, progressive.length - 2), spec))).toBe("truncated");
  });
});

describe("readImageFile tells why a file cannot be read", () => {
  it("missing, empty, folder, broken and circular links", async () => {
    const folder = temporaryFolder();
    const at = (name: string) => join(folder, name);
    writeFileSync(at("empty.jpg"), "");
    mkdirSync(at("folder.jpg"));
    symlinkSync("nowhere.jpg", at("broken.jpg"));
    symlinkSync("loop.jpg", at("loop.jpg"));
    expect(await codeOf(readImageFile(at("none.jpg")))).toBe("missing_file");
    expect(await codeOf(readImageFile(join(at("empty.jpg"), "x.jpg")))).toBe("missing_file");
    expect(await codeOf(readImageFile(at("empty.jpg")))).toBe("empty_file");
    expect(await codeOf(readImageFile(at("folder.jpg")))).toBe("not_a_regular_file");
    expect(await codeOf(readImageFile(at("broken.jpg")))).toBe("broken_symlink");
    expect(await codeOf(readImageFile(at("loop.jpg")))).toBe("symlink_loop");
    expect(await codeOf(readImageFile(at("a\0b.jpg")))).toBe("unreadable_name");
    expect(await codeOf(readImageFile(at(`${"x".repeat(300)}.jpg`)))).toBe("unreadable_name");
  });

  it("does not hang on a named pipe", async () => {
    const pipe = join(temporaryFolder(), "pipe.jpg");
    execFileSync("mkfifo", [pipe]);
    expect(await codeOf(readImageFile(pipe))).toBe("not_a_regular_file");
  });

  it("permission denied", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "secret.jpg");
    writeFileSync(path, photo);
    chmodSync(folder, 0o755);
    chmodSync(path, 0);
    // Root may read everything, so root becomes nobody for a moment.
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.("nobody");
    try {
      expect(await codeOf(readImageFile(path))).toBe("permission_denied");
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  it("reads exactly the file's bytes and tells its state", async () => {
    const path = join(temporaryFolder(), "photo.jpg");
    writeFileSync(path, photo);
    expect((await readImageFile(path)).equals(readFileSync(path))).toBe(true);
    expect((await imageFileState(path)).sizeBytes).toBe(photo.length);
  });
});
