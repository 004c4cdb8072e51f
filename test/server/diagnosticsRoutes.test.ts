import { describe, expect, it } from "vitest";
import { knownStudy } from "../pipeline/diagnostics/knownStudy.ts";
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
    const request = (path: string) => fetch(`${address}/api${path}`);
    const found = await (await request("/runs/1/diagnostics")).json();
    const { similarities: _, ...wanted } = await diagnose({ templates: true });
    expect(found).toEqual(JSON.parse(JSON.stringify({ ...wanted, samples: [] })));
    expect(found).toMatchObject({ units: 3, phrases: [{ wins: 1 }, { wins: 1 }, { wins: 1 }] });
    expect((await request("/runs/9/diagnostics")).status).toBe(404);
    expect((await request("/runs/1/diagnostics?samples=x")).status).toBe(400);
    expect(faults).toEqual([]);
    await close();
  });
});
