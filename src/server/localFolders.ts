import { dirname, resolve } from "node:path";
import type { ServerContext } from "./serverContext.ts";

/** The folders of this machine that errors may name, absolute: `withoutPaths` takes them out. */
export function localFolders({
  study,
  codebookPath,
  environment,
}: Pick<ServerContext, "study" | "codebookPath" | "environment">): readonly string[] {
  const { HOME, TMPDIR } = environment;
  return [study.directory, dirname(codebookPath), HOME, TMPDIR].flatMap((folder) =>
    folder === undefined || folder === "" ? [] : [resolve(folder)],
  );
}
