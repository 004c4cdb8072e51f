// Started by the test of killed writers as a process of its own: `table FILE` writes a table whose rows never end,
// `demo FOLDER` draws pictures, `pages FOLDER` names new pages in a folder and replaces one, again and again.
import { writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { drawPictures } from "../../demo/drawPictures.ts";
import { publishFiles } from "../../src/pipeline/publishFiles.ts";
import { writeTemporary, writeWhole } from "../../src/pipeline/writeWhole.ts";
import type { OutputRow } from "../../src/tables/outputTable.ts";
import { tableFormatOf } from "../../src/tables/tableFormat.ts";
import { writeTable } from "../../src/tables/writeTable.ts";

const [task = "", target = ""] = process.argv.slice(2);

async function* endlessRows(): AsyncGenerator<OutputRow> {
  for (let i = 0; ; i++) {
    // Enough that the writer has handed a good part to the disk.
    if (i === 50_000) writeSync(1, "under way\n");
    if (i > 50_000) await wait(10);
    yield { input: undefined, own: [`picture ${i}`] };
  }
}

if (task === "table") {
  const format = tableFormatOf(target);
  await writeTable(target, { format, own: [{ name: "Image", kind: "text" }] }, endlessRows());
}
if (task === "demo") {
  writeSync(1, "under way\n");
  await drawPictures(target, { count: 10_000 });
}
if (task === "pages") {
  const text = "whole ".repeat(1_000_000);
  writeSync(1, "under way\n");
  for (;;) {
    await writeWhole(`${target}/replaced.html`, text);
    const files = [{ temporary: await writeTemporary(target, text), ending: ".html" }];
    await publishFiles(target, "page", files);
  }
}
