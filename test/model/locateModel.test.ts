import {
  copyFile,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { type LocateOptions, locateModel } from "../../src/model/locateModel.ts";
import { listExternalData } from "../../src/model/onnxExternalData.ts";
import { registeredModels } from "../../src/model/registry.ts";
import {
  externalDataFixture,
  type HubFixture,
  registerTinyClip,
  startHubFixture,
  text,
  tinyClip,
  tinySiglip,
  vision,
} from "./hubFixture.ts";
import { sha256 } from "./hubServer.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "clipbook-model-"));
});
afterEach(() => rm(folder, { recursive: true }));

const environment = () => ({ XDG_CACHE_HOME: join(folder, "cache"), HF_HOME: join(folder, "hf") });
const locate = (path: string, options: LocateOptions = {}) =>
  locateModel(path, { environment: environment(), ...options });

const failure = async (work: Promise<unknown>): Promise<UserError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
};

async function copyOfTinyClip(): Promise<string> {
  const directory = join(folder, "my-model");
  await cp(tinyClip, directory, { recursive: true });
  return directory;
}

/** The tiny CLIP model with its image tower's weights in a file of their own. */
async function copyWithExternalData(): Promise<string> {
  const directory = await copyOfTinyClip();
  for (const name of ["vision_model.onnx", "vision_model.onnx_data"]) {
    await copyFile(join(externalDataFixture, name), join(directory, "onnx", name));
  }
  return directory;
}

describe("a model's folder", () => {
  it("is located with the paths, sizes and digests of all its files", async () => {
    const model = await locate(tinySiglip);
    expect(model).toMatchObject({
      name: "tiny-siglip",
      source: undefined,
      directory: tinySiglip,
      precision: "float32",
      registered: undefined,
      paths: {
        config: join(tinySiglip, "config.json"),
        preprocessorConfig: join(tinySiglip, "preprocessor_config.json"),
        tokenizer: join(tinySiglip, "tokenizer.json"),
        tokenizerConfig: join(tinySiglip, "tokenizer_config.json"),
      },
      towers: { kind: "separate", vision: join(tinySiglip, vision), text: join(tinySiglip, text) },
    });
    expect(model.files.map(({ name }) => name)).toEqual([
      "config.json",
      "preprocessor_config.json",
      "tokenizer.json",
      "tokenizer_config.json",
      vision,
      text,
    ]);
    for (const { path, bytes, sha256: digest } of model.files) {
      const content = await readFile(path);
      expect({ path, bytes, digest }).toEqual({ path, bytes: content.length, digest: sha256(content) });
    }
  });

  it("may have no tokenizer_config.json", async () => {
    const directory = await copyOfTinyClip();
    await rm(join(directory, "tokenizer_config.json"));
    const model = await locate(directory);
    expect(model.paths.tokenizerConfig).toBeUndefined();
    expect(model.files.length).toBe(5);
  });

  it("may be named by a relative path with a slash at the end", async () => {
    const model = await locate("test/fixtures/reference/tiny-clip/");
    expect(model.name).toBe("tiny-clip");
    expect(model.directory).toBe(tinyClip);
  });

  it("lacks several files: one error names them all and says what belongs there", async () => {
    const directory = await copyOfTinyClip();
    for (const name of ["config.json", "tokenizer.json", text]) await rm(join(directory, name));
    const error = await failure(locate(directory));
    expect(error.message).toBe(`${directory}: the model's folder lacks config.json, tokenizer.json, ${text}`);
    expect(error.hint).toContain("vision_model.onnx");
  });

  it("is none: every required file is named", async () => {
    const error = await failure(locate(folder));
    expect(error.message).toBe(
      `${folder}: the model's folder lacks config.json, preprocessor_config.json, tokenizer.json, ${vision}, ${text}`,
    );
  });

  it("may have int8 towers alone, under either of their usual names", async () => {
    for (const suffix of ["_quantized", "_int8"]) {
      const directory = await copyOfTinyClip();
      for (const stem of ["vision_model", "text_model"]) {
        await rename(join(directory, `onnx/${stem}.onnx`), join(directory, `onnx/${stem}${suffix}.onnx`));
      }
      const model = await locate(directory, { precision: "int8" });
      expect(model.towers).toMatchObject({ vision: join(directory, `onnx/vision_model${suffix}.onnx`) });
      expect(model.precision).toBe("int8");
      await rm(directory, { recursive: true });
    }
  });

  it("without any graphs lacks the float32 ones, from which int8 is made", async () => {
    const directory = await copyOfTinyClip();
    await rm(join(directory, "onnx"), { recursive: true });
    const error = await failure(locate(directory, { precision: "int8" }));
    expect(error.message).toBe(`${directory}: the model's folder lacks ${vision}, ${text}`);
  });

  it("has both towers in one graph, which counts when they are not there apart", async () => {
    const directory = await copyOfTinyClip();
    await copyFile(join(directory, vision), join(directory, "onnx/model.onnx"));
    expect((await locate(directory)).towers.kind).toBe("separate");
    await rm(join(directory, text));
    expect((await locate(directory)).towers).toEqual({
      kind: "joint",
      model: join(directory, "onnx/model.onnx"),
    });
  });

  it("is recognised as a registered model by its graphs' digests", async () => {
    const digests = await Promise.all(
      [vision, text].map(async (name) => sha256(await readFile(join(tinyClip, name)))),
    );
    const known = registerTinyClip(digests[0] as string);
    const towers = {
      float32: {
        kind: "separate",
        vision: { path: vision, sha256: digests[0] as string },
        text: { path: text, sha256: digests[1] as string },
      },
    } as const;
    expect((await locate(tinyClip, { registry: [{ ...known, towers }] })).registered?.id).toBe("tiny-clip");
    expect((await locate(tinyClip, { registry: [known] })).registered).toBeUndefined();
    expect((await locate(tinySiglip, { registry: [{ ...known, towers }] })).registered).toBeUndefined();
  });
});

describe("a name", () => {
  it("that is unknown gets the list of known ones", async () => {
    const error = await failure(locate("clip-vit-b23"));
    expect(error.message).toBe('there is no model "clip-vit-b23"');
    for (const { id } of registeredModels) expect(error.hint).toContain(id);
  });

  it("that is a repository of the Hub gets the id of the registered model", async () => {
    const error = await failure(locate("Xenova/clip-vit-base-patch32"));
    expect(error.message).toBe("Xenova/clip-vit-base-patch32: there is no such folder");
    expect(error.hint).toBe("use --model clip-vit-b32");
  });

  it("of a file is refused", async () => {
    const error = await failure(locate(join(tinyClip, vision)));
    expect(error.message).toContain("this is a file, not a model's folder");
  });

  it("of a registered model without the precision says which it has", async () => {
    const { float32, ...rest } = registerTinyClip("").towers;
    const int8Only = { ...registerTinyClip(""), towers: { ...rest, ...(float32 && { int8: float32 }) } };
    const error = await failure(locate("tiny-clip", { registry: [int8Only] }));
    expect(error.message).toBe("tiny-clip has no float32 variant");
    expect(error.hint).toBe("use --precision int8");
  });

  it("of a bundled model is found in Clipbook's own folder", async () => {
    const bundled = {
      ...registerTinyClip(sha256(await readFile(join(tinyClip, vision)))),
      origin: { kind: "bundled", directory: "test/fixtures/reference/tiny-clip" },
    } as const;
    const model = await locate("tiny-clip", { registry: [bundled] });
    expect(model).toMatchObject({ directory: tinyClip, source: undefined, registered: bundled });
    const damaged = { ...registerTinyClip("0".repeat(64)), origin: bundled.origin };
    expect((await failure(locate("tiny-clip", { registry: [damaged] }))).message).toContain(
      "the file is damaged",
    );
  });
});

describe("weights outside the graph", () => {
  it("are found, digested and missed", async () => {
    const directory = await copyWithExternalData();
    const weights = `${vision}_data`;
    const model = await locate(directory);
    const file = model.files.find(({ name }) => name === weights);
    expect(file?.sha256).toBe(sha256(await readFile(join(directory, weights))));
    await rm(join(directory, weights));
    expect((await failure(locate(directory))).message).toContain(`lacks ${weights}`);
  });

  it("are refused outside the model's folder, by name or by link", async () => {
    const directory = await copyWithExternalData();
    const graph = join(directory, vision);
    const bytes = await readFile(graph);
    await mkdir(join(directory, "elsewhere"));
    await rename(`${graph}_data`, join(directory, "elsewhere/weights"));
    await symlink(join(directory, "elsewhere/weights"), `${graph}_data`);
    expect((await failure(locate(directory))).message).toContain("outside the model's folder");
    await rm(`${graph}_data`);
    for (const outside of ["/etc/some/password.txt", "../../../../password", "C:\\Users\\someone\\pass"]) {
      // The same length, so that the graph's message stays whole.
      const location = outside.padEnd("vision_model.onnx_data".length, "x");
      expect(location.length).toBe("vision_model.onnx_data".length);
      await writeFile(
        graph,
        Buffer.from(bytes.toString("latin1").replaceAll("vision_model.onnx_data", location), "latin1"),
      );
      expect(await listExternalData(graph)).toEqual([location]);
      expect((await failure(locate(directory))).message).toContain("outside the model's folder");
    }
  });

  it("are none in graphs that hold them themselves", async () => {
    for (const directory of [tinyClip, tinySiglip]) {
      for (const graph of [vision, text]) expect(await listExternalData(join(directory, graph))).toEqual([]);
    }
  });
});

describe("a damaged graph", () => {
  it("is told apart from a pointer, a web page and an empty file", async () => {
    const directory = await copyOfTinyClip();
    const graph = join(directory, vision);
    const cases: readonly (readonly [string, string])[] = [
      ["version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS pointer"],
      ["<!DOCTYPE html><title>Log in</title>", "an HTML page"],
      ["", "the file is empty"],
      ["nothing of the kind", "not a whole ONNX graph"],
    ];
    for (const [content, what] of cases) {
      await writeFile(graph, content);
      expect((await failure(locate(directory))).message).toContain(what);
    }
  });

  it("is noticed wherever its copy was cut short", async () => {
    const directory = await copyOfTinyClip();
    const graph = join(directory, vision);
    const whole = await readFile(graph);
    for (let bytes = 1; bytes < whole.length; bytes += 9973) {
      await writeFile(graph, whole);
      await truncate(graph, bytes);
      const error = await failure(locate(directory));
      expect(error.message).toContain(basename(graph));
    }
  });
});

describe("weights outside the graph in the Hub cache", () => {
  let hub: HubFixture;
  beforeAll(async () => {
    hub = await startHubFixture({ externalData: true });
  });
  afterAll(() => hub.close());

  it("are downloaded with the graph, and ONNX Runtime reads both through the cache's links", async () => {
    const model = await locateModel("tiny-clip", { environment: hub.environment, registry: [hub.model] });
    expect(model.files.map(({ name }) => name)).toContain(`${vision}_data`);
    if (model.towers.kind !== "separate") throw new RangeError("the model has two towers");
    const embed = async (path: string) => {
      const session = await InferenceSession.create(path);
      const pixels = Float32Array.from({ length: 3 * 64 * 64 }, (_, i) => Math.sin(i));
      const { image_embeds } = await session.run({
        pixel_values: new Tensor("float32", pixels, [1, 3, 64, 64]),
      });
      await session.release();
      return Array.from(image_embeds?.data as Float32Array);
    };
    expect(await embed(model.towers.vision)).toEqual(await embed(join(tinyClip, vision)));
  });
});
