import { describe, expect, it, onTestFinished } from "vitest";
import { openStudy } from "../../src/store/openStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { encoderRecord, runSpec, saveImage, sha256Of } from "./runSpec.ts";

function newStudy() {
  const study = openStudy(temporaryFolder());
  onTestFinished(() => study.close());
  return study;
}

const vector = (...numbers: number[]) => Float32Array.from(numbers);

describe("encoders", () => {
  it("are known by their identity", () => {
    const { embeddings } = newStudy();
    const id = embeddings.encoderId(encoderRecord);
    expect(embeddings.encoderId({ ...encoderRecord, files: [] })).toBe(id);
    const other = { ...encoderRecord, identity: "tiny@2" };
    const otherId = embeddings.encoderId(other);
    expect(otherId).not.toBe(id);
    expect(embeddings.encoder(id)).toEqual(encoderRecord);
    expect(embeddings.encoder(otherId)).toEqual(other);
    expect(() => embeddings.encoder(99)).toThrow(RangeError);
  });
});

describe("embeddings", () => {
  it("never mix between encoders, views and images", () => {
    const study = newStudy();
    const { embeddings } = study;
    const [first, second] = [
      embeddings.encoderId(encoderRecord),
      embeddings.encoderId({ ...encoderRecord, identity: "other" }),
    ];
    const image = saveImage(study, 1);
    embeddings.save(first, "center", [[image, vector(1, 0)]]);
    expect(embeddings.has(first, "center", image)).toBe(true);
    expect(embeddings.has(first, "pad", image)).toBe(false);
    expect(embeddings.has(second, "center", image)).toBe(false);
    expect(embeddings.has(first, "center", image + 1)).toBe(false);
  });

  it("come back bit by bit, in the units' order and by portions, failures left out", () => {
    const study = newStudy();
    const encoderId = study.embeddings.encoderId(encoderRecord);
    const run = study.runs.start(runSpec(encoderId));
    const vectors = [vector(0.1, -0.2, 3e-39), vector(-0, 1, Math.PI), vector(1 / 3, 2 / 3, -1)];
    // Views into a larger buffer, as the rows of a batch are.
    const batch = Float32Array.from(vectors.flatMap((row) => [...row]));
    vectors.forEach((_, i) => {
      const imageId = saveImage(study, i);
      study.embeddings.save(encoderId, "center", [[imageId, batch.subarray(i * 3, i * 3 + 3)]]);
      study.embeddings.save(encoderId, "pad", [[imageId, vector(9, 9, 9)]]);
      const [name, failed] = [`${i}`, `f${i}`];
      study.runs.addUnits(run, i * 2, [[{ name, path: `/${i}`, rowNumber: 0 }, { imageId }]]);
      const failure = { code: "corrupt", sentence: "x" };
      study.runs.addUnits(run, i * 2 + 1, [[{ name: failed, path: `/f${i}`, rowNumber: 0 }, { failure }]]);
    });
    const { positions, imageIds } = study.runs.imagesOf(run, 0, 99);
    expect(positions).toEqual([0, 2, 4]);
    const found = study.embeddings.vectorsOf(encoderId, "center", imageIds);
    expect(found.dim).toBe(3);
    expect(new Uint8Array(found.values.buffer)).toEqual(new Uint8Array(batch.buffer));
    expect(study.runs.imagesOf(run, 1, 1).positions).toEqual([2]);
    expect(study.runs.imagesOf(run, 5, 9).positions).toEqual([]);
  });

  it("come in the order asked for, an image twice where it is asked for twice", () => {
    const study = newStudy();
    const encoderId = study.embeddings.encoderId(encoderRecord);
    const ids = [0, 1, 2].map((i) => saveImage(study, i));
    ids.forEach((id, i) => {
      study.embeddings.save(encoderId, "center", [[id, vector(i, 10 * i)]]);
    });
    const [a, b, c] = ids as [number, number, number];
    const valuesOf = (asked: readonly number[]) => [
      ...study.embeddings.vectorsOf(encoderId, "center", asked).values,
    ];
    expect(valuesOf([a, b, c])).toEqual([0, 0, 1, 10, 2, 20]);
    expect(valuesOf([c, a, c])).toEqual([2, 20, 0, 0, 2, 20]);
    expect(valuesOf([])).toEqual([]);
    expect(() => valuesOf([a, c + 1])).toThrow(
      new RangeError(`the study has no embedding of image ${c + 1}`),
    );
    expect(() => study.embeddings.vectorsOf(encoderId, "pad", [a])).toThrow(RangeError);
  });

  it("stay as they were first stored", () => {
    const study = newStudy();
    const encoderId = study.embeddings.encoderId(encoderRecord);
    study.embeddings.saveTexts(encoderId, [["a tree", vector(1, 0)]]);
    study.embeddings.saveTexts(encoderId, [["a tree", vector(0, 1)]]);
    expect(study.embeddings.maybeOfText(encoderId, "a tree")).toEqual(vector(1, 0));
  });

  it("of texts are found by every letter of the text", () => {
    const study = newStudy();
    const encoderId = study.embeddings.encoderId(encoderRecord);
    study.embeddings.saveTexts(encoderId, [["A tree", vector(1, 0)]]);
    for (const text of ["a tree", "A tree ", "A tre", ""]) {
      expect(study.embeddings.maybeOfText(encoderId, text)).toBeUndefined();
    }
    expect(study.embeddings.maybeOfText(encoderId + 1, "A tree")).toBeUndefined();
  });
});

describe("images", () => {
  it("are known by their content", () => {
    const study = newStudy();
    const id = saveImage(study, 1, "small faults");
    expect(saveImage(study, 1)).toBe(id);
    expect(saveImage(study, 2)).not.toBe(id);
    expect(study.images.maybeIdOf(sha256Of(1))).toBe(id);
    expect(study.images.maybeIdOf(sha256Of(9))).toBeUndefined();
    expect(study.images.get(id)).toEqual({
      id,
      sha256: new Uint8Array(sha256Of(1)),
      sizeBytes: 1001,
      format: "JPEG",
      widthPx: 640,
      heightPx: 480,
      warning: "small faults",
    });
    expect(() => study.images.get(99)).toThrow(RangeError);
  });

  it("need a whole digest", () => {
    const study = newStudy();
    expect(() =>
      study.images.save({ ...study.images.get(saveImage(study, 1)), sha256: Buffer.alloc(31) }),
    ).toThrow(/CHECK/);
  });

  it("are shown by a file as long as its size and its time stay to the nanosecond", () => {
    const study = newStudy();
    const [first, second] = [saveImage(study, 1), saveImage(study, 2)];
    const file = { path: "/a.jpg", sizeBytes: 10, modifiedNs: 1_735_689_600_123_456_789n };
    study.images.saveFile(file, first);
    const encoderId = study.embeddings.encoderId(encoderRecord);
    const idsOf = (...files: readonly (typeof file)[]) =>
      study.images.embeddedOfFiles(encoderId, "center", files).map((image) => image?.id);
    // Without an embedding a picture has to be read again, whatever is known of its file.
    expect(idsOf(file)).toEqual([undefined]);
    for (const id of [first, second]) study.embeddings.save(encoderId, "center", [[id, vector(1, 0)]]);
    const longer = { ...file, sizeBytes: 11 };
    const later = { ...file, modifiedNs: file.modifiedNs + 1n };
    const elsewhere = { ...file, path: "/b.jpg" };
    expect(idsOf(longer, file, later, elsewhere, file)).toEqual([
      undefined,
      first,
      undefined,
      undefined,
      first,
    ]);
    expect(study.images.embeddedOfFiles(encoderId, "center", [file])).toEqual([
      { id: first, widthPx: 640, heightPx: 480 },
    ]);
    expect(study.images.embeddedOfFiles(encoderId, "pad", [file])).toEqual([undefined]);
    study.images.saveFile({ ...file, sizeBytes: 12 }, second);
    expect(idsOf(file, { ...file, sizeBytes: 12 })).toEqual([undefined, second]);
  });
});
