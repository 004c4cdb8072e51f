import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listExternalData } from "../../src/model/onnxExternalData.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "clipbook-onnx-"));
});
afterEach(() => rm(folder, { recursive: true }));

// Protocol Buffers' encoding, enough of it to write graphs; field numbers as in onnx.proto.
function varint(value: number): Buffer {
  return value < 128
    ? Buffer.from([value])
    : Buffer.concat([Buffer.from([(value % 128) + 128]), varint(Math.floor(value / 128))]);
}
const bytes = (field: number, content: Buffer) =>
  Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
const text = (field: number, content: string) => bytes(field, Buffer.from(content));
const number = (field: number, value: number) => Buffer.concat([varint(field * 8), varint(value)]);
const concat = (...parts: Buffer[]) => Buffer.concat(parts);

const entry = (key: string, value: string) => bytes(13, concat(text(1, key), text(2, value)));
const tensor = (location: string, dataLocation = 1) =>
  concat(number(1, 4), entry("location", location), entry("offset", "4096"), number(14, dataLocation));
const model = (...graphParts: Buffer[]) =>
  concat(number(1, 8), text(2, "test"), bytes(7, concat(...graphParts)));

async function list(content: Buffer): Promise<readonly string[]> {
  const path = join(folder, "model.onnx");
  await writeFile(path, content);
  return listExternalData(path);
}

describe("listExternalData", () => {
  it("lists each file once, in order of first use", async () => {
    const content = model(bytes(5, tensor("b.data")), bytes(5, tensor("a.data")), bytes(5, tensor("b.data")));
    expect(await list(content)).toEqual(["b.data", "a.data"]);
  });

  it("passes over tensors that only mention a file and hold their weights themselves", async () => {
    expect(await list(model(bytes(5, tensor("a.data", 0))))).toEqual([]);
  });

  it("finds tensors in constants, inner graphs, sparse tensors and functions", async () => {
    const attribute = (field: number, content: Buffer) => bytes(1, bytes(5, bytes(field, content)));
    const inner = bytes(5, tensor("inner.data"));
    const content = concat(
      model(
        attribute(5, tensor("constant.data")),
        attribute(10, tensor("constants.data")),
        attribute(6, inner),
        bytes(15, bytes(1, tensor("sparse.data"))),
      ),
      bytes(25, bytes(7, bytes(5, bytes(5, tensor("function.data"))))),
    );
    expect(await list(content)).toEqual([
      "constant.data",
      "constants.data",
      "inner.data",
      "sparse.data",
      "function.data",
    ]);
  });

  it("reads names across the pieces that the file is read in", async () => {
    const location = `${"long/".repeat(300)}a.data`;
    // The pieces are 65,536 bytes: the name lies across their end, before it and behind it.
    for (const bytesBefore of [64_500, 65_500, 60_000, 200_000]) {
      const content = model(bytes(5, bytes(9, Buffer.alloc(bytesBefore, 0x7a))), bytes(5, tensor(location)));
      expect(await list(content)).toEqual([location]);
    }
  });

  it("refuses graphs nested without end instead of exhausting the stack", async () => {
    let inner = bytes(5, tensor("a.data"));
    for (let depth = 0; depth < 5000; depth++) inner = bytes(1, bytes(5, bytes(6, inner)));
    await expect(list(model(inner))).rejects.toThrow("nested more than 64 deep");
  });

  it("refuses lengths beyond the message or the file, and numbers without end", async () => {
    await expect(list(bytes(7, concat(varint(5 * 8 + 2), varint(100))))).rejects.toThrow("bytes too early");
    const longer = concat(bytes(7, concat(varint(5 * 8 + 2), varint(50))), text(2, "x".repeat(100)));
    await expect(list(longer)).rejects.toThrow("longer than its message");
    await expect(list(Buffer.alloc(40, 0xff))).rejects.toThrow("without end");
    await expect(list(Buffer.from([0x3b, 0x00]))).rejects.toThrow("unknown kind 3");
    await expect(list(Buffer.from([0x00, 0x00]))).rejects.toThrow("no field number");
  });
});
