import { isUtf8 } from "node:buffer";
import type { ParquetType, ParquetValue } from "./parquetColumn.ts";
import { dateText, timestampText, timeText } from "./parquetTime.ts";

/** A stored scalar as text, read with the meaning that its column declares. */
export function scalarText(value: ParquetValue, { kind, element }: ParquetType): string {
  switch (kind) {
    case "integer":
    case "boolean":
      return String(value);
    case "unsigned":
      return String(BigInt.asUintN(element.type === "INT64" ? 64 : 32, BigInt(value as number | bigint)));
    case "float16":
      return numberText(viewOf(value).getFloat16(0, true));
    case "float32":
      return float32Text(value as number);
    case "float64":
      return numberText(value as number);
    case "decimal":
      return decimalText(
        value,
        element.scale ?? (element.logical_type?.type === "DECIMAL" ? element.logical_type.scale : 0),
      );
    case "date":
      return dateText(value as number);
    case "time":
      return timeText(BigInt(value as number | bigint), element);
    case "timestamp":
      return timestampText(BigInt(value as number | bigint), element);
    case "uuid":
      return bufferOf(value)
        .toString("hex")
        .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    default: {
      const bytes = bufferOf(value);
      return bytes.toString(isUtf8(bytes) ? "utf8" : "base64");
    }
  }
}

function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}

/** The shortest digits that a 32-bit float is read back from: 0.1, not 0.10000000149011612. */
function float32Text(value: number): string {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return numberText(short);
  }
  return numberText(Number(value.toPrecision(9)));
}

function decimalText(value: ParquetValue, scale: number): string {
  let unscaled: bigint;
  if (value instanceof Uint8Array) {
    const hex = bufferOf(value).toString("hex");
    unscaled = hex === "" ? 0n : BigInt.asIntN(value.length * 8, BigInt(`0x${hex}`));
  } else {
    unscaled = BigInt(value as number | bigint);
  }
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, "0");
  const point = digits.length - scale;
  const fraction = scale > 0 ? `.${digits.slice(point)}` : "";
  return `${unscaled < 0n ? "-" : ""}${digits.slice(0, point)}${fraction}`;
}

function bufferOf(value: ParquetValue): Buffer {
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function viewOf(value: ParquetValue): DataView {
  const bytes = value as Uint8Array;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
