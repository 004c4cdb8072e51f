import { access } from "node:fs/promises";

/** Whether there is anything at a path, links followed. */
export async function pathExists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
