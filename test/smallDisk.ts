import { execFileSync, spawnSync } from "node:child_process";
import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporaryFolder.ts";

/** A disk of one's own that can be filled. */
export interface SmallDisk {
  readonly folder: string;
  /** Fills it but for so many bytes. */
  fill(freeBytes: number): void;
  /** Takes away what filled it. */
  makeRoom(): void;
}

/** Mounts a small disk in memory; undefined where this process may not mount. */
export function maybeSmallDisk(bytes: number): SmallDisk | undefined {
  const folder = temporaryFolder();
  const mount = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "clipbook", folder]);
  if (mount.status !== 0) return undefined;
  onTestFinished(() => {
    execFileSync("umount", [folder]);
  });
  const filler = join(folder, "filler");
  return {
    folder,
    fill: (freeBytes) => {
      rmSync(filler, { force: true });
      const { bavail, bsize } = statfsSync(folder);
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - freeBytes)));
    },
    makeRoom: () => rmSync(filler),
  };
}
