import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandReference } from "../../tools/commandReference.ts";

const docs = join(import.meta.dirname, "../../docs");

describe("docs/commands.md", () => {
  const written = readFileSync(join(docs, "commands.md"), "utf8");

  it("is what --help prints (npm run docs writes it anew)", () => {
    expect(commandReference()).toBe(written);
  });

  it("has every command that the program knows", () => {
    const top = written.split("## clipbook demo")[0] as string;
    const listed = [...(top.split("Commands:")[1] as string).matchAll(/^ {2}([a-z]+)/gm)].map(
      ([, name]) => name,
    );
    for (const name of listed.filter((name) => name !== "help"))
      expect(written).toContain(`## clipbook ${name}\n`);
    expect(listed).toEqual([
      "demo",
      "init",
      "check",
      "classify",
      "overview",
      "serve",
      "export",
      "models",
      "help",
    ]);
  });
});
