import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runModelsDownload } from "../../src/cli/models.ts";
import { type ModelsVerifyOptions, runModelsVerify } from "../../src/cli/modelsVerify.ts";
import { UserError } from "../../src/errors.ts";
import { locateModel } from "../../src/model/locateModel.ts";
import type { RegisteredModel } from "../../src/model/registeredModel.ts";
import { registeredModels } from "../../src/model/registry.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { type HubFixture, revision, startHubFixture, vision } from "../model/hubFixture.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";

let hub: HubFixture;
beforeEach(async () => {
  hub = await startHubFixture();
});
afterEach(() => hub.close());

const demo = registeredModels.find(({ id }) => id === "demo") as RegisteredModel;

/** The demo's model in a folder of its own that may be damaged, still registered with its digests. */
function movedDemo(): { readonly folder: string; readonly model: RegisteredModel } {
  const folder = join(temporaryFolder(), "model");
  cpSync(join(packageRoot, "demo/model"), folder, { recursive: true });
  return {
    folder,
    model: { ...demo, origin: { kind: "bundled", directory: relative(packageRoot, folder) } },
  };
}

async function verify(
  name: string | undefined,
  registry: readonly RegisteredModel[],
  options: ModelsVerifyOptions = {},
): Promise<{ readonly stdout: string; readonly error: unknown }> {
  let stdout = "";
  const terminal = {
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: () => undefined,
    redraw: () => undefined,
    isInteractive: false,
    columns: 80,
    signal: new AbortController().signal,
    environment: hub.environment,
  };
  const error = await runModelsVerify(name, options, terminal, registry).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { stdout, error };
}

/** Turns one bit in the middle of a file. */
function flipBit(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 2);
  bytes[at] = (bytes[at] as number) ^ 1;
  writeFileSync(path, bytes);
}

describe("clipbook models verify", () => {
  it("names every file with its digest and what vouches for it, and what the self-test found", async () => {
    const { stdout, error } = await verify("demo", [demo]);
    expect(error).toBeUndefined();
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toBe("demo (float32): every file is as it should be");
    expect(lines.slice(1, -1)).toEqual(
      [...demo.files.map(({ path }) => path), "onnx/vision_model.onnx", "onnx/text_model.onnx"].map((path) =>
        expect.stringMatching(new RegExp(`^ {2}${path} .* SHA-256 [0-9a-f]{64} {2}as registered$`)),
      ),
    );
    expect(lines.at(-1)).toMatch(
      /^ {2}self-test passed: cosines .* 1\.0000\d \(pictures\) and 1\.0000\d \(phrases\)/,
    );
  });

  it.each([
    "config.json",
    "preprocessor_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "onnx/text_model.onnx",
    vision,
  ])("notices one bit in %s, as does the first use", async (name) => {
    const { folder, model } = movedDemo();
    flipBit(join(folder, name));
    const { stdout, error } = await verify("demo", [model]);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ message: expect.stringContaining(`${name}: `) });
    expect(stdout).toMatch(/^demo: FAILED\n/);
    await expect(locateModel("demo", { registry: [model], environment: hub.environment })).rejects.toThrow(
      name,
    );
  });

  it("knows the files of a registered model in a copy of its folder", async () => {
    const { folder } = movedDemo();
    const { stdout, error } = await verify(folder, [demo]);
    expect(error).toBeUndefined();
    expect(stdout).toContain("every file is as it should be\n");
    // Its towers are the model's, and one file is another.
    const config = join(folder, "tokenizer_config.json");
    writeFileSync(config, `${readFileSync(config, "utf8")}\n`);
    expect((await verify(folder, [demo])).stdout).toContain("nothing vouches for 1 of its files\n");
  });

  it("says of a registered model that it is not here, and downloads nothing", async () => {
    const absent = { ...hub.model, id: "absent", origin: { ...hub.model.origin, revision: "0".repeat(40) } };
    const before = hub.server.answers.length;
    const { error } = await verify("absent", [absent as RegisteredModel]);
    expect(error).toMatchObject({
      message: "absent: this model is not on this machine, or not all of its files",
      hint: "clipbook models download absent",
    });
    expect(hub.server.answers.length).toBe(before);
  });

  it("verifies every registered model that is here, and tells all before it fails", async () => {
    const { folder, model } = movedDemo();
    flipBit(join(folder, vision));
    const terminal = {
      stdout: () => undefined,
      stderr: () => undefined,
      redraw: () => undefined,
      isInteractive: false,
      columns: 80,
    };
    const signal = new AbortController().signal;
    const absent = { ...hub.model, id: "absent", origin: { ...hub.model.origin, revision: "0".repeat(40) } };
    await runModelsDownload("tiny-clip", {}, { ...terminal, signal, environment: hub.environment }, [
      hub.model,
    ]);
    const before = hub.server.answers.length;
    const { stdout, error } = await verify(undefined, [model, absent as RegisteredModel, hub.model]);
    expect(stdout).toMatch(/^demo: FAILED\n[\s\S]*\ntiny-clip \(float32\): every file is as it should be\n/);
    expect(stdout).toContain("as at its first use\n");
    expect(stdout).not.toContain("absent");
    expect(stdout).toContain("  self-test no values recorded for this model\n");
    expect(error).toMatchObject({ message: "1 of 2 models cannot be trusted", hint: "see above: demo" });
    expect(hub.server.answers.length).toBe(before);
  });

  it("reads files that were read before, and sets a damaged one of the Hub aside", async () => {
    const environment = hub.environment;
    const { directory } = await locateModel("tiny-clip", { registry: [hub.model], environment });
    flipBit(join(directory, "tokenizer.json"));
    const { error } = await verify("tiny-clip", [hub.model]);
    expect(error).toMatchObject({ message: expect.stringContaining("as it had at its first use") });
    expect(readdirSync(hub.cached("blobs")).some((name) => name.endsWith(".damaged"))).toBe(true);
    expect(readdirSync(hub.cached("snapshots", revision))).not.toContain("tokenizer.json");
  });

  it("downloads nothing", async () => {
    const { error } = await verify("tiny-clip", [hub.model]);
    expect(error).toMatchObject({ message: expect.stringContaining("not on this machine") });
    expect(hub.server.answers).toEqual([]);
  });

  it("says of a folder that nothing vouches for it, and prints the same as JSON", async () => {
    const { stdout } = await verify(tinyModelFolder("clip"), [demo]);
    expect(stdout).toMatch(/^tiny-clip \(float32\): nothing vouches for 6 of its files\n/);
    const { stdout: json } = await verify(tinyModelFolder("clip"), [demo], { json: true });
    expect(JSON.parse(json)).toMatchObject([
      { id: "tiny-clip", ok: true, precision: "float32", selfTest: null },
    ]);
    const failed = JSON.parse((await verify("tiny-clip", [hub.model], { json: true })).stdout);
    expect(failed).toMatchObject([
      { id: "tiny-clip", ok: false, error: expect.stringContaining("not on this") },
    ]);
  });
});
