import { parseArgs } from "node:util";
import { locateModel } from "../src/model/locateModel.ts";
import { openEncoder } from "../src/model/openEncoder.ts";
import { precisions } from "../src/model/registeredModel.ts";
import { fingerprint } from "../src/model/selfTest/fingerprint.ts";
import { embedTestItems } from "../src/model/selfTest/openSelfTest.ts";

// Prints the self-test's record of a model for the registry: node tools/recordSelfTest.ts NAME [--precision int8]. To be run where
// test/model/openEncoder.test.ts and test/model/int8Saturates.test.ts pass, so that what is recorded is right.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { precision: { type: "string" } },
});
const [name] = positionals;
const precision = precisions.find((known) => known === (values.precision ?? "float32"));
if (name === undefined || precision === undefined)
  throw new RangeError("usage: NAME [--precision float32|int8]");
const model = await locateModel(name, { precision, fresh: true });
// Without what was recorded before, which may be what has to be replaced.
const encoder = await openEncoder({ ...model, registered: undefined });
const { sizePx } = encoder.viewSpec(encoder.view);
const towers = { ...encoder, sizePx };
const record = {
  image: fingerprint(await embedTestItems("image", towers)),
  text: fingerprint(await embedTestItems("text", towers)),
};
await encoder.close();
const rows = (side: "image" | "text") => record[side].map((row) => `    [${row.join(", ")}],\n`).join("");
process.stdout.write(
  `${precision}: {\n  image: [\n${rows("image")}  ],\n  text: [\n${rows("text")}  ],\n},\n`,
);
