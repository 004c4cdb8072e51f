import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { memoryCeiling, overCeiling } from "../../../src/images/decoding/memoryCeiling.ts";

const module = pathToFileURL(join(import.meta.dirname, "../../../src/images/decoding/memoryWatch.ts")).href;

/** Runs a process that may hold so many bytes more, and fills 300 MB without ever giving its thread back. */
function fillMemory(moreBytes: number) {
  const program = `
    import { startMemoryWatch } from ${JSON.stringify(module)};
    const watch = startMemoryWatch();
    await watch.started;
    watch.allow(process.memoryUsage.rss() + ${moreBytes});
    const held = [];
    for (let i = 0; i < 30; i++) held.push(Buffer.alloc(10_000_000, 1));
    const until = performance.now() + 1000;
    while (performance.now() < until);
    watch.rest();
    console.log(held.length);`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
}

it("ends a process above its ceiling, though its own thread is busy", () => {
  const { signal, stderr, stdout } = fillMemory(100_000_000);
  expect([signal, stdout]).toEqual(["SIGKILL", ""]);
  expect(stderr).toContain(overCeiling);
});

it("lets a process be that stays below", () => {
  const { signal, stdout } = fillMemory(1_000_000_000);
  expect([signal, stdout]).toEqual([null, "30\n"]);
});

it("the ceiling grows with the file and the pixels of the picture", () => {
  expect(memoryCeiling(1000, 200, 0)).toBe(1200);
  expect(memoryCeiling(1000, 200, 10)).toBe(1520);
});
