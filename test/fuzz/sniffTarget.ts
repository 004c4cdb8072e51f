import assert from "node:assert/strict";
import { UserError } from "../../src/errors.ts";
import { sniffFormat } from "../../src/images/sniffFormat.ts";
import { refuseForeignContent } from "../../src/tables/foreignContent.ts";
import type { FuzzTarget } from "./fuzzTarget.ts";

const beginnings = [
  ..."\xff\xd8\xff\xe0\0\x10JFIF|\x89PNG\r\n\x1a\n|GIF89a|II*\0|MM\0*|\0\0\0\x20ftypavif|\0\0\0\x18ftypheic|RIFF\x24\0\0\0WEBPVP8 ".split(
    "|",
  ),
  ...'BM\x36\0\0\0|8BPS\0\x01|%PDF-1.4|PK\x03\x04|\x1f\x8b\x08|<!doctype html>|<svg xmlns=|<?xml version=|PAR1|{"a": 1}|#?RADIANCE'.split(
    "|",
  ),
];

/** What tells a file's kind from its first bytes. */
export const sniffTarget: FuzzTarget = {
  name: "sniff",
  seeds: beginnings.map((beginning) =>
    Buffer.concat([Buffer.from(beginning, "latin1"), Buffer.alloc(80, "x")]),
  ),
  tokens: [
    ...beginnings.map((text) => Buffer.from(text, "latin1")),
    " ",
    "\n",
    "\ufeff",
    "<",
    "ftyp",
    "mif1",
    "WEBP",
  ],
  check(bytes) {
    const { name, kind } = sniffFormat(bytes);
    assert.ok(name !== "" && ["decodable", "unsupported", "container", "other"].includes(kind));
    for (const tableKind of ["csv", "tsv", "jsonl", "parquet"] as const) {
      try {
        refuseForeignContent(Buffer.from(bytes), "a", tableKind);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    }
  },
};
