import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { requireKnownCommands } from "./requireKnownCommands.ts";

const docs = join(import.meta.dirname, "../../docs");
const text = readFileSync(join(docs, "validating-a-classification.md"), "utf8");

// Its figures are compared with the worked example in test/cli/validateDemo.test.ts.
describe("docs/validating-a-classification.md", () => {
  it("names commands and options that the program knows", async () => {
    await requireKnownCommands(text);
    const inline = [...text.matchAll(/`(clipbook [a-z][^`]*)`/g)].map(([, command]) => command);
    expect(inline.length).toBeGreaterThan(10);
    await requireKnownCommands(`\`\`\`sh\n${inline.join("\n")}\n\`\`\``);
  });

  it("links to pictures that are there", () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map(([, path]) => path as string);
    expect(links.length).toBeGreaterThan(3);
    for (const path of links) expect([path, existsSync(join(docs, path))]).toEqual([path, true]);
  });

  it("names the keys of the coding screen", () => {
    const desk = readFileSync(join(import.meta.dirname, "../../web/code/CodeDesk.tsx"), "utf8");
    for (const [key, command] of [
      ["u", "unsure"],
      ["x", "uncodable"],
      ["z", "undo"],
      ["n", "note"],
      ["i", "instructions"],
    ] as const) {
      expect(desk).toContain(`  ${key}: "${command}",`);
      expect(text).toContain(`\`${key.toUpperCase()}\``);
    }
  });
});
