import { describe, expect, it } from "vitest";
import { recordCoding } from "../../src/pipeline/samples/recordCoding.ts";
import { knownStudy } from "../pipeline/diagnostics/knownStudy.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { askApp } from "./askApp.ts";
import { serveStudy } from "./serveStudy.ts";

describe("the route of a run's diagnostics", () => {
  it("answers with all but the similarities, and refuses what it does not understand", async () => {
    const { study, diagnose } = await knownStudy({
      images: [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
      codebook: {
        templates: [],
        categories: [
          { name: "A", phrases: ["a", "b"] },
          { name: "B", phrases: ["c"] },
        ],
      },
      vectorOf: (text) => (text === "a" ? [1, 0] : text === "b" ? [1, 0.5] : [0, 1]),
    });
    const { address, close, faults } = await serveStudy(study.directory);
    const request = (path: string) => askApp(`${address}/api${path}`);
    const found = await (await request("/runs/1/diagnostics")).json();
    const { similarities: _, ...wanted } = await diagnose({ templates: true });
    expect(found).toEqual(JSON.parse(JSON.stringify({ ...wanted, samples: [] })));
    expect(found).toMatchObject({ units: 3, phrases: [{ wins: 1 }, { wins: 1 }, { wins: 1 }] });
    expect((await request("/runs/9/diagnostics")).status).toBe(404);
    expect((await request("/runs/1/diagnostics?samples=x")).status).toBe(400);
    expect(faults).toEqual([]);
    await close();
  });

  it("counts one look until something else is coded", async () => {
    const { study, run, code } = await knownStudy({
      images: [
        [1, 0],
        [0, 1],
      ],
      codebook: {
        templates: [],
        categories: [
          { name: "A", phrases: ["a"] },
          { name: "B", phrases: ["b"] },
        ],
      },
      vectorOf: (text) => (text === "a" ? [1, 0] : [0, 1]),
    });
    const pilot = plainSample(study, run, { name: "pilot", purpose: "pilot" });
    code(pilot, () => "A");
    const { address, close } = await serveStudy(study.directory);
    const path = `${address}/api/runs/1/diagnostics`;
    const looks = () => study.samples.openings(pilot.id).length;
    expect((await askApp(path, { method: "HEAD" })).status).toBe(405);
    expect(looks()).toBe(0);
    const first = await (await askApp(path)).json();
    expect(first).toMatchObject({ gold: { sample: "pilot", units: 2 } });
    expect(await (await askApp(path)).json()).toEqual(first);
    expect(looks()).toBe(1);
    await askApp(`${path}?sample=pilot`);
    expect(looks()).toBe(2);
    recordCoding(study, pilot, {
      ...{ place: 0, coder: "Dora", role: "coder", variable: "category", answer: "category", value: "B" },
      ...{ note: "", seconds: 1, source: "screen", codedAt: "2026-05-02T09:00:00.000Z", seen: 0 },
    });
    await askApp(path);
    expect(looks()).toBe(3);
    await close();
  });
});
