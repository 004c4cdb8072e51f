import { rm } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runModelsDownload, runModelsList } from "../../src/cli/models.ts";
import { UserError } from "../../src/errors.ts";
import { registeredModels } from "../../src/model/registry.ts";
import { type HubFixture, revision, startHubFixture, text, vision } from "../model/hubFixture.ts";
import { sha256 } from "../model/hubServer.ts";

let hub: HubFixture;
beforeEach(async () => {
  hub = await startHubFixture();
});
afterEach(() => hub.close());

function openTerminal() {
  const written = { stdout: "", stderr: "" };
  const terminal = {
    stdout: (line: string) => {
      written.stdout += line;
    },
    stderr: (line: string) => {
      written.stderr += line;
    },
    redraw: () => undefined,
    isInteractive: false,
    columns: 80,
    signal: new AbortController().signal,
    environment: hub.environment,
  };
  return { written, terminal };
}

const totalBytes = () => [...hub.files.values()].reduce((sum, content) => sum + content.length, 0);

describe("clipbook models list", () => {
  it("says what each model is good for, its licence, size and that none is on a new machine", async () => {
    const { written, terminal } = openTerminal();
    await runModelsList({}, terminal);
    for (const { id, goodFor, licence } of registeredModels) {
      expect(written.stdout).toContain(`${goodFor}\n`);
      expect(written.stdout).toMatch(new RegExp(`^${id}( \\(default\\))?: `, "m"));
      expect(written.stdout).toContain(`licence ${licence}`);
    }
    expect(written.stdout).toContain(
      "  float32       608 MB  not on this machine\n  int8     made from float32 at its first use\n",
    );
    expect(written.stdout).toContain("over 816 MB");
  });

  it("sees a model that was downloaded, and one that was in part", async () => {
    const { written, terminal } = openTerminal();
    await runModelsDownload("tiny-clip", {}, terminal, [hub.model]);
    written.stdout = "";
    await runModelsList({}, terminal, [hub.model]);
    expect(written.stdout).toContain("  float32       756 kB  on this machine\n");
    await rm(hub.cached("snapshots", revision, text));
    written.stdout = "";
    await runModelsList({}, terminal, [hub.model]);
    expect(written.stdout).toContain("  partly on this machine\n");
  });

  it("prints the same as JSON", async () => {
    const { written, terminal } = openTerminal();
    await runModelsList({ json: true }, terminal, [hub.model]);
    expect(JSON.parse(written.stdout)).toEqual([
      {
        id: "tiny-clip",
        isDefault: false,
        goodFor: "tests",
        licence: "MIT",
        family: "clip",
        contextLength: 77,
        logitScale: 100,
        origin: { kind: "hub", repository: "someone/tiny-clip", revision },
        variants: [{ precision: "float32", presence: "missing", bytes: 0, isWholeSize: false }],
        madeHere: ["int8"],
      },
    ]);
  });
});

describe("clipbook models download", () => {
  it("prints where the model is with its digests, and its progress in tenths on stderr", async () => {
    const { written, terminal } = openTerminal();
    await runModelsDownload("tiny-clip", {}, terminal, [hub.model]);
    expect(written.stdout).toContain(`tiny-clip (float32) is in ${hub.cached("snapshots", revision)}\n`);
    expect(written.stdout).toContain(
      `  ${vision}  343 kB  SHA-256 ${sha256(hub.files.get(vision) as Buffer)}\n`,
    );
    const lines = written.stderr.trimEnd().split("\n");
    expect(lines[0]).toBe("downloading tiny-clip, 756 kB");
    expect(lines.at(-1)).toBe("downloading tiny-clip 100%: 756 kB of 756 kB");
    expect(lines.length).toBeLessThanOrEqual(11);
    expect(totalBytes()).toBe(756_333);
  });

  it("in int8 brings float32, makes the variant beside it, and says so", async () => {
    const { written, terminal } = openTerminal();
    await runModelsDownload("tiny-clip", { precision: "int8" }, terminal, [hub.model]);
    expect(written.stdout).toContain(`tiny-clip (int8) is in ${hub.cached("snapshots", revision)}\n`);
    expect(written.stdout).toMatch(
      / {2}onnx\/vision_model\.int8-[0-9a-f]{12}\.onnx_data {2}220 kB {2}SHA-256 /,
    );
    expect(written.stdout).not.toContain(`${vision} `);
    const folder = hub.cached("snapshots", revision, "onnx");
    expect(written.stderr).toContain(`making the int8 variant of tiny-clip, ${vision}, in ${folder}\n`);
    written.stderr = "";
    await runModelsDownload("tiny-clip", { precision: "int8" }, terminal, [hub.model]);
    expect(written.stderr).toBe("");
  });

  it("prints it as JSON", async () => {
    const { written, terminal } = openTerminal();
    await runModelsDownload("tiny-clip", { json: true }, terminal, [hub.model]);
    const answer = JSON.parse(written.stdout);
    expect(answer).toMatchObject({ id: "tiny-clip", source: { revision }, precision: "float32" });
    expect(answer.files.length).toBe(hub.files.size);
  });

  it("refuses names that are not registered, folders too", async () => {
    const { terminal } = openTerminal();
    const work = runModelsDownload("test/fixtures/reference/tiny-clip", {}, terminal, [hub.model]);
    await expect(work).rejects.toThrow(UserError);
    await expect(work).rejects.toMatchObject({ hint: "the registered models are tiny-clip" });
  });
});
