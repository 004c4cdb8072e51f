import { spawn } from "node:child_process";
import { cpSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import { locateModel } from "../../src/model/locateModel.ts";
import { openEncoder } from "../../src/model/openEncoder.ts";
import { loadPhraseTokenizer } from "../../src/model/phraseTokenizer.ts";
import { maybeWithinTime } from "../../src/model/withinTime.ts";
import { waitFor } from "../cli/runClipbook.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";
import { vision } from "./hubFixture.ts";
import { flattenGraph } from "./onnx/flattenGraph.ts";
import type { HostileOutcome } from "./openHostileGraphs.ts";

const tinyClip = tinyModelFolder("clip");

function copyOfModel(): string {
  const folder = join(temporaryFolder(), "model");
  cpSync(tinyClip, folder, { recursive: true });
  return folder;
}

async function failureOf(work: () => Promise<unknown>): Promise<UserError> {
  const error = await work().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}

/** Opens a copied model and uses both towers. */
async function useModel(folder: string, pictures = 1): Promise<void> {
  const encoder = await openEncoder(await locateModel(folder));
  onTestFinished(() => encoder.close());
  const { sizePx } = encoder.viewSpec(encoder.view);
  const view = new Uint8Array(sizePx * sizePx * 3).fill(90);
  await encoder.embedTexts(["a photo of a dog"]);
  await encoder.embedViews(Array.from({ length: pictures }, () => view));
}

describe("a graph from somebody else", () => {
  it("is refused by name, whatever is in it, and never takes the process along", async () => {
    const script = join(import.meta.dirname, "openHostileGraphs.ts");
    const child = spawn(process.execPath, [script, join(tinyClip, vision), "20"], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_OPTIONS: "" },
    });
    const { code, stdout, stderr } = await waitFor(child);
    const outcomes = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as HostileOutcome);
    // ONNX Runtime would write there by itself.
    expect(stderr).toBe("");
    expect([code, outcomes.at(-1)?.name]).toEqual([0, "an input that cannot be fed"]);
    expect(outcomes.length).toBeGreaterThan(70);
    expect(outcomes.filter(({ outcome }) => outcome === "other")).toEqual([]);
    for (const { name, outcome, message } of outcomes) {
      if (outcome === "refused") expect([name, message]).toEqual([name, expect.stringContaining("GRAPH: ")]);
      expect(message.length).toBeLessThan(600);
    }
    // What is damaged without a trace is left to the digests.
    const ran = outcomes.filter(({ outcome }) => outcome === "ran").map(({ name }) => name);
    expect(ran.filter((name) => !/^flipped bits|^nodes in reverse$/.test(name))).toEqual([]);
    expect(ran.length).toBeLessThan(outcomes.length / 5);
  });

  it("that gives one row for two pictures is refused before anything is mixed up", async () => {
    const folder = copyOfModel();
    writeFileSync(join(folder, vision), flattenGraph("pixel_values", "image_embeds"));
    const error = await failureOf(() => useModel(folder, 2));
    expect(error.message).toMatch(/the image tower gives 24576 numbers for 2, of 24576 each$/);
  });
});

describe("a tokenizer.json from somebody else", () => {
  const whole = JSON.parse(readFileSync(join(tinyClip, "tokenizer.json"), "utf8"));
  const vocabularyOf = (id: (place: number) => unknown) => (json: typeof whole) => {
    const tokens = Object.keys(json.model.vocab);
    json.model.vocab = Object.fromEntries(tokens.map((token, i) => [token, id(i)]));
  };
  const split = (expression: string) => (json: typeof whole) => {
    json.pre_tokenizer = {
      type: "Split",
      pattern: { Regex: expression },
      behavior: "Isolated",
      invert: false,
    };
  };
  const cases: readonly (readonly [string, (json: typeof whole) => void, RegExp])[] = [
    ["texts for numbers", vocabularyOf((i) => `${i}`), /"278" is no token's number/],
    ["fractions for numbers", vocabularyOf((i) => i + 0.5), /278\.5 is no token's number/],
    ["numbers below zero", vocabularyOf((i) => -i - 1), /-\d+ is no token's number/],
    ["numbers beyond 32 bits", vocabularyOf((i) => i + 2 ** 40), /is no token's number/],
    ["no list of merges", (json) => Object.assign(json.model, { merges: 3 }), /cannot be used/],
    ["an expression that is none", split("(((("), /Invalid regular expression/],
    ["an expression that never ends", split("^([a-z]+)+$"), /takes more than 300 ms for a text/],
    ["nonsense for added tokens", (json) => Object.assign(json, { added_tokens: [{ id: 1 }] }), /be used/],
    [
      "an unknown step",
      (json) => Object.assign(json, { normalizer: { type: "Nope" } }),
      /Unknown Normalizer/,
    ],
    [
      "text that doubles with each step",
      (json) => {
        const double = { type: "Replace", pattern: { Regex: "." }, content: "aa" };
        json.normalizer = { type: "Sequence", normalizers: Array.from({ length: 60 }, () => double) };
      },
      /takes more than 300 ms|cannot be used/,
    ],
  ];
  it.each(cases)("with %s is refused by name", async (_, change, expected) => {
    const folder = copyOfModel();
    const json = structuredClone(whole);
    change(json);
    const path = join(folder, "tokenizer.json");
    writeFileSync(path, JSON.stringify(json));
    const error = await failureOf(async () => {
      const config = join(folder, "tokenizer_config.json");
      const spec = { family: "clip", contextLength: 77, limitMs: 300 } as const;
      const tokenizer = await loadPhraseTokenizer(path, config, spec);
      return tokenizer.encodeBatch(["a photo of a dog", `${"a".repeat(60)}9`]);
    });
    expect(error.message).toContain(`${path}: this tokenizer `);
    expect(error.message).toMatch(expected);
  });

  it("with numbers that the text tower has no row for is refused when it is used", async () => {
    const folder = copyOfModel();
    const json = structuredClone(whole);
    vocabularyOf((i) => i + 1_000_000)(json);
    writeFileSync(join(folder, "tokenizer.json"), JSON.stringify(json));
    const error = await failureOf(() => useModel(folder));
    expect(error.message).toMatch(/text_model\.onnx: the graph cannot be run: /);
  });

  it("of another kind, or without end, is refused before it is read", async () => {
    const folder = copyOfModel();
    const path = join(folder, "tokenizer.json");
    for (const content of ["", "[", "[]", "null", '"text"', '{"model":3}', "[".repeat(200_000), "\0\0"]) {
      writeFileSync(path, content);
      expect((await failureOf(() => useModel(folder))).message).toContain(path);
    }
    truncateSync(path, 2 ** 40);
    expect(
      (await failureOf(() => openEncoder({ ...located, paths: { ...located.paths, tokenizer: path } })))
        .message,
    ).toBe(`${path}: 1099511627776 bytes are more than any model's tokenizer.json has`);
  });
});

const located = await locateModel(tinyClip);

describe("a config.json from somebody else", () => {
  it.each([
    ["config.json", { model_type: "clip", logit_scale: 1e308 }],
    ["config.json", { model_type: "clip", logit_scale: -1 }],
    ["config.json", { model_type: "siglip", logit_bias: -1e9 }],
    ["config.json", { model_type: "clip", vision_config: { image_size: 2 ** 30 } }],
    ["config.json", { model_type: "clip", text_config: { max_position_embeddings: 1e12 } }],
    ["config.json", { model_type: { __proto__: null } }],
    ["config.json", [1, 2, 3]],
    ["preprocessor_config.json", { size: { shortest_edge: 0 } }],
    ["preprocessor_config.json", { size: { height: 1e9, width: 1e9 } }],
    ["preprocessor_config.json", { image_std: [0, 0, 0] }],
    ["preprocessor_config.json", { image_mean: ["a", "b", "c"] }],
    ["preprocessor_config.json", { rescale_factor: 0 }],
  ])("is refused by name: %s %j", async (name, content) => {
    const folder = copyOfModel();
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content));
    expect((await failureOf(() => useModel(folder))).message).toContain(`${path}: `);
  });

  it("is refused when it is too deep to be read", async () => {
    const folder = copyOfModel();
    writeFileSync(join(folder, "config.json"), `{"a":`.repeat(100_000));
    expect((await failureOf(() => useModel(folder))).message).toContain("this is no valid JSON");
  });
});

describe("maybeWithinTime", () => {
  it("gives what the work gives, and passes on what it throws", () => {
    expect(maybeWithinTime(() => 3, 1000)).toEqual({ value: 3 });
    const mistake = new RangeError("mine");
    expect(() =>
      maybeWithinTime(() => {
        throw mistake;
      }, 1000),
    ).toThrow(mistake);
  });

  it("ends work in the middle of a regular expression", () => {
    expect(maybeWithinTime(() => /^(a+)+$/.test(`${"a".repeat(60)}b`), 50)).toBeUndefined();
  });
});
