import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as clipbook from "../../src/index.ts";

describe("docs/library.md", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/library.md"), "utf8");

  it("names every value that the library exports", () => {
    for (const name of Object.keys(clipbook)) expect([name, text.includes(name)]).toEqual([name, true]);
  });

  it("names nothing that it does not", () => {
    const named = [...text.matchAll(/^\| (.*?) \|/gm)].flatMap(([, cell]) => [
      ...(cell as string).matchAll(/`([A-Za-z]+)/g),
    ]);
    expect(named.length).toBeGreaterThan(20);
    for (const [, name] of named) expect(Object.keys(clipbook)).toContain(name);
  });
});
