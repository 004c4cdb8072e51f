// Started by a test as a process of its own: decodes a picture with the shared decoders' settings, and tells the decoder's number
// when it begins with the pixels. It closes nothing.
import { writeSync } from "node:fs";
import { openDecoders } from "../../../src/images/decoding/openDecoders.ts";
import { blackBmp, plainPng, smallView } from "./pictures.ts";

const [format, side] = process.argv.slice(2);
const sidePx = Number(side);
const bytes = format === "bmp" ? blackBmp(sidePx, sidePx) : await plainPng(sidePx, sidePx);
const decoders = openDecoders({
  onEvent: ({ kind, pid }) => {
    if (kind === "go") writeSync(1, `${pid}\n`);
  },
});
await decoders.view(bytes, smallView);
