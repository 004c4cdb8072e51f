import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { Study } from "../store/openStudy.ts";

/**
 * What tells a study from every other one that this machine serves: images are numbered anew in each, and a browser that remembers
 * image 7 of one must not show it for image 7 of another.
 */
export function studyKey({ databasePath }: Study): string {
  const { dev, ino, birthtimeNs } = statSync(databasePath, { bigint: true });
  return createHash("sha256")
    .update(`${resolve(databasePath)} ${dev} ${ino} ${birthtimeNs}`)
    .digest("hex")
    .slice(0, 16);
}
