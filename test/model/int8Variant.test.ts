import { execFile } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { type LocateOptions, locateModel } from "../../src/model/locateModel.ts";
import { openEncoder } from "../../src/model/openEncoder.ts";
import { asNobody } from "../asNobody.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyClip, vision } from "./hubFixture.ts";
import { sha256 } from "./hubServer.ts";

/** A copy of the tiny model and an empty cache, and how often variants were made. */
function workplace() {
  const root = temporaryFolder();
  const folder = join(root, "tiny-clip");
  mkdirSync(folder);
  cpSync(tinyClip, folder, { recursive: true });
  const made: string[] = [];
  const environment = { XDG_CACHE_HOME: join(root, "cache") };
  const locate = (options: LocateOptions = {}) =>
    locateModel(folder, {
      precision: "int8",
      environment,
      onVariant: ({ graph, directory }) => made.push(`${graph} in ${directory}`),
      ...options,
    });
  return { root, folder, onnx: join(folder, "onnx"), cache: join(root, "cache/clipbook/int8"), made, locate };
}

const variantsIn = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.includes(".int8-"))
    .sort();

describe("an int8 variant", () => {
  it("lies beside its source under a name with the source's digest, and is made once", async () => {
    const { onnx, made, locate } = workplace();
    const model = await locate();
    // The digest follows from the fixture alone: the same name and the same bytes on every machine.
    expect(variantsIn(onnx)).toEqual([
      "text_model.int8-b713df75222e.onnx",
      "text_model.int8-b713df75222e.onnx_data",
      "vision_model.int8-ca06b33a4c2d.onnx",
      "vision_model.int8-ca06b33a4c2d.onnx_data",
    ]);
    expect(made).toEqual([`${vision} in ${onnx}`, `onnx/text_model.onnx in ${onnx}`]);
    expect((await locate()).files).toEqual(model.files);
    expect(made.length).toBe(2);
    expect(readdirSync(onnx).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("counts in the encoder's identity by its own digests, and says what it was made from", async () => {
    const { folder, locate } = workplace();
    const model = await locate();
    const own = model.files.filter(({ checkedAgainst }) => checkedAgainst === "variant");
    expect(own.length).toBe(4);
    for (const { path, sha256: digest } of own) expect(digest).toBe(sha256(readFileSync(path)));
    expect(own[0]?.madeFrom).toEqual([{ name: vision, sha256: sha256(readFileSync(join(folder, vision))) }]);
    expect(model.files.map(({ name }) => name)).not.toContain(vision);
    const encoder = await openEncoder(model);
    expect(encoder.identity).toBe((await openEncoder(await workplace().locate())).identity);
  });

  it.each([
    ["its graph cut short", (path: string) => truncateSync(`${path}.onnx`, 30_000)],
    ["its graph empty", (path: string) => truncateSync(`${path}.onnx`, 0)],
    ["one bit of its graph changed", (path: string) => flipBit(`${path}.onnx`)],
    ["its weights cut short", (path: string) => truncateSync(`${path}.onnx_data`, 100_000)],
    ["one bit of its weights changed", (path: string) => flipBit(`${path}.onnx_data`)],
  ])("with %s is made again, the same", async (_, damage) => {
    const { onnx, made, locate } = workplace();
    const before = await locate();
    const path = join(onnx, "vision_model.int8-ca06b33a4c2d");
    damage(path);
    const later = new Date(Date.now() + 5000);
    for (const ending of [".onnx", ".onnx_data"]) utimesSync(path + ending, later, later);
    expect((await locate()).files).toEqual(before.files);
    expect(made.length).toBe(3);
  });

  it("of another source is never used, even under the right name", async () => {
    const { onnx, made, locate } = workplace();
    await locate();
    const [text, own] = ["text_model.int8-b713df75222e.onnx", "vision_model.int8-ca06b33a4c2d.onnx"];
    const right = readFileSync(join(onnx, own));
    for (const ending of ["", "_data"]) cpSync(join(onnx, text + ending), join(onnx, own + ending));
    await locate();
    expect(made.length).toBe(3);
    expect(readFileSync(join(onnx, own))).toEqual(right);
    const other = workplace();
    const graph = join(other.onnx, "vision_model.onnx");
    // A field that ONNX does not know: another file, the same model.
    writeFileSync(graph, Buffer.concat([readFileSync(graph), Buffer.from([0xba, 0x3e, 1, 0x61])]));
    for (const name of variantsIn(onnx)) cpSync(join(onnx, name), join(other.onnx, name));
    const model = await other.locate();
    expect(other.made).toEqual([`${vision} in ${other.onnx}`]);
    if (model.towers.kind !== "separate") throw new RangeError("the model has two towers");
    expect(model.towers.vision).not.toContain("ca06b33a4c2d");
  });

  it("is not named after a source that was another one when its weights were read", async () => {
    const { onnx, locate } = workplace();
    await expect(locate({ onVariant: () => flipBit(join(onnx, "vision_model.onnx")) })).rejects.toThrow(
      /vision_model\.onnx: the file changed while its int8 variant was made/,
    );
    expect(readdirSync(onnx).filter((name) => name.includes("int8"))).toEqual([]);
  });

  it("goes to Clipbook's cache where the model's folder cannot be written, with the same identity", async () => {
    const { root, onnx, cache, made, locate } = workplace();
    chmodSync(root, 0o777);
    chmodSync(onnx, 0o555);
    const model = await asNobody(() => locate());
    expect(made).toEqual([`${vision} in ${cache}`, `onnx/text_model.onnx in ${cache}`]);
    expect(variantsIn(onnx)).toEqual([]);
    expect(variantsIn(cache).length).toBe(4);
    const elsewhere = await workplace().locate();
    expect((await openEncoder(model)).identity).toBe((await openEncoder(elsewhere)).identity);
    await asNobody(() => locate());
    expect(made.length).toBe(2);
  });

  it("that can be written nowhere is an error that names both folders", async () => {
    const { root, onnx, cache, locate } = workplace();
    chmodSync(root, 0o555);
    chmodSync(onnx, 0o555);
    const error = await asNobody(() => locate().catch((thrown: unknown) => thrown));
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toBe(
      `${join(onnx, "vision_model.onnx")}: its int8 variant cannot be written to ${onnx} or ${cache}`,
    );
    expect((error as UserError).hint).toContain("XDG_CACHE_HOME");
  });

  it("of a model that comes with Clipbook goes to the cache", async () => {
    const { cache, environment } = { ...workplace(), environment: { XDG_CACHE_HOME: temporaryFolder() } };
    const model = await locateModel("demo", { precision: "int8", environment });
    if (model.towers.kind !== "separate") throw new RangeError("the model has two towers");
    expect(model.towers.vision.startsWith(join(environment.XDG_CACHE_HOME, "clipbook/int8"))).toBe(true);
    expect(existsSync(cache)).toBe(false);
    expect(variantsIn(join(model.directory, "onnx"))).toEqual([]);
  });

  it("is whole when several processes make it at once", async () => {
    const { folder, onnx, root } = workplace();
    const module = join(import.meta.dirname, "../../src/model/locateModel.ts");
    const script = `const { locateModel } = await import(${JSON.stringify(module)});
      const model = await locateModel(${JSON.stringify(folder)}, { precision: "int8" });
      console.log(model.files.map(({ sha256 }) => sha256).join());`;
    const start = () =>
      promisify(execFile)(process.execPath, ["--input-type=module", "-e", script], {
        env: { ...process.env, XDG_CACHE_HOME: join(root, "cache") },
      });
    const answers = await Promise.all(Array.from({ length: 4 }, start));
    expect(new Set(answers.map(({ stdout }) => stdout)).size).toBe(1);
    expect(variantsIn(onnx).length).toBe(4);
  });

  it("that was interrupted leaves nothing behind, and what a killed one left is cleared away", async () => {
    const { onnx, locate } = workplace();
    const signal = AbortSignal.abort(new Error("stopped"));
    await expect(locate({ signal })).rejects.toThrow("stopped");
    const stop = new AbortController();
    const interrupted = locate({ signal: stop.signal, onVariant: () => stop.abort(new Error("stopped")) });
    await expect(interrupted).rejects.toThrow("stopped");
    expect(readdirSync(onnx).sort()).toEqual(["text_model.onnx", "vision_model.onnx"]);
    const [old, recent] = ["old", "recent"].map((mark) =>
      join(onnx, `.vision_model.int8-ca06b33a4c2d.onnx_data.${mark}.tmp`),
    ) as [string, string];
    for (const path of [old, recent]) writeFileSync(path, "half");
    const hoursAgo = new Date(Date.now() - 7_200_000);
    utimesSync(old, hoursAgo, hoursAgo);
    await locate();
    expect(existsSync(old)).toBe(false);
    expect(existsSync(recent)).toBe(true);
  });
});

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] as number) ^ 1;
  writeFileSync(path, bytes);
}
