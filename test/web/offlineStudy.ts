import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { drawPictures } from "../../demo/drawPictures.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import type { Run } from "../../src/store/runStore.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { classifyInto } from "./classifyInto.ts";

/** Names that a page, a spreadsheet or a program could take for something else; the last one is also an answer. */
export const hostileCategories = [
  `</script><script>document.title = "broken"</script>`,
  `"Quotes" & 'apostrophes' <b>bold</b>`,
  "مظاهرات وتجمعات",
  "=Parties 🎉",
  "unsure",
] as const;

/** What their coders are told. */
export const hostileInstructions = `Count it <!-- only --> if "most" of it shows.\nElse: the last one.`;

/** What the first of them is. */
export const hostileDescription = `A <i>category</i> & "more".`;

/** A closed study of drawn pictures whose categories have hostile names, with a sample `Blind "one" & two` of all of them. */
export async function makeOfflineStudy(folder: string, count: number): Promise<{ readonly sample: string }> {
  const images = join(folder, "images");
  await drawPictures(images, { count });
  const categories = Object.fromEntries(
    hostileCategories.map((name, index) => [
      name,
      {
        phrases: [`a drawing of kind ${index}`],
        ...(index < 2 ? { instructions: hostileInstructions } : {}),
        ...(index === 0 ? { description: hostileDescription } : {}),
      },
    ]),
  );
  writeFileSync(join(folder, "codebook.yaml"), JSON.stringify({ title: "Hostile <names>", categories }));
  await classifyInto(folder, [images]);
  const study = openStudy(folder);
  const run = study.runs.list().at(-1) as Run;
  const sample = plainSample(study, run, { name: `Blind "one" & two`, perCategory: count });
  study.close();
  return { sample: sample.name };
}
