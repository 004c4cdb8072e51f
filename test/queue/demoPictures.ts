import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runClipbook } from "../cli/runClipbook.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

/** Drawn pictures, and what one machine makes of them. */
export interface DemoPictures {
  /** The folder with them. */
  readonly images: string;
  readonly codebook: string;
  readonly tableOfOneMachine: Buffer;
}

/** Draws so many pictures and classifies them without a queue. */
export async function demoPictures(count = 210): Promise<DemoPictures> {
  const folder = temporaryFolder();
  const table = join(folder, "table.csv");
  const drawn = await runClipbook(["demo", folder, "--count", `${count}`]);
  if (drawn.code !== 0) throw new Error(drawn.stderr);
  const images = join(folder, "images");
  const codebook = join(import.meta.dirname, "../../demo/codebook.yaml");
  const args = [images, "--model", "demo", "--codebook", codebook, "--study", folder, "--output", table];
  const classified = await runClipbook(["classify", ...args, "--no-overview"]);
  if (classified.code !== 0) throw new Error(classified.stderr);
  return { images, codebook, tableOfOneMachine: readFileSync(table) };
}
