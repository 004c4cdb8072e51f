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
      study.runs.addUnit(run, i * 2, { name: `${i}`, path: `/${i}`, rowNumber: 0 }, { imageId });
      const failure = { code: "corrupt", sentence: "x" };
      study.runs.addUnit(run, i * 2 + 1, { name: `f${i}`, path: `/f${i}`, rowNumber: 0 }, { failure });
    });
    const all = study.runs.embeddedUnits(run, 0, 99);
    expect(all.map(({ position }) => position)).toEqual([0, 2, 4]);
    expect(all.map((found) => found.vector)).toEqual(vectors);
    expect(study.runs.embeddedUnits(run, 1, 1).map(({ position }) => position)).toEqual([2]);
    expect(study.runs.embeddedUnits(run, 5, 9)).toEqual([]);
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
    expect(study.images.maybeIdOfFile(file)).toBe(first);
    expect(study.images.maybeIdOfFile({ ...file, sizeBytes: 11 })).toBeUndefined();
    expect(study.images.maybeIdOfFile({ ...file, modifiedNs: file.modifiedNs + 1n })).toBeUndefined();
    expect(study.images.maybeIdOfFile({ ...file, path: "/b.jpg" })).toBeUndefined();
    study.images.saveFile({ ...file, sizeBytes: 12 }, second);
    expect(study.images.maybeIdOfFile(file)).toBeUndefined();
    expect(study.images.maybeIdOfFile({ ...file, sizeBytes: 12 })).toBe(second);
  });
});
