import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { maybePreloaded } from "./maybePreloaded.ts";

it("a model's download to a disk that fails is told with a hint, leaves no file under its name, and continues", ({
  skip,
}) => {
  const env = maybePreloaded({});
  if (env === undefined) return skip("left out: faults of the disk are compiled with gcc, for Linux");
  const { stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "downloadOnce.ts")], {
    env: { ...process.env, ...env },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  const lines = stdout.trimEnd().split("\n");
  const outcomes = lines.map((line) => JSON.parse(line) as { kinds: string; told: unknown; files: number });
  const told = { message: expect.any(String), hint: expect.any(String) };
  expect(outcomes).toMatchObject([
    { kinds: "w", told: { message: expect.stringContaining("is full"), hint: expect.any(String) }, files: 0 },
    { kinds: "w", told, files: 0 },
    { kinds: "n", told, files: 0 },
    { kinds: "n", told, files: 0 },
    { kinds: "", failed: false, files: 6 },
  ]);
});
