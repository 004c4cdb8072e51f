import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatBytes } from "../../src/cli/downloadLine.ts";
import { type RegisteredModel, requiredFiles } from "../../src/model/registeredModel.ts";
import { registeredModels } from "../../src/model/registry.ts";

const document = await readFile(join(import.meta.dirname, "../../docs/models.md"), "utf8");

function documentedSize(model: RegisteredModel): string {
  if (model.origin.kind === "bundled") return "comes with Clipbook";
  const files = requiredFiles(model, "float32");
  const known = formatBytes(files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0));
  return files.some(({ bytes }) => bytes === undefined) ? `over ${known}` : known;
}

describe("docs/models.md", () => {
  it("has a row for each registered model, with the registry's words and sizes", () => {
    const rows = document.split("\n").filter((line) => /^\| `[a-z0-9-]+`( \(default\))? \|/.test(line));
    expect(
      rows.map((row) =>
        row
          .split("|")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      ),
    ).toEqual(
      registeredModels.map((model, i) => [
        `\`${model.id}\`${i === 0 ? " (default)" : ""}`,
        model.goodFor,
        model.licence,
        documentedSize(model),
      ]),
    );
  });

  it("states the registered logit scales", () => {
    for (const { logitScale, logitBias } of registeredModels) {
      if (logitScale !== undefined) expect(document).toContain(String(logitScale));
      if (logitBias !== undefined) expect(document).toContain(String(logitBias));
    }
  });
});
