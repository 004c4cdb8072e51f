import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/packageRoot.ts";
import { codedStudy } from "../cli/codedStudy.ts";
import { runClipbook } from "../cli/runClipbook.ts";
import { makePictures } from "../kill/makePictures.ts";

/** A command that writes files below `out`, or only the database below `study`; both are in the folder where it runs. */
export interface WritingCommand {
  readonly name: string;
  readonly args: readonly string[];
}

const study = ["--study", "study"];
const coded = ["--study", "coded"];

const indexing = ["index", "pictures", "--model", "demo"];

/** All commands that write, by what they write. */
export const writingCommands: readonly WritingCommand[] = [
  {
    name: "a run, its table and its page",
    args: [
      "classify",
      "pictures",
      "--model",
      "demo",
      "--codebook",
      "codebook.yaml",
      "--study",
      "new",
      "--output",
      "out/t.csv",
    ],
  },
  { name: "an overview page", args: ["overview", ...study, "--output", "out/page.html"] },
  { name: "a codebook", args: ["init", "out/codebook.yaml"] },
  { name: "the demo's pictures", args: ["demo", "out/demo", "--count", "7"] },
  {
    name: "a sample",
    args: ["sample", ...study, "--size", "4", "--design", "simple", "--coders", "Anna,Ben"],
  },
  { name: "a freeze", args: ["freeze", ...study] },
  {
    name: "pages for coding without a server",
    args: ["sample", ...study, "--name", "drawn", "--coders", "Cem", "--offline", "out/offline"],
  },
  { name: "an evaluation's page", args: ["evaluate", ...coded, "--output", "out/evaluation.html"] },
  { name: "an evaluation's files", args: ["evaluate", ...coded, "--no-page", "--files", "out/files"] },
  { name: "an export as CSV", args: ["export", "gold", ...coded, "--output", "out/gold.csv"] },
  { name: "an export as Parquet", args: ["export", "codings", ...coded, "--output", "out/codings.parquet"] },
  {
    name: "an export for Label Studio",
    args: ["export", "label-studio", ...study, "--sample", "drawn", "--output", "out/label-studio"],
  },
  { name: "imported codings", args: ["import", "codings", "more.csv", ...coded] },
  {
    name: "an indexing and the table of what failed",
    args: [...indexing, "--study", "new", "--failures", "out/failures.csv"],
  },
  { name: "a merge", args: ["merge", "indexed", "--study", "new"] },
];

/** Makes the folder in which they run, with `out` empty. */
export async function makeWorkFolder(folder: string): Promise<void> {
  copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
  await makePictures(join(folder, "pictures"), 6);
  const first = writingCommands[0]?.args.map((word) => (word === "new" ? "study" : word)) ?? [];
  for (const name of ["out", "study", "new", "coded"]) mkdirSync(join(folder, name));
  await requireDone([...first.slice(0, -2), "--no-overview", "--output", "study/t.csv"], folder);
  await requireDone([...indexing, "--study", "indexed"], folder);
  const draw = [
    "sample",
    ...study,
    "--name",
    "drawn",
    "--purpose",
    "pilot",
    "--size",
    "4",
    "--design",
    "simple",
  ];
  await requireDone(draw, folder);
  const { study: made, folder: madeIn, sample } = await codedStudy();
  const { categories } = made.runs.list()[0]?.codebook ?? { categories: [] };
  const rows = made.samples.members(sample.id).map(({ name }) => `${name},Dora,${categories[0]?.name}\n`);
  writeFileSync(join(folder, "more.csv"), `unit,coder,category\n${rows.join("")}`);
  made.close();
  copyFileSync(join(madeIn, "clipbook.db"), join(folder, "coded/clipbook.db"));
}

async function requireDone(args: readonly string[], cwd: string): Promise<void> {
  const { code, stderr } = await runClipbook(args, { cwd });
  if (code !== 0) throw new Error(stderr);
}
