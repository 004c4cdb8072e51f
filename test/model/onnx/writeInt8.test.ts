import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { int8Saturates } from "../../../src/model/int8Saturates.ts";
import { encodeValueInfo } from "../../../src/model/onnx/oneNodeGraph.ts";
import { encodeMessage, messagesOf, readOnnx } from "../../../src/model/onnx/onnxMessage.ts";
import { metadataOf } from "../../../src/model/onnx/onnxMetadata.ts";
import { onnxNode } from "../../../src/model/onnx/onnxNode.ts";
import { onnxFields, tensorTypes } from "../../../src/model/onnx/onnxSchema.ts";
import {
  encodeExternalTensor,
  encodeInlineTensor,
  tensorFields,
} from "../../../src/model/onnx/onnxTensor.ts";
import { encodeBytes, encodeNumber, encodeText } from "../../../src/model/onnx/protobufWriter.ts";
import { writeInt8 } from "../../../src/model/onnx/writeInt8.ts";
import { listExternalData } from "../../../src/model/onnxExternalData.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";
import { externalDataFixture, tinyClip } from "../hubFixture.ts";
import { weightsOf } from "./weightsOf.ts";

const fixture = join(import.meta.dirname, "../../fixtures/models/products");
const oracle = JSON.parse(readFileSync(join(fixture, "oracle.json"), "utf8"));
const products = join(fixture, "products.onnx");
const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
// Compared by digest: the difference of two large buffers takes minutes to be shown.
const digestOf = (path: string) => sha256(readFileSync(path));

async function quantise(source: string, folder = temporaryFolder()) {
  const [graph, data] = [join(folder, "new.onnx"), join(folder, "new.onnx_data")];
  await writeInt8(source, { graph, data, dataName: "new.onnx_data", metadata: { "a.key": "a value" } });
  return { graph, data };
}

async function nodesOf(path: string) {
  const graph = messagesOf(await readOnnx(path), onnxFields.model.graph)[0] ?? [];
  return messagesOf(graph, onnxFields.graph.node).map(onnxNode);
}

async function run(path: string): Promise<Record<string, number[]>> {
  // As towers are opened, on whatever processor this is.
  const exactWay = (await int8Saturates()) ? { extra: { session: { x64quantprecision: "1" } } } : {};
  const session = await InferenceSession.create(path, exactWay);
  const answers = await session.run({ x: new Tensor("float32", Float32Array.from(oracle.x), [3, 8]) });
  await session.release();
  return Object.fromEntries(
    Object.entries(answers).map(([name, { data }]) => [name, Array.from(data as Float32Array)]),
  );
}

function expectClose(actual: readonly number[], expected: readonly number[], bound: number, what: string) {
  expect(actual.length, what).toBe(expected.length);
  actual.forEach((x, i) => {
    expect(Math.abs(x - (expected[i] as number)), `${what} ${i}`).toBeLessThan(bound);
  });
}

describe("an int8 graph", () => {
  it("gives in ONNX Runtime what NumPy gives by ONNX's formulas, for products of every kind", async () => {
    const answers = await run((await quantise(products)).graph);
    for (const [name, expected] of Object.entries<number[]>(oracle.int8))
      expectClose(answers[name] ?? [], expected, 1e-4, name);
    for (const [name, expected] of Object.entries<number[]>(oracle.exact))
      expectClose(answers[name] ?? [], expected, 1e-5, name);
  });

  it("gives a graph of before IR version 4, whose weights are inputs, too, constants and one input", async () => {
    const folder = temporaryFolder();
    const weights = Float32Array.from({ length: 8 * 4 }, (_, i) => Math.sin(i));
    const { model, graph, node, operatorSet } = onnxFields;
    const value = (name: string, dims: readonly string[]) =>
      encodeBytes(graph.input, encodeValueInfo({ name, type: tensorTypes.float32, dims }));
    const product = ["x", "w"].map((name) => encodeText(node.input, name));
    const content = [
      encodeBytes(
        graph.node,
        Buffer.concat([...product, encodeText(node.output, "y"), encodeText(node.opType, "MatMul")]),
      ),
      encodeText(2, "old"),
      encodeBytes(
        graph.initializer,
        encodeInlineTensor(
          { fields: tensorFields("w", tensorTypes.float32, [8, 4]) },
          new Uint8Array(weights.buffer),
        ),
      ),
      ...[value("x", ["n", "k"]), value("w", ["k", "p"])],
      encodeBytes(graph.output, encodeValueInfo({ name: "y", type: tensorTypes.float32, dims: ["n", "p"] })),
    ];
    const old = join(folder, "old.onnx");
    writeFileSync(
      old,
      Buffer.concat([
        encodeNumber(model.irVersion, 3),
        encodeBytes(model.graph, Buffer.concat(content)),
        encodeBytes(model.operatorSet, encodeNumber(operatorSet.version, 11)),
      ]),
    );
    const made = await quantise(old);
    const session = await InferenceSession.create(made.graph);
    expect(session.inputNames).toEqual(["x"]);
    const x = Float32Array.from({ length: 8 }, (_, i) => Math.cos(i));
    const answer = (await session.run({ x: new Tensor("float32", x, [1, 8]) })).y?.data as Float32Array;
    await session.release();
    for (let column = 0; column < 4; column++) {
      const exact = x.reduce((sum, value, row) => sum + value * (weights[row * 4 + column] as number), 0);
      expect(Math.abs((answer[column] as number) - exact)).toBeLessThan(0.05);
    }
  });

  it("is not the float32 graph under another name", async () => {
    const answers = await run(products);
    const worst = (answers.plain ?? []).map((x, i) => Math.abs(x - oracle.int8.plain[i]));
    expect(Math.max(...worst)).toBeGreaterThan(1e-3);
  });

  it("quantises eight products and leaves the others: an alpha, three axes, a graph inside a node", async () => {
    const types = (await nodesOf((await quantise(products)).graph)).map(({ opType }) => opType);
    const count = (type: string) => types.filter((other) => other === type).length;
    expect(count("MatMulInteger")).toBe(8);
    expect(count("DynamicQuantizeLinear")).toBe(1);
    expect(count("Gemm")).toBe(1);
    expect(count("MatMul")).toBe(1);
    expect(count("If")).toBe(1);
    // The turned weight is stored turned: nothing is left on its way.
    for (const gone of ["Constant", "Identity", "Transpose"]) expect(count(gone)).toBe(0);
  });

  it("stores a weight once for two products, and keeps the float32 one only where something else reads it", async () => {
    const weights = await weightsOf((await quantise(products)).graph);
    const names = [...weights.keys()];
    expect(names.filter((name) => name.includes("plain_w"))).toEqual([
      "clipbook_int8/plain_w/int8",
      "clipbook_int8/plain_w/scales",
    ]);
    for (const kept of ["twice_w", "inner_w", "alpha_w", "deep_w"]) expect(names).toContain(kept);
    for (const gone of ["plain_w", "gemm_w", "turned_w", "typed_w"]) expect(names).not.toContain(gone);
    expect(weights.get("clipbook_int8/gemm_w/turned_int8")?.dims).toEqual([8, 5]);
  });

  it("keeps a column of zeros, and everything that it does not know", async () => {
    const { graph } = await quantise(products);
    const weights = await weightsOf(graph);
    const int8 = weights.get("clipbook_int8/plain_w/int8")?.bytes as Buffer;
    expect(Array.from(new Int8Array(int8))).toEqual(oracle.plain.values);
    const scales = weights.get("clipbook_int8/plain_w/scales")?.bytes as Buffer;
    expect(Array.from({ length: 6 }, (_, i) => scales.readFloatLE(i * 4))).toEqual(oracle.plain.scales);
    const model = await readOnnx(graph);
    expect(metadataOf(model).get("someone")).toBe("wrote this");
    expect(metadataOf(model).get("a.key")).toBe("a value");
    const unknown = model.find(({ field }) => field === 999);
    expect(unknown && "bytes" in unknown && unknown.bytes.toString()).toBe("later");
  });

  it.each(["vision", "text"])(
    "of the tiny %s tower has NumPy's int8 weights and scales, bit by bit",
    async (tower) => {
      const weights = await weightsOf((await quantise(join(tinyClip, `onnx/${tower}_model.onnx`))).graph);
      const expected = Object.entries<{ shape: number[]; int8: string; scales: string }>(oracle.tiny[tower]);
      expect(expected.length).toBeGreaterThan(10);
      for (const [name, { shape, int8, scales }] of expected) {
        const values = weights.get(`clipbook_int8/${name}/int8`);
        expect(values?.dims).toEqual(shape);
        expect(sha256(values?.bytes as Buffer)).toBe(int8);
        expect(sha256(weights.get(`clipbook_int8/${name}/scales`)?.bytes as Buffer)).toBe(scales);
      }
      expect([...weights.keys()].filter((name) => name.endsWith("int8")).length).toBe(expected.length);
    },
  );

  it("has the same bytes every time, and whether its weights were inline or in a file of their own", async () => {
    const inline = await quantise(join(tinyClip, "onnx/vision_model.onnx"));
    const again = await quantise(join(tinyClip, "onnx/vision_model.onnx"));
    const external = await quantise(join(externalDataFixture, "vision_model.onnx"));
    expect(digestOf(again.graph)).toBe(digestOf(inline.graph));
    expect(digestOf(again.data)).toBe(digestOf(inline.data));
    const [one, other] = [await weightsOf(inline.graph), await weightsOf(external.graph)];
    expect(new Set(other.keys())).toEqual(new Set(one.keys()));
    for (const [name, { bytes }] of other) expect(bytes).toEqual(one.get(name)?.bytes);
    expect(await listExternalData(inline.graph)).toEqual(["new.onnx_data"]);
  });
});

describe("weights beyond 2^31 and 2^32", () => {
  it.each([2 ** 31, 2 ** 32 + 4096])("are found and read alone: offset %d", async (shift) => {
    const source = join(externalDataFixture, "vision_model.onnx");
    const folder = temporaryFolder();
    const far = await open(join(folder, "far.data"), "w");
    const encoded = await encodeMessage(await readOnnx(source), async (tensor) => {
      const { span } = tensor;
      if (span === undefined) return encodeInlineTensor(tensor, undefined);
      const bytes = readFileSync(span.path).subarray(span.offset, span.offset + span.bytes);
      if (!tensor.isExternal) return encodeInlineTensor(tensor, bytes);
      await far.write(bytes, 0, bytes.length, span.offset + shift);
      return encodeExternalTensor(tensor, "far.data", { offset: span.offset + shift, bytes: span.bytes });
    });
    await far.close();
    writeFileSync(join(folder, "far.onnx"), encoded);
    const before = process.memoryUsage().rss;
    const moved = await quantise(join(folder, "far.onnx"), folder);
    expect(process.memoryUsage().rss - before).toBeLessThan(2 ** 27);
    const near = await quantise(source);
    expect(digestOf(moved.data)).toBe(digestOf(near.data));
    expect(digestOf(moved.graph)).toBe(digestOf(near.graph));
  });
});

describe("a graph that has no int8 variant", () => {
  const refusal = async (source: string): Promise<UserError> => {
    const error = await quantise(source).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserError);
    return error as UserError;
  };

  it("is refused by its operator set", async () => {
    const error = await refusal(join(fixture, "old.onnx"));
    expect(error.message).toMatch(/old\.onnx: no int8 variant can be made: the graph uses operator set 10$/);
    expect(error.hint).toContain("operator set 11");
  });

  it("is refused in float16", async () => {
    const error = await refusal(join(fixture, "half.onnx"));
    expect(error.message).toMatch(/no int8 variant can be made: its weights are not float32$/);
  });

  it("is refused when its weights' file is too short, or holds what is no number", async () => {
    const folder = temporaryFolder();
    execFileSync("cp", [join(externalDataFixture, "vision_model.onnx"), folder]);
    const data = readFileSync(join(externalDataFixture, "vision_model.onnx_data"));
    writeFileSync(join(folder, "vision_model.onnx_data"), data.subarray(0, 40_000));
    expect((await refusal(join(folder, "vision_model.onnx"))).message).toMatch(/bytes or more too early$/);
    writeFileSync(join(folder, "vision_model.onnx_data"), Buffer.alloc(data.length, 0xff));
    expect((await refusal(join(folder, "vision_model.onnx"))).message).toMatch(/not finite numbers$/);
  });
});
