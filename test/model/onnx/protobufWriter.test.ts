import { writeFileSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { encodeBytes, encodeNumber, encodeVarint } from "../../../src/model/onnx/protobufWriter.ts";
import { ProtobufReader } from "../../../src/model/protobufReader.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";

it("writes 150 and 300 as in Protocol Buffers' own examples", () => {
  // "Encoding": the message with field 1 = 150 is 08 96 01; the varint of 300 is ac 02.
  expect(encodeNumber(1, 150).toString("hex")).toBe("089601");
  expect(encodeVarint(300).toString("hex")).toBe("ac02");
  expect(encodeBytes(2, Buffer.from("testing")).toString("hex")).toBe("120774657374696e67");
});

it("writes numbers up to 2^53 as they are read again", async () => {
  const numbers = [0, 1, 127, 128, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 32 + 4096, Number.MAX_SAFE_INTEGER];
  const path = join(temporaryFolder(), "numbers");
  const encoded = Buffer.concat(numbers.map(encodeVarint));
  writeFileSync(path, encoded);
  await using file = await open(path);
  const reader = new ProtobufReader(file, encoded.length);
  for (const number of numbers) expect(await reader.readVarint()).toBe(number);
});

it("refuses what is no length", () => {
  for (const value of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => encodeVarint(value)).toThrow(RangeError);
});
