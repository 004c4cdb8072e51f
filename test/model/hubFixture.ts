import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../../src/model/cacheHome.ts";
import type { RegisteredModel } from "../../src/model/registeredModel.ts";
import { type HubServer, sha256, startHubServer } from "./hubServer.ts";

const fixtures = join(import.meta.dirname, "../fixtures");
export const tinyClip = join(fixtures, "reference/tiny-clip");
export const tinySiglip = join(fixtures, "reference/tiny-siglip");
export const externalDataFixture = join(fixtures, "models/external-data");

export const repository = "someone/tiny-clip";
export const revision = "0123456789abcdef0123456789abcdef01234567";
export const vision = "onnx/vision_model.onnx";
export const text = "onnx/text_model.onnx";
const configFiles = ["config.json", "preprocessor_config.json", "tokenizer.json", "tokenizer_config.json"];

/** A hub with the tiny CLIP model, a registry that knows it, and an empty cache. */
export interface HubFixture {
  readonly server: HubServer;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly folder: string;
  readonly environment: Environment;
  readonly model: RegisteredModel;
  /** Path below the repository's folder in the Hub cache. */
  cached(...path: string[]): string;
  close(): Promise<void>;
}

/** The vision tower's digest is registered, the other files' are not. */
export async function startHubFixture(
  options: { xet?: boolean; externalData?: boolean } = {},
): Promise<HubFixture> {
  const files = new Map<string, Buffer>();
  for (const path of [...configFiles, vision, text]) files.set(path, await readFile(join(tinyClip, path)));
  if (options.externalData) {
    for (const name of await readdir(externalDataFixture)) {
      if (name.includes(".onnx")) files.set(`onnx/${name}`, await readFile(join(externalDataFixture, name)));
    }
  }
  const server = await startHubServer({ repository, revision, files, xet: options.xet ?? false });
  const folder = await mkdtemp(join(tmpdir(), "clipbook-hub-"));
  return {
    server,
    files,
    folder,
    environment: {
      HF_ENDPOINT: server.url,
      HF_HOME: join(folder, "hf"),
      XDG_CACHE_HOME: join(folder, "cache"),
    },
    model: registerTinyClip(sha256(files.get(vision) as Buffer)),
    cached: (...path) => join(folder, "hf/hub/models--someone--tiny-clip", ...path),
    close: async () => {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

export function registerTinyClip(visionSha256: string): RegisteredModel {
  return {
    id: "tiny-clip",
    origin: { kind: "hub", repository, revision },
    family: "clip",
    logitScale: 100,
    contextLength: 77,
    licence: "MIT",
    goodFor: "tests",
    files: configFiles.map((path) => ({ path })),
    towers: {
      float32: { kind: "separate", vision: { path: vision, sha256: visionSha256 }, text: { path: text } },
    },
  };
}
