import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commandReference } from "../../tools/commandReference.ts";

const docs = join(import.meta.dirname, "../../docs");

describe("docs/commands.md", () => {
  const written = readFileSync(join(docs, "commands.md"), "utf8");

  it("is what --help prints (npm run docs writes it anew)", () => {
    expect(commandReference()).toBe(written);
  }, 60_000);

  it("has every command that the program knows", () => {
    const sections = [...written.matchAll(/^## clipbook ?(.*)$/gm)].map(([, name]) => name);
    expect(sections).toEqual([
      "",
      "demo",
      "init",
      "check",
      "classify",
      "index",
      "merge",
      "overview",
      "serve",
      "sample",
      "freeze",
      "evaluate",
      "shares",
      "regress",
      "export",
      "export reviews",
      "export gold",
      "export predictions",
      "export embeddings",
      "export codings",
      "export label-studio",
      "import",
      "import embeddings",
      "import codings",
      "models",
      "models list",
      "models download",
      "models verify",
      "models compare",
      "worker",
    ]);
  });
});
