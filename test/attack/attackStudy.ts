import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findTextFault } from "../../src/codebook/textFault.ts";
import { hasMarkTower } from "../../src/combiningMarks.ts";
import { loadEncoder } from "../../src/model/loadEncoder.ts";
import { classifyUnits } from "../../src/pipeline/classifyUnits.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { openInputs } from "../../src/pipeline/openInputs.ts";
import { recordVerdict } from "../../src/pipeline/reviews/recordVerdict.ts";
import { addCoder } from "../../src/pipeline/samples/addCoder.ts";
import { freezeCodebook } from "../../src/pipeline/samples/freezeCodebook.ts";
import { recordCoding } from "../../src/pipeline/samples/recordCoding.ts";
import { openStudy, type Study } from "../../src/store/openStudy.ts";
import type { Run } from "../../src/store/runStore.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { attackPicture } from "./attackPicture.ts";
import { attackFileName, attackStrings } from "./attackStrings.ts";

const all = Object.values(attackStrings);
const judgedAt = "2026-05-02T09:00:00.000Z";

/** Categories: one for each way of breaking a page or a line. */
const categoryKinds = [
  "script element",
  "image handler",
  "long word",
  "marks that are allowed",
  "right to left",
  "bidirectional override",
  "zero width",
  "emoji",
  "template braces",
  "formula",
  "prototype",
  "end of a title",
];

/** A name of a coder, reviewer or sample: on one line and not too long, as the app takes it. */
export const attackNames: readonly string[] = all
  .map((text) => [...text.toWellFormed().replaceAll(/\p{Cc}/gu, "")].slice(0, 60).join(""))
  .filter((text) => text.length <= 80 && text.trim() !== "" && !hasMarkTower(text));

/** Where the parts of an attacked study are. */
export interface AttackedStudy {
  /** Of the codebook, the study and the table. */
  readonly folder: string;
  readonly table: string;
  /** Of the pictures, below `folder`. */
  readonly pictures: string;
  readonly sample: string;
}

/**
 * Makes a study below a folder with attacks in every place where a text of the user's can be: names of folders and files, columns and
 * cells, metadata of pictures, the codebook, reviewers, coders, samples and notes. It has a run of the table and one coded sample.
 */
export async function makeAttackStudy(parent: string): Promise<AttackedStudy> {
  const folder = join(
    parent,
    attackFileName(`study ${attackStrings["image handler"]} ${attackStrings["bidirectional override"]}`),
  );
  const pictures = join(folder, attackFileName(`pictures ${attackStrings["script element"]}`));
  mkdirSync(pictures, { recursive: true });
  writeFileSync(join(folder, "codebook.yaml"), attackCodebook());
  const table = await writeTableOfPictures(folder, pictures);
  const study = openStudy(folder);
  const encoder = await loadEncoder("demo");
  const inputs = await openInputs([table], "file");
  try {
    const codebook = await loadCodebook(join(folder, "codebook.yaml"));
    const { run } = await classifyUnits({
      study,
      encoder,
      codebook,
      inputs,
      truncate: true,
      settings: { imageColumn: "file" },
    });
    review(study, run);
    return { folder, table, pictures, sample: codeSamples(study, run) };
  } finally {
    await inputs.close();
    await encoder.close();
    study.close();
  }
}

function attackCodebook(): string {
  const lines = all.filter((text) => findTextFault(text, "line") === undefined && text.trim() !== "");
  const texts = all.filter((text) => findTextFault(text, "lines") === undefined && text.trim() !== "");
  const names = categoryKinds
    .map((kind) => attackStrings[kind] as string)
    .filter((name) => lines.includes(name));
  const categories = names.map((name, c) => {
    const phrases = lines.filter((_, i) => i % names.length === c).map((text, i) => `${text} ${c}.${i}`);
    const body = {
      phrases: phrases.length === 0 ? [`a picture of kind ${c}`] : phrases,
      description: texts[c % texts.length],
      instructions: texts.filter((_, i) => i % names.length === c).join("\n"),
      residual: c === names.length - 1,
    };
    return `${JSON.stringify(name)}: ${JSON.stringify(body)}`;
  });
  const title = JSON.stringify(
    lines
      .filter((text) => text.length < 200)
      .slice(0, 6)
      .join(" "),
  );
  const templates = JSON.stringify([`{} ${attackStrings["picture onload"]}`, `{} ${attackStrings.command}`]);
  // Not by JSON.stringify alone: `__proto__` would not be a key.
  return `{"title": ${title}, "templates": ${templates}, "categories": {${categories.join(", ")}}}\n`;
}

async function writeTableOfPictures(folder: string, pictures: string): Promise<string> {
  const cells = all.filter((text) => text.isWellFormed() && !text.includes("\0"));
  const columns = ["file", ...cells.slice(0, 20)];
  const rows: string[][] = [];
  for (const [index, text] of all.entries()) {
    const name = attackFileName(`${index} ${text}`, ".jpg");
    writeFileSync(join(pictures, name), await attackPicture(index));
    rows.push([
      join(pictures, name),
      ...columns.slice(1).map((_, c) => cells[(index + c) % cells.length] as string),
    ]);
  }
  const broken = attackFileName(`broken ${attackStrings["script element"]}`, ".jpg");
  writeFileSync(join(pictures, broken), "no picture");
  rows.push([join(pictures, broken), ...columns.slice(1).map(() => "")]);
  const table = join(folder, "posts.csv");
  const lines = [columns, ...rows].map((row) =>
    row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(","),
  );
  writeFileSync(table, `${lines.join("\n")}\n`);
  return table;
}

function review(study: Study, run: Run): void {
  const judged = [...study.runs.rows(run.id)].filter(({ prediction }) => prediction !== undefined);
  for (const [i, { position, prediction }] of judged.slice(0, 30).entries()) {
    const wrong = (prediction?.category === 0 ? 1 : 0) as number;
    const isWrong = i % 2 === 1;
    recordVerdict(study, run, {
      position,
      reviewer: attackNames[i % 3] as string,
      verdict: isWrong ? "wrong" : "right",
      correctCategory: isWrong ? run.codebook.categories[wrong]?.name : undefined,
      note: (all[i % all.length] as string).toWellFormed().replaceAll("\0", ""),
      judgedAt,
      queue: { kind: "random", n: 12, seed: 1 },
      seen: 0,
    });
  }
}

function codeSamples(study: Study, run: Run): string {
  const names = run.codebook.categories.map(({ name }) => name);
  const name = attackNames[0] as string;
  const sample = plainSample(study, run, { name, perCategory: 20 });
  const coders = [attackNames[1], attackNames[3]] as readonly [string, string];
  for (const coder of coders) addCoder(study, sample, { coder, role: "coder", addedAt: judgedAt });
  for (const { place, position } of study.samples.members(sample.id)) {
    const predicted = study.runs.row(run.id, position).prediction?.category as number;
    for (const [c, coder] of study.samples.coders(sample.id).entries()) {
      recordCoding(study, sample, {
        place,
        coder: coder.coder,
        role: "coder",
        variable: "category",
        answer: "category",
        value: names[place % (c === 0 ? 5 : 7) === 0 ? (predicted + 1) % names.length : predicted],
        note: (all[place % all.length] as string).toWellFormed().replaceAll("\0", ""),
        seconds: 3,
        source: "screen",
        codedAt: judgedAt,
        seen: 0,
      });
    }
  }
  for (const other of attackNames.slice(5, 9)) {
    const open = plainSample(study, run, {
      name: other.normalize("NFC").trim(),
      perCategory: 2,
      purpose: "pilot",
    });
    addCoder(study, open, { coder: attackNames[2] as string, role: "coder", addedAt: judgedAt });
  }
  freezeCodebook(study, run, judgedAt);
  return name;
}
