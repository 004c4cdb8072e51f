import { resolve } from "node:path";
import { Hono } from "hono";
import type { CodebookDraft } from "../codebook/codebookDraft.ts";
import { CodebookError, type CodebookMistake } from "../codebook/codebookError.ts";
import { codebookTextForm } from "../codebook/codebookTextForm.ts";
import { readDraft } from "../codebook/readDraft.ts";
import { starterCodebook } from "../codebook/starterCodebook.ts";
import { maybeCodebookOnDisk } from "../pipeline/readCodebookFile.ts";
import { draftRoutes } from "./draftRoutes.ts";
import type { ServerContext } from "./serverContext.ts";

/** The codebook's file, and drafts of it. */
export function codebookRoutes(context: ServerContext) {
  const { study, codebookPath } = context;
  return new Hono()
    .get("/codebook", async (c) => {
      const onDisk = await maybeCodebookOnDisk(codebookPath);
      const text = onDisk?.text ?? study.runs.maybeNewest()?.codebookText ?? starterCodebook;
      const form = codebookTextForm(text);
      return c.json({
        file: resolve(codebookPath),
        exists: onDisk !== undefined,
        text,
        /** null where there is no file yet. */
        sha256: onDisk?.sha256 ?? null,
        form,
        canComment: form !== "json",
        ...readOrMistakes(text, codebookPath),
      });
    })
    .route("/", draftRoutes(context));
}

function readOrMistakes(
  text: string,
  file: string,
): { readonly draft: CodebookDraft | undefined; readonly mistakes: readonly CodebookMistake[] } {
  try {
    return { draft: readDraft(text, file), mistakes: [] };
  } catch (error) {
    if (!(error instanceof CodebookError)) throw error;
    return { draft: undefined, mistakes: error.mistakes };
  }
}
