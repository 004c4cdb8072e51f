import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runClipbook } from "../cli/runClipbook.ts";
import { zipFile } from "../images/zipFile.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

/** Drawn pictures below names that paths and addresses have trouble with, and the same again elsewhere. */
export interface OddPictures {
  readonly folder: string;
  /** The same files below another folder, as another machine has them. */
  readonly copy: string;
  readonly codebook: string;
  /** `clipbook classify` on these arguments, into a study of its own. */
  classify(...args: readonly string[]): Promise<{
    readonly code: number | null;
    readonly stderr: string;
    readonly stdout: string;
    readonly study: string;
    readonly table: string;
  }>;
}

const oddNames = [
  "a b.jpg",
  "100%/#1?.jpg",
  "Köln.jpg".normalize("NFC"),
  "Flugblätter/Zürich.jpg".normalize("NFD"),
  "inner/deep/x%20y.jpg",
  "😀&+;'.jpg",
];

/** @param count of pictures that are drawn */
export async function oddPictures(count = 21): Promise<OddPictures> {
  const demo = temporaryFolder();
  const drawn = await runClipbook(["demo", demo, "--count", `${count}`]);
  if (drawn.code !== 0) throw new Error(drawn.stderr);
  const folder = join(demo, "images");
  const names = readdirSync(folder)
    .filter((name) => name.startsWith("post-"))
    .toSorted();
  const put = (name: string, as: string) => {
    mkdirSync(dirname(join(folder, as)), { recursive: true });
    renameSync(join(folder, name), join(folder, as));
  };
  for (const [i, odd] of oddNames.entries()) put(names[i] as string, odd);
  const packed = names.slice(oddNames.length, oddNames.length + 3);
  const entries = packed.map((name, i) => ({ name: `in/${i}.jpg`, bytes: readFileSync(join(folder, name)) }));
  writeFileSync(join(folder, "packed.zip"), zipFile(entries));
  for (const name of packed) rmSync(join(folder, name));
  const copy = join(temporaryFolder(), "same elsewhere");
  cpSync(folder, copy, { recursive: true });
  const codebook = join(import.meta.dirname, "../../demo/codebook.yaml");
  return {
    folder,
    copy,
    codebook,
    classify: async (...args) => {
      const study = temporaryFolder();
      const table = join(study, "table.csv");
      const common = ["--model", "demo", "--codebook", codebook, "--study", study, "--no-overview"];
      const { queue, rest } = withoutQueue(args);
      const end = await runClipbook(["classify", ...rest, ...common, "--output", table], {
        env: queue === undefined ? {} : { CLIPBOOK_QUEUE: queue },
      });
      const written = end.code === 0 ? readFileSync(table, "utf8") : "";
      return { ...end, study, table: written };
    },
  };
}

/** The address goes through the environment, as one with a password should. */
function withoutQueue(args: readonly string[]): { queue: string | undefined; rest: readonly string[] } {
  const at = args.indexOf("--queue");
  if (at < 0) return { queue: undefined, rest: args };
  return { queue: args[at + 1], rest: args.with(at + 1, "env") };
}
