import { expect, it } from "vitest";
import { addCoder } from "../../../src/pipeline/samples/addCoder.ts";
import { findDisagreements } from "../../../src/pipeline/samples/findDisagreements.ts";
import { recordCoding } from "../../../src/pipeline/samples/recordCoding.ts";
import { plainRun } from "../plainRun.ts";
import { plainSample } from "./plainSample.ts";

it("an image is to be decided when two have coded it and do not say the same, whoever else has not", () => {
  const { study, run } = plainRun({ sizes: [20, 20], names: ["Trees", "Houses"] });
  const sample = plainSample(study, run, { perCategory: 3 });
  const codedAt = "2026-05-03T10:00:00.000Z";
  const seen = new Map<string, number>();
  const code = (coder: string, place: number, said: string) => {
    const isCategory = said === "Trees" || said === "Houses";
    const written = recordCoding(study, sample, {
      place,
      coder,
      role: coder === "Eve" ? "adjudicator" : "coder",
      variable: "category",
      answer: isCategory ? "category" : (said as "unsure" | "uncodable" | "withdrawn"),
      value: isCategory ? said : undefined,
      note: "",
      seconds: undefined,
      source: "screen",
      codedAt,
      seen: seen.get(`${coder} ${place}`) ?? 0,
    });
    if ("added" in written) seen.set(`${coder} ${place}`, written.added.id);
  };
  for (const coder of ["Cem", "Ben", "Anna"])
    addCoder(study, sample, { coder, role: "coder", addedAt: codedAt });
  addCoder(study, sample, { coder: "Eve", role: "adjudicator", addedAt: codedAt });
  // By place: agreement, disagreement, disagreement with one answer missing, one taken back, agreement on unsure; the last is not coded.
  const answers = {
    Anna: ["Trees", "Trees", "Trees", "Trees", "unsure"],
    Ben: ["Trees", "unsure", "Houses", "Houses", "unsure"],
    Cem: ["Trees", "Trees", undefined, "Trees", "unsure"],
    Eve: ["Houses"],
  };
  for (const [coder, said] of Object.entries(answers)) {
    for (const [place, answer] of said.entries()) if (answer !== undefined) code(coder, place, answer);
  }
  const found = () => {
    const { byPlace, waiting } = findDisagreements(study, sample);
    return { places: [...byPlace.keys()], waiting };
  };
  expect(found()).toEqual({ places: [1, 2, 3], waiting: 2 });
  const [codes] = findDisagreements(study, sample).byPlace.values();
  expect(codes?.map(({ coder, value, answer }) => `${coder} ${value ?? answer}`)).toEqual([
    "Anna Trees",
    "Ben unsure",
    "Cem Trees",
  ]);
  code("Anna", 3, "withdrawn");
  expect(found()).toEqual({ places: [1, 2, 3], waiting: 3 });
  code("Cem", 2, "Trees");
  expect(found()).toEqual({ places: [1, 2, 3], waiting: 2 });
  code("Ben", 2, "Trees");
  expect(found()).toEqual({ places: [1, 3], waiting: 2 });

  // Nobody waits for one who was invited and has not begun, nor for one who codes three images and leaves.
  addCoder(study, sample, { coder: "Dora", role: "coder", addedAt: codedAt });
  expect(found()).toEqual({ places: [1, 3], waiting: 2 });
  code("Dora", 0, "Houses");
  expect(found()).toEqual({ places: [0, 1, 3], waiting: 5 });
});

it("an image with one code, or none, is to be coded further, and nothing is to be decided", () => {
  const { study, run } = plainRun({ sizes: [20, 20], names: ["Trees", "Houses"] });
  const sample = plainSample(study, run, { perCategory: 1 });
  expect(findDisagreements(study, sample)).toEqual({ byPlace: new Map(), waiting: 2 });
  const given = { variable: "category", note: "", seconds: undefined, source: "screen" } as const;
  const codedAt = "2026-05-03T10:00:00.000Z";
  for (const place of [0, 1])
    recordCoding(study, sample, {
      ...given,
      place,
      coder: "Anna",
      role: "coder",
      answer: "unsure",
      value: undefined,
      codedAt,
      seen: 0,
    });
  expect(findDisagreements(study, sample)).toEqual({ byPlace: new Map(), waiting: 2 });
});
