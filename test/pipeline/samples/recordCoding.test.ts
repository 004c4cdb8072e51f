import { describe, expect, it } from "vitest";
import { addCoder } from "../../../src/pipeline/samples/addCoder.ts";
import { type GivenCoding, recordCoding } from "../../../src/pipeline/samples/recordCoding.ts";
import { plainRun } from "../plainRun.ts";
import { plainSample } from "./plainSample.ts";

function coded() {
  const { study, run } = plainRun({ sizes: [20, 20], names: ["Trees", "Houses"], unitsPerImage: 2 });
  const sample = plainSample(study, run, { perCategory: 4 });
  const code = (given: Partial<GivenCoding> = {}) =>
    recordCoding(study, sample, {
      place: 0,
      coder: "Anna",
      role: "coder",
      variable: "category",
      answer: "category",
      value: "Trees",
      note: "",
      seconds: 2.5,
      source: "screen",
      codedAt: "2026-05-02T09:00:00.000Z",
      seen: 0,
      ...given,
    });
  return { study, run, sample, code };
}

describe("codings", () => {
  it("are only added: the newest counts, and the others stay", () => {
    const { study, sample, code } = coded();
    const first = code();
    expect(first).toMatchObject({ added: { id: 1, value: "Trees", sampleId: sample.id } });
    code({ seen: 1, value: "Houses", note: "a second look" });
    code({ coder: "Ben", answer: "uncodable", value: undefined, seconds: undefined });
    code({ seen: 2, answer: "withdrawn", value: undefined });
    expect(study.codings.newest(sample.id)).toMatchObject([
      { coder: "Ben", answer: "uncodable", value: undefined, seconds: undefined },
      { coder: "Anna", answer: "withdrawn" },
    ]);
    expect(study.codings.newest(sample.id, { coder: "Ben" })).toHaveLength(1);
    expect(study.codings.history(sample.id).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  it("are refused when the coder coded the image elsewhere meanwhile, and nothing is overwritten", () => {
    const { study, sample, code } = coded();
    code();
    expect(code({ value: "Houses" })).toMatchObject({ newer: { id: 1, value: "Trees" } });
    expect(study.codings.history(sample.id)).toHaveLength(1);
    // A coder and an adjudicator of the same name are two.
    expect(code({ value: "Houses", role: "adjudicator" })).toHaveProperty("added");
  });

  it.each([
    [{ place: 8 }, 'sample "test" has no image number 8'],
    [{ place: 0.5 }, 'sample "test" has no image number 0.5'],
    [{ value: "Tree" }, 'sample "test" has no category "Tree"'],
    [{ value: undefined }, 'sample "test" has no category ""'],
    [{ answer: "unsure" as const }, 'sample "test" has no category "Trees"'],
    [{ variable: "mood" }, 'sample "test" has no variable "mood"'],
  ])("are refused that the sample cannot take: %j", (given, message) => {
    const { study, sample, code } = coded();
    expect(() => code(given)).toThrow(message);
    expect(study.codings.history(sample.id)).toEqual([]);
  });
});

describe("coders", () => {
  it("keep the link that they were given, and each role has its own", () => {
    const { study, sample } = coded();
    const spec = { coder: " Anna ", role: "coder", addedAt: "2026-05-01T08:00:00.000Z" } as const;
    const anna = addCoder(study, sample, spec);
    expect(anna.coder).toBe("Anna");
    expect(addCoder(study, sample, spec)).toEqual(anna);
    const judge = addCoder(study, sample, { ...spec, role: "adjudicator" });
    expect(judge.link).not.toBe(anna.link);
    expect(study.samples.maybeByLink(anna.link)).toEqual({ sample, coder: anna });
    expect(study.samples.maybeByLink("nobody's")).toBeUndefined();
    expect(study.samples.coders(sample.id).map(({ role }) => role)).toEqual(["coder", "adjudicator"]);
  });

  it("have names that differ in more than letter case or the form of their letters, within a role", () => {
    const { study, sample } = coded();
    const add = (coder: string, role: "coder" | "adjudicator" = "coder") =>
      addCoder(study, sample, { coder, role, addedAt: "2026-05-01T08:00:00.000Z" });
    const zoe = add("Zo\u00eb");
    expect(add("Zoe\u0308")).toEqual(zoe);
    expect(() => add("zo\u00eb")).toThrow(
      'there is a coder "Zo\u00eb", from whom "zo\u00eb" differs by letter case only',
    );
    expect(() => add("ZOE\u0308")).toThrow("letter case only");
    add("zo\u00eb", "adjudicator");
    add("Zoe");
    expect(study.samples.coders(sample.id).map(({ coder }) => coder)).toEqual([
      "Zoe",
      "Zo\u00eb",
      "zo\u00eb",
    ]);
  });

  it("are called by what can be seen of a name", () => {
    const { study, sample } = coded();
    const named = (coder: string) => addCoder(study, sample, { coder, role: "coder", addedAt: "" }).coder;
    expect(named("\u200bAn\u00adn\u200da\ufeff\u202e")).toBe("Anna");
    expect(named("Anna\ud800")).toBe("Anna\ufffd");
    // Half of the second word is joined to the first in Persian, and a heart to a flame.
    for (const name of ["می\u200cخواهم", "❤️\u200d🔥", "क्\u200dष"]) expect(named(name)).toBe(name);
  });

  it.each(["", "  ", "a\nb", "x".repeat(81), "\u200b", "\u3164", "\ufeff \u2060"])(
    "cannot be called %j",
    (coder) => {
      const { study, sample } = coded();
      expect(() => addCoder(study, sample, { coder, role: "coder", addedAt: "" })).toThrow("coder's name");
    },
  );
});
