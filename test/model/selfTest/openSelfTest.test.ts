import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { locateModel } from "../../../src/model/locateModel.ts";
import { type Encoder, openEncoder } from "../../../src/model/openEncoder.ts";
import type { Precision, RegisteredModel } from "../../../src/model/registeredModel.ts";
import { registeredModels } from "../../../src/model/registry.ts";
import { drawTestViews } from "../../../src/model/selfTest/drawTestViews.ts";
import { packageRoot } from "../../../src/packageRoot.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";
import { tinyModelFolder } from "../../tinyModels.ts";

const demo = registeredModels.find(({ id }) => id === "demo") as RegisteredModel;
const demoFolder = join(packageRoot, "demo/model");
const views = drawTestViews(112);

interface OpenSpec {
  readonly folder?: string;
  readonly registered?: RegisteredModel | undefined;
  readonly precision?: Precision;
  readonly cache?: string;
}

/** Opens a folder's model as if the registry knew its files, and how their digests came about did not matter. */
async function open(spec: OpenSpec = {}): Promise<Encoder> {
  const { folder = demoFolder, precision = "float32", cache = temporaryFolder() } = spec;
  const environment = { XDG_CACHE_HOME: cache };
  const model = await locateModel(folder, { precision, environment });
  const registered = "registered" in spec ? spec.registered : demo;
  const encoder = await openEncoder({ ...model, registered }, { environment });
  onTestFinished(() => encoder.close());
  return encoder;
}

/** A copy of the demo's model with a thousand of a tower's weights at 0.75, where most are far smaller. */
function damagedCopy(tower: "vision" | "text"): string {
  const folder = join(temporaryFolder(), "model");
  cpSync(demoFolder, folder, { recursive: true });
  const path = join(folder, `onnx/${tower}_model.onnx`);
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  for (let at = middle; at < middle + 4000; at++) bytes[at] = 0x3f;
  writeFileSync(path, bytes);
  return folder;
}

describe("the self-test", () => {
  it.each(["float32", "int8"] as const)(
    "finds the recorded values of the demo's model in %s",
    async (precision) => {
      const outcome = await (await open({ precision })).selfTest();
      expect(outcome?.image).toBeGreaterThan(0.9999);
      expect(outcome?.text).toBeGreaterThan(0.9999);
    },
  );

  it("tells float32 and int8 apart: each has values of its own", () => {
    const { float32, int8 } = demo.selfTest ?? {};
    expect(float32).toBeDefined();
    expect(int8).not.toEqual(float32);
  });

  it.each([
    ["vision", "image", (encoder: Encoder) => encoder.embedViews(views)],
    ["text", "text", (encoder: Encoder) => encoder.embedTexts(["a photo"])],
  ] as const)(
    "refuses damaged weights in the %s tower before their first embedding",
    async (tower, side, use) => {
      const cache = temporaryFolder();
      const folder = damagedCopy(tower);
      // Nobody knows these weights, and ONNX Runtime runs them without a word.
      await use(await open({ folder, registered: undefined }));
      const damaged = await open({ folder, cache });
      const error = await use(damaged).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(UserError);
      expect(error).toMatchObject({
        message: expect.stringMatching(
          new RegExp(`^model: the ${side} tower computes wrongly: .* of -?0\\.[0-9]+ `),
        ),
        hint: expect.stringMatching(
          /damaged.*computes wrongly on this processor \(.+\): try another machine/,
        ),
      });
      // What failed is not remembered as passed.
      await expect(use(await open({ folder, cache }))).rejects.toThrow("computes wrongly");
    },
  );

  it("opens no tower but the one that is needed", async () => {
    const encoder = await open();
    await encoder.embedTexts(["a photo"]);
    expect(encoder.openedTowers()).toEqual(["text"]);
  });

  it("is made once on a machine for each model and tower, and again when it is asked for", async () => {
    const cache = temporaryFolder();
    const wrong = { image: demo.selfTest?.float32?.text ?? [], text: demo.selfTest?.float32?.image ?? [] };
    const registered = { ...demo, selfTest: { float32: wrong } };
    await (await open({ cache })).embedViews(views);
    const other = await open({ cache, registered });
    await other.embedViews(views);
    await expect(other.embedTexts(["a photo"])).rejects.toThrow("the text tower computes wrongly");
    await expect(other.selfTest()).rejects.toThrow("the image tower computes wrongly");
  });

  it("does not depend on a cache that is damaged or cannot be written", async () => {
    const cache = temporaryFolder();
    mkdirSync(join(cache, "clipbook"));
    for (const damage of ["", "[]", '{"version":1,"passed":3}', "\0"]) {
      writeFileSync(join(cache, "clipbook/self-tests.json"), damage);
      await (await open({ cache })).embedTexts(["a photo"]);
      expect(JSON.parse(readFileSync(join(cache, "clipbook/self-tests.json"), "utf8")).passed.length).toBe(1);
    }
    const blocked = join(cache, "a file");
    writeFileSync(blocked, "");
    await (await open({ cache: blocked })).embedTexts(["a photo"]);
  });

  it("is none for a model whose values nobody has recorded", async () => {
    const cache = temporaryFolder();
    const encoder = await open({ folder: tinyModelFolder("clip"), registered: undefined, cache });
    expect(await encoder.selfTest()).toBeUndefined();
    await encoder.embedTexts(["a photo"]);
    expect(existsSync(join(cache, "clipbook/self-tests.json"))).toBe(false);
  });
});
