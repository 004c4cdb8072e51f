import { homedir, tmpdir } from "node:os";
import { dirname, resolve } from "node:path";
import type { ServerContext } from "./serverContext.ts";

/** The folders of this machine that errors may name, absolute: `withoutPaths` takes them out. */
export function localFolders({
  study,
  codebookPath,
}: Pick<ServerContext, "study" | "codebookPath">): readonly string[] {
  return [study.directory, dirname(codebookPath), homedir(), tmpdir()].map((folder) => resolve(folder));
}
