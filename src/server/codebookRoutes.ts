import { basename, resolve } from "node:path";
import { Hono } from "hono";
import { z } from "zod";
import type { CodebookDraft } from "../codebook/codebookDraft.ts";
import { CodebookError, type CodebookMistake } from "../codebook/codebookError.ts";
import { readDraft } from "../codebook/readDraft.ts";
import { starterCodebook } from "../codebook/starterCodebook.ts";
import { codebookTextForm } from "../codebook/text/codebookTextForm.ts";
import { checkDraft } from "../pipeline/drafts/checkDraft.ts";
import { codebookKey, maybeCodebookOnDisk } from "../pipeline/drafts/codebookOnDisk.ts";
import type { Drafts } from "../pipeline/drafts/openDrafts.ts";
import { saveCodebook } from "../pipeline/drafts/saveCodebook.ts";
import { checkedJson, checkedParam, wholeNumber } from "./checkedInput.ts";
import { draftSchema } from "./draftSchema.ts";
import { RequestError } from "./requestError.ts";
import type { ServerContext } from "./serverContext.ts";

const saveRequest = z.object({
  baseSha256: z.string().nullable(),
  baseText: z.string(),
  draft: draftSchema,
});

/** The codebook's file and its versions. */
export function codebookRoutes({ study, codebookPath, now }: ServerContext, drafts: Drafts) {
  const key = codebookKey(study.directory, codebookPath);
  return new Hono()
    .get("/codebook", (c) => {
      const onDisk = maybeCodebookOnDisk(codebookPath);
      const newest = study.runs.maybeNewest();
      // Somebody opens the board: the first edit shall not have to wait.
      if (newest !== undefined) void drafts.warmUp(newest);
      const text = onDisk?.text ?? newest?.codebookText ?? starterCodebook;
      const form = codebookTextForm(text);
      return c.json({
        file: resolve(codebookPath),
        exists: onDisk !== undefined,
        text,
        /** null where there is no file yet. */
        sha256: onDisk?.sha256 ?? null,
        form,
        canComment: form !== "json",
        ...readOrMistakes(text, codebookPath, onDisk?.mistakes),
      });
    })
    .put("/codebook", checkedJson(saveRequest), async (c) => {
      const { baseSha256, baseText, draft } = c.req.valid("json");
      const { text, mistakes } = checkDraft(baseText, draft, codebookPath);
      if (mistakes.length > 0) {
        const error = `the codebook has ${mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`}`;
        return c.json({ error, hint: "mend what is marked, then save again", mistakes }, 400);
      }
      const outcome = await saveCodebook({
        study,
        path: codebookPath,
        baseSha256,
        text,
        now: now(),
      });
      if (outcome.saved) {
        const file = resolve(codebookPath);
        return c.json({ file, text, sha256: outcome.sha256, draft: readDraft(text, file) });
      }
      const { onDisk } = outcome;
      return c.json(
        {
          error: `${basename(codebookPath)} was ${onDisk === undefined ? "removed" : "changed"} meanwhile, and is not overwritten`,
          hint: "compare both, then keep the one or the other",
          /** What is there now; null for a file that is gone. */
          onDisk: { text: onDisk?.text ?? null, sha256: onDisk?.sha256 ?? null },
          yours: text,
        },
        409,
      );
    })
    .get("/codebook/versions", (c) => c.json({ versions: study.codebookVersions.list(key) }))
    .get("/codebook/versions/:id", checkedParam(z.object({ id: wholeNumber })), (c) => {
      const version = study.codebookVersions.maybeGet(key, c.req.valid("param").id);
      if (version !== undefined) return c.json({ ...version, ...readOrMistakes(version.text, codebookPath) });
      throw new RequestError(404, "the study has no such version of the codebook");
    });
}

function readOrMistakes(
  text: string,
  file: string,
  /** Of its bytes: then the text is not what the file holds. */
  undecoded: readonly CodebookMistake[] = [],
): { readonly draft: CodebookDraft | undefined; readonly mistakes: readonly CodebookMistake[] } {
  if (undecoded.length > 0) return { draft: undefined, mistakes: undecoded };
  try {
    return { draft: readDraft(text, file), mistakes: [] };
  } catch (error) {
    if (!(error instanceof CodebookError)) throw error;
    return { draft: undefined, mistakes: error.mistakes };
  }
}
