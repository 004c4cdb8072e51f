import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../src/errors.ts";
import { type ClipbookRun, runClipbook } from "./runClipbook.ts";

/**
 * Codebook edits from the command line: each changes a phrase and classifies a study whose pictures are all known, table and
 * overview written.
 * @param folder the pictures
 * @param study a study that knows them
 */
export async function prepareEdits(
  folder: string,
  study: string,
  model: string,
  codebookPath: string,
): Promise<() => Promise<ClipbookRun>> {
  const codebook = JSON.parse(await readFile(codebookPath, "utf8")) as Record<string, string[]>;
  const edited = join(study, "codebook.json");
  let edits = 0;
  const edit = async (): Promise<ClipbookRun> => {
    const [first, ...others] = Object.entries(codebook) as [string, string[]][];
    const [name, [, ...phrases]] = first as [string, string[]];
    edits += 1;
    const changed = [[name, [`A drawing of ${edits} dogs.`, ...phrases]], ...others];
    await writeFile(edited, JSON.stringify(Object.fromEntries(changed)));
    const args = ["classify", folder, "--study", study, "--codebook", edited, "--model", model, "--json"];
    const run = await runClipbook(args);
    const { embedded, openedTowers } = run.answer as { embedded: number; openedTowers: readonly string[] };
    if (embedded > 0 || openedTowers.join() !== "text") {
      throw new UserError(
        `an edit embedded ${embedded} pictures and opened the towers ${openedTowers.join()}`,
      );
    }
    return run;
  };
  // The first run embeds the other phrases, too: it is no edit yet.
  await edit();
  return edit;
}
