import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { makeScreenJpeg } from "../../../src/images/makeScreenJpeg.ts";
import { makeThumbnail, type ThumbnailImage } from "../../../src/images/makeThumbnail.ts";
import { openPicture } from "../../../src/images/openPicture.ts";
import { renderView } from "../../../src/images/renderView.ts";
import type { RenderedView } from "../../../src/images/viewSpec.ts";
import { readReferenceImage, referenceFolder } from "../reference.ts";
import { openTestDecoders } from "./openTestDecoders.ts";
import { blackBmp, plainPng, smallView } from "./pictures.ts";

/** What came of a view: all about it, its pixels by their digest, or the failure's code and sentence. */
const outcome = (work: Promise<RenderedView>): Promise<object> =>
  work.then(
    ({ pixels, ...view }) => ({ ...view, pixels: createHash("sha256").update(pixels).digest("hex") }),
    (error) => ({ code: error.code, message: error.message }),
  );

describe("decoders give what decoding in this process gives", () => {
  it("for every reference picture and view, failures included, in the order of the pictures", async () => {
    const { decoders } = openTestDecoders();
    const pictures = readdirSync(join(referenceFolder, "images")).map(readReferenceImage);
    const views = (["center", "pad", "squash"] as const).map((view) => ({ ...smallView, view, sizePx: 64 }));
    const jobs = pictures.flatMap((bytes) => views.map((spec) => ({ bytes, spec })));
    const inChildren = await Promise.all(jobs.map(({ bytes, spec }) => outcome(decoders.view(bytes, spec))));
    const here = await Promise.all(jobs.map(({ bytes, spec }) => outcome(renderView(bytes, spec))));
    expect(inChildren).toEqual(here);
    expect(jobs.length).toBeGreaterThan(80);
  });

  it("for thumbnails and pictures for screens", async () => {
    const { decoders } = openTestDecoders();
    const bytes = readReferenceImage("photo-landscape.jpg");
    const picture = await openPicture(bytes);
    const same = async (one: Promise<ThumbnailImage>, other: Promise<ThumbnailImage>) => {
      const [a, b] = await Promise.all([one, other]);
      expect({ ...a, bytes: Buffer.from(a.bytes) }).toEqual({ ...b, bytes: Buffer.from(b.bytes) });
    };
    await same(decoders.thumbnail(bytes, 100), makeThumbnail(picture, 100));
    await same(decoders.screenJpeg(bytes, 300), makeScreenJpeg(picture, 300));
    await expect(decoders.thumbnail(Buffer.from("<html>"), 100)).rejects.toMatchObject({
      code: "not_an_image",
    });
  });

  it("with the limit that they are given, or none", async () => {
    const { decoders } = openTestDecoders();
    const bytes = await plainPng(100, 100);
    await expect(decoders.view(bytes, smallView, { maxPixels: 9999 })).rejects.toMatchObject({
      code: "too_many_pixels",
    });
    await expect(
      decoders.view(bytes, smallView, { maxPixels: Number.POSITIVE_INFINITY }),
    ).resolves.toBeDefined();
  });
});

describe("a decoder that does not survive a picture", () => {
  it("and is killed costs that picture alone", async () => {
    const victimPixels = 2001 * 1000;
    const { decoders, pidsOf } = openTestDecoders({
      count: 2,
      reservedPixels: 0,
      onEvent: ({ kind, pid, pixels }) => {
        if (kind === "go" && pixels === victimPixels) process.kill(pid, "SIGKILL");
      },
    });
    const pictures = await Promise.all(Array.from({ length: 12 }, (_, i) => plainPng(60 + i, 50, 20 * i)));
    pictures[5] = await plainPng(2001, 1000);
    const outcomes = await Promise.all(pictures.map((bytes) => outcome(decoders.view(bytes, smallView))));
    const expected = await Promise.all(pictures.map((bytes) => outcome(renderView(bytes, smallView))));
    expected[5] = { code: "decoder_crashed", message: "the decoder ended in the middle of it" };
    expect(outcomes).toEqual(expected);
    expect(pidsOf("ended")).toHaveLength(1);
    expect(new Set(pidsOf("started")).size).toBeGreaterThanOrEqual(2);
  });

  it("and hangs costs that picture alone, after its time", async () => {
    const victimPixels = 2001 * 1000;
    const { decoders } = openTestDecoders({
      count: 2,
      timeoutMs: 3000,
      reservedPixels: 0,
      onEvent: ({ kind, pid, pixels }) => {
        if (kind === "go" && pixels === victimPixels) process.kill(pid, "SIGSTOP");
      },
    });
    const pictures = await Promise.all(Array.from({ length: 8 }, (_, i) => plainPng(60 + i, 50, 20 * i)));
    pictures[2] = await plainPng(2001, 1000);
    const outcomes = await Promise.all(pictures.map((bytes) => outcome(decoders.view(bytes, smallView))));
    const expected = await Promise.all(pictures.map((bytes) => outcome(renderView(bytes, smallView))));
    expected[2] = { code: "timeout", message: "decoding it took longer than 3 seconds" };
    expect(outcomes).toEqual(expected);
  });

  it("costs no picture that it has not looked at, unless the next one ends, too", async () => {
    let kills = 1;
    const { decoders, pidsOf } = openTestDecoders({
      count: 1,
      onEvent: ({ kind, pid }) => {
        if (kind !== "given" || kills === 0) return;
        kills -= 1;
        process.kill(pid, "SIGKILL");
      },
    });
    const bytes = await plainPng(90, 60);
    expect(await outcome(decoders.view(bytes, smallView))).toEqual(
      await outcome(renderView(bytes, smallView)),
    );
    expect(pidsOf("given")).toHaveLength(2);
    kills = 2;
    await expect(decoders.view(bytes, smallView)).rejects.toMatchObject({ code: "decoder_crashed" });
    expect(pidsOf("given")).toHaveLength(4);
  });

  it("and ends while it has nothing to do costs nothing", async () => {
    const { decoders, pidsOf } = openTestDecoders({ count: 1 });
    const bytes = await plainPng(90, 60);
    await decoders.view(bytes, smallView);
    process.kill(pidsOf("started")[0] as number, "SIGKILL");
    await expect.poll(() => pidsOf("ended")).toHaveLength(1);
    expect(await outcome(decoders.view(bytes, smallView))).toEqual(
      await outcome(renderView(bytes, smallView)),
    );
  });
});

describe("a signal that is aborted", () => {
  it("ends the decoder that hangs with the picture, and no other picture's", async () => {
    const victimPixels = 2001 * 1000;
    const abort = new AbortController();
    const reason = new Error("no longer wanted");
    const { decoders, pidsOf } = openTestDecoders({
      count: 2,
      // Without the signal the test would wait for this.
      timeoutMs: 3_600_000,
      reservedPixels: 0,
      onEvent: ({ kind, pid, pixels }) => {
        if (kind !== "go" || pixels !== victimPixels) return;
        process.kill(pid, "SIGSTOP");
        abort.abort(reason);
      },
    });
    const others = Array.from({ length: 8 }, async (_, i) =>
      outcome(decoders.view(await plainPng(60 + i, 50), smallView)),
    );
    const victim = decoders.view(await plainPng(2001, 1000), smallView, { signal: abort.signal });
    await expect(victim).rejects.toBe(reason);
    for (const other of await Promise.all(others)) expect(other).toHaveProperty("pixels");
    await expect.poll(() => pidsOf("ended")).toHaveLength(1);
  });

  it("takes a picture that waits out of the line, and begins none that comes later", async () => {
    const abort = new AbortController();
    const reason = new Error("no longer wanted");
    const { decoders, pidsOf } = openTestDecoders({
      count: 1,
      onEvent: ({ kind }) => {
        if (kind === "given") abort.abort(reason);
      },
    });
    const bytes = await plainPng(90, 60);
    const first = decoders.view(bytes, smallView);
    const second = decoders.view(bytes, smallView, { signal: abort.signal });
    await expect(second).rejects.toBe(reason);
    await expect(decoders.view(bytes, smallView, { signal: abort.signal })).rejects.toBe(reason);
    expect(await first).toHaveProperty("pixels");
    expect(pidsOf("given")).toHaveLength(1);
    expect(pidsOf("ended")).toEqual([]);
  });
});

describe("the memory of a decoder", () => {
  it("is limited, and a picture that wants more costs itself alone", async () => {
    const { decoders } = openTestDecoders({ count: 1, maxBytes: 1 });
    for (const bytes of [blackBmp(1000, 500), await plainPng(1000, 500)]) {
      await expect(decoders.view(bytes, smallView)).rejects.toMatchObject({
        code: "decoder_crashed",
        message: "decoding it took more memory than a picture of its size may take",
      });
    }
  });

  it("suffices for the formats that take most", async () => {
    // A decoder alone holds half of this, so that the pictures' pixels take the rest.
    const { decoders, pidsOf } = openTestDecoders({ count: 1, maxBytes: 250_000_000 });
    const plain = sharp({
      create: { width: 4000, height: 3000, channels: 4, background: { r: 200, g: 30, b: 90, alpha: 0.5 } },
    });
    const pictures = [
      await plain.clone().avif({ effort: 0 }).toBuffer(),
      await plain.clone().webp({ lossless: true, effort: 0 }).toBuffer(),
      blackBmp(4000, 3000),
    ];
    for (const bytes of pictures) await decoders.view(bytes, { ...smallView, alpha: "dropped" });
    // What such a picture leaves behind is given back with its decoder.
    expect(new Set(pidsOf("given")).size).toBeGreaterThan(1);
  });
});

describe("decoders", () => {
  it.each([0, 400 * 300])(
    "decode no more pixels at the same time than they may, with %i reserved, and all in the end",
    async (reservedPixels) => {
      const most = 3 * 400 * 300;
      const { decoders, events } = openTestDecoders({ count: 2, maxPixelsInFlight: most, reservedPixels });
      const sizes = [800, 400, 300, 1200, 10, 400, 800, 400].map((widthPx) => [widthPx, 300] as const);
      const pictures = await Promise.all(sizes.map(([widthPx, heightPx]) => plainPng(widthPx, heightPx)));
      await Promise.all(pictures.map((bytes) => decoders.view(bytes, smallView)));
      const inFlight = new Map<number, number>();
      for (const { kind, pid, pixels } of events) {
        if (kind === "go") inFlight.set(pid, pixels as number);
        if (kind === "answered") inFlight.delete(pid);
        expect([...inFlight.values()].reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(most);
      }
      expect(events.filter(({ kind }) => kind === "go")).toHaveLength(sizes.length);
    },
  );

  it("are started when there is work, as many as it is worth", async () => {
    const { decoders, pidsOf } = openTestDecoders({ count: 2 });
    const bytes = await plainPng(90, 60);
    expect(pidsOf("started")).toEqual([]);
    await Promise.all([decoders.view(bytes, smallView), decoders.view(bytes, smallView)]);
    expect(pidsOf("started")).toHaveLength(1);
    await Promise.all(Array.from({ length: 12 }, () => decoders.view(bytes, smallView)));
    await expect.poll(() => pidsOf("started")).toHaveLength(2);
  });

  it("end when they had nothing to do for a while", async () => {
    const { decoders, pidsOf } = openTestDecoders({ count: 1, idleMs: 50 });
    await decoders.view(await plainPng(90, 60), smallView);
    await expect.poll(() => pidsOf("ended")).toHaveLength(1);
  });

  it("are not ended by an interrupt, which is for their parent to deal with", async () => {
    const { decoders, pidsOf } = openTestDecoders({ count: 1 });
    const bytes = await plainPng(90, 60);
    await decoders.view(bytes, smallView);
    process.kill(pidsOf("started")[0] as number, "SIGINT");
    await decoders.view(bytes, smallView);
    expect(new Set(pidsOf("given")).size).toBe(1);
  });

  it("fail what is under way and what waits when they are closed, and leave no process", async () => {
    const { decoders, pidsOf } = openTestDecoders({ count: 1 });
    const bytes = await plainPng(90, 60);
    await decoders.view(bytes, smallView);
    const work = [decoders.view(bytes, smallView), decoders.view(bytes, smallView)].map(outcome);
    await decoders.close();
    for (const one of await Promise.all(work))
      expect(one).toMatchObject({ message: "the decoders were closed" });
    expect(pidsOf("ended")).toEqual(pidsOf("started"));
    await expect(decoders.view(bytes, smallView)).rejects.toThrow("the decoders were closed");
  });

  it("refuse a number of processes that makes no sense", () => {
    expect(() => openTestDecoders({ count: 0 })).toThrow(RangeError);
  });
});
