import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it, onTestFinished } from "vitest";
import { asNobody } from "../asNobody.ts";
import { referenceFolder } from "../images/reference.ts";
import { zipFile } from "../images/zipFile.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { classifyInto } from "../web/classifyInto.ts";
import { contextOf } from "./serveStudy.ts";
import { testedApp } from "./testedApp.ts";

/** A study of some pictures, and a way to ask for their images. */
async function studyOf(...inputs: readonly string[]) {
  const folder = temporaryFolder();
  await classifyInto(folder, inputs);
  return serveFolder(folder);
}

function serveFolder(folder: string) {
  const { context, troubles, close } = contextOf(folder);
  onTestFinished(close);
  const app = testedApp({ context, hosts: ["localhost"], webFolder: folder });
  const run = context.study.runs.maybeNewest();
  const rows = context.study.units.rowsAt(
    run?.id ?? 0,
    Array.from({ length: context.study.units.count(run?.id ?? 0) }, (_, i) => i),
  );
  const get = (path: string, init: RequestInit = {}) =>
    app.request(`/api${path}`, { headers: { host: "localhost" }, ...init });
  const address = (position: number, what: string) =>
    `/images/${rows[position]?.imageId}/${what}${what.includes("?") ? "&" : "?"}unit=${rows[position]?.unitId}`;
  const thumbnail = (position: number, px = 192) => get(address(position, `thumbnail?px=${px}`));
  const large = (position: number) => get(address(position, "large"));
  return { folder, context, troubles, rows, get, thumbnail, large };
}

const pictureOf = async (response: Response) => {
  expect(response.status).toBe(200);
  return sharp(Buffer.from(await response.arrayBuffer()));
};

/** The markers of a JPEG's segments before its first scan (ITU T.81, B.1.1.2). */
function segmentsOf(jpeg: Buffer): number[] {
  const markers: number[] = [];
  for (let at = 2; jpeg[at] === 0xff && jpeg[at + 1] !== 0xda; at += 2 + jpeg.readUInt16BE(at + 2))
    markers.push(jpeg[at + 1] as number);
  expect(markers.length).toBeGreaterThan(2);
  return markers;
}

describe("the images' routes", () => {
  it("show pictures of every format as upright JPEG without metadata, in a box and not enlarged", async () => {
    const names = [
      "exif-orientation-6.jpg",
      "alpha.png",
      "photo.tiff",
      "photo.bmp",
      "static.gif",
      "upscale-9x9.png",
    ];
    const { thumbnail, large, rows } = await studyOf(
      ...names.map((name) => join(referenceFolder, "images", name)),
    );
    expect(rows).toHaveLength(names.length);
    for (const { position, widthPx = 0, heightPx = 0 } of rows) {
      for (const px of [192, 384] as const) {
        const picture = await pictureOf(await thumbnail(position, px));
        const { format, width, height, exif } = await picture.metadata();
        const scale = Math.min(1, px / Math.max(widthPx, heightPx));
        expect([format, exif]).toEqual(["jpeg", undefined]);
        expect(Math.abs(width - widthPx * scale)).toBeLessThanOrEqual(1);
        expect(Math.abs(height - heightPx * scale)).toBeLessThanOrEqual(1);
      }
      const { width, height } = await (await pictureOf(await large(position))).metadata();
      expect([width, height]).toEqual([widthPx, heightPx]);
    }
  });

  it("show nothing of where and with what a picture was taken: no EXIF, place, profile, XMP or comment", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "telling.jpg");
    const secret = "SECRET-OF-THE-CAMERA";
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>${secret}</a></x:xmpmeta>`;
    const taken = await sharp({ create: { width: 500, height: 400, channels: 3, background: "#369" } })
      .withExif({ IFD0: { Artist: secret }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 31/1 0/1" } })
      .withIccProfile("p3")
      .withXmp(xmp)
      .jpeg()
      .toBuffer();
    const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, 2 + secret.length]), Buffer.from(secret)]);
    writeFileSync(path, Buffer.concat([taken.subarray(0, 2), comment, taken.subarray(2)]));
    const { exif, icc, xmp: written, comments } = await sharp(path).metadata();
    expect([exif, icc, written].map((part) => (part?.length ?? 0) > 100)).toEqual([true, true, false]);
    expect(comments ?? readFileSync(path).includes(secret)).toBeTruthy();
    const { thumbnail, large } = await studyOf(path);
    for (const response of [await thumbnail(0), await thumbnail(0, 384), await large(0)]) {
      const jpeg = Buffer.from(await response.arrayBuffer());
      expect(jpeg.includes(secret)).toBe(false);
      // Application segments 1 to 15 and comments; 0 is the format's own (JFIF).
      expect(
        segmentsOf(jpeg).filter((marker) => (marker > 0xe0 && marker <= 0xef) || marker === 0xfe),
      ).toEqual([]);
    }
  });

  it("show no large image longer than 2048 pixels", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "panorama.png");
    await sharp({ create: { width: 3000, height: 300, channels: 3, background: "#369" } }).toFile(path);
    const { large } = await studyOf(path);
    const { width, height } = await (await pictureOf(await large(0))).metadata();
    expect([width, height]).toEqual([2048, 205]);
  });

  it("let the browser keep them for good, for this user", async () => {
    const { thumbnail, large } = await studyOf(join(referenceFolder, "images", "gray.jpg"));
    for (const response of [await thumbnail(0), await large(0)]) {
      expect(response.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
      expect(response.headers.get("content-type")).toBe("image/jpeg");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    }
  });

  it("show the thumbnails of another study under other addresses", async () => {
    const one = await studyOf(join(referenceFolder, "images", "gray.jpg"));
    const other = await studyOf(join(referenceFolder, "images", "photo.webp"));
    const keys = await Promise.all(
      [one, other].map(async ({ get }) => ((await (await get("/study")).json()) as { key: string }).key),
    );
    expect(keys[0]).not.toBe(keys[1]);
    expect(((await (await one.get("/study")).json()) as { key: string }).key).toBe(keys[0]);
  });

  it("keep a thumbnail: it is shown when the file has gone, also after a restart", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "gray.jpg");
    copyFileSync(join(referenceFolder, "images", "gray.jpg"), path);
    const { thumbnail, folder: study, context } = await studyOf(path);
    const first = Buffer.from(await (await thumbnail(0)).arrayBuffer());
    rmSync(path);
    expect(Buffer.from(await (await thumbnail(0)).arrayBuffer())).toEqual(first);
    await context.screenImages.close();
    const again = serveFolder(study);
    expect(Buffer.from(await (await again.thumbnail(0)).arrayBuffer())).toEqual(first);
    expect((await again.thumbnail(0, 384)).status).toBe(410);
  });

  it("say that a file was changed or has gone, without its path, and show it again when it is back", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "secret-name.jpg");
    const original = readFileSync(join(referenceFolder, "images", "gray.jpg"));
    writeFileSync(path, original);
    const { thumbnail, large } = await studyOf(path);
    writeFileSync(path, readFileSync(join(referenceFolder, "images", "photo-444.jpg")));
    for (const answer of [await thumbnail(0), await large(0)]) {
      expect(answer.status).toBe(410);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      const text = await answer.text();
      expect(JSON.parse(text)).toMatchObject({ error: "the file was changed since it was classified" });
      expect(text).not.toContain("secret-name");
    }
    rmSync(path);
    const gone = await large(0);
    expect([gone.status, await gone.json()]).toMatchObject([410, { error: "there is no such file" }]);
    writeFileSync(path, original);
    expect((await thumbnail(0)).status).toBe(200);
  });

  it("say that a file may not be read", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "a.jpg");
    copyFileSync(join(referenceFolder, "images", "gray.jpg"), path);
    const { large } = await studyOf(path);
    const closed = `${path}.away`;
    renameSync(path, closed);
    writeFileSync(path, readFileSync(closed), { mode: 0o000 });
    await asNobody(async () => {
      const answer = await large(0);
      expect([answer.status, await answer.json()]).toMatchObject([
        403,
        { error: "the file may not be read" },
      ]);
    });
  });

  it("show pictures inside archives", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "pictures.zip");
    const bytes = readFileSync(join(referenceFolder, "images", "gray.jpg"));
    writeFileSync(path, zipFile([{ name: "inner/gray.jpg", bytes }]));
    const { thumbnail, large } = await studyOf(path);
    expect((await thumbnail(0)).status).toBe(200);
    expect((await large(0)).status).toBe(200);
  });

  it("know images and units by their ids alone", async () => {
    const { get, rows } = await studyOf(join(referenceFolder, "images", "gray.jpg"));
    const unit = rows[0]?.unitId;
    const status = async (path: string) => (await get(path)).status;
    expect(await status(`/images/99/thumbnail?px=192&unit=${unit}`)).toBe(404);
    expect(await status("/images/1/thumbnail?px=192&unit=99")).toBe(404);
    expect(await status(`/images/1/thumbnail?px=193&unit=${unit}`)).toBe(400);
    expect(await status("/images/1/thumbnail?px=192")).toBe(400);
    expect(await status(`/images/1/large?unit=${unit}&path=/etc/passwd`)).toBe(400);
    expect(await status(`/images/..%2f..%2fetc%2fpasswd/large?unit=${unit}`)).toBe(400);
    expect(await status("/images/1/large?unit=../../etc/passwd")).toBe(400);
  });

  it("show no file of one unit as the image of another", async () => {
    const { get } = await studyOf(
      join(referenceFolder, "images", "gray.jpg"),
      join(referenceFolder, "images", "palette.png"),
    );
    expect((await get("/images/1/large?unit=2")).status).toBe(410);
    expect((await get("/images/1/large?unit=1")).status).toBe(200);
  });

  it("go on without a file of thumbnails, which may be removed or damaged at any time", async () => {
    const { folder, context } = await studyOf(join(referenceFolder, "images", "gray.jpg"));
    await context.screenImages.close();
    const path = join(folder, "clipbook.thumbnails.db");
    writeFileSync(path, "no database at all ".repeat(100));
    const { thumbnail, troubles } = serveFolder(folder);
    expect((await thumbnail(0)).status).toBe(200);
    rmSync(path);
    expect((await thumbnail(0)).status).toBe(200);
    expect((await thumbnail(0, 384)).status).toBe(200);
    expect(troubles).toEqual([]);
  });
});
