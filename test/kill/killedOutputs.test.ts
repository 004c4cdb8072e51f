import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { drawPictures } from "../../demo/drawPictures.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { tableFormatOf } from "../../src/tables/tableFormat.ts";
import { writeTable } from "../../src/tables/writeTable.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

/** A writer that has not come so far by then is stuck. */
const patienceMs = 60_000;

/** Starts a writer that never ends and kills it so long after it has begun, and has come `far` enough. */
async function killWriter(
  task: string,
  target: string,
  afterMs: number,
  isFar: () => boolean = () => true,
): Promise<void> {
  const script = join(import.meta.dirname, "endlessOutput.ts");
  const writer = spawn(process.execPath, [script, task, target], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => writer.once("exit", (_, signal) => resolve(signal)));
  await Promise.race([new Promise((resolve) => writer.stdout.once("data", resolve)), ended]);
  const startMs = performance.now();
  let farMs: number | undefined;
  while (farMs === undefined || performance.now() < farMs + afterMs) {
    if (isFar()) farMs ??= performance.now();
    if (performance.now() > startMs + patienceMs) throw new Error(`${task} does not get on`);
    await wait(1);
  }
  writer.kill("SIGKILL");
  expect(await ended).toBe("SIGKILL");
}

function namesIn(folder: string) {
  const names = readdirSync(folder);
  return {
    visible: names.filter((name) => !name.startsWith(".")),
    temporary: names.filter((name) => /^\.clipbook-.*\.tmp$/.test(name)),
  };
}

describe("a writer that is killed", () => {
  it.each(["out.csv", "out.jsonl"])("in the middle of the table %s leaves the one before", async (name) => {
    const folder = temporaryFolder();
    const table = join(folder, name);
    writeFileSync(table, "before");
    await killWriter("table", table, 50);
    const { visible, temporary } = namesIn(folder);
    expect(visible).toEqual([name]);
    expect(readFileSync(table, "utf8")).toBe("before");
    // It was in the middle of it.
    expect(temporary).toHaveLength(1);
    const left = join(folder, temporary[0] as string);
    expect(statSync(left).size).toBeGreaterThan(100_000);
    // The next one waits a minute before it takes a file for abandoned.
    const write = () =>
      writeTable(table, { format: tableFormatOf(name), own: [{ name: "Image", kind: "text" }] }, []);
    await write();
    expect(namesIn(folder).temporary).toEqual(temporary);
    const then = new Date(Date.now() - 61_000);
    utimesSync(left, then, then);
    await write();
    expect(namesIn(folder)).toEqual({ visible: [name], temporary: [] });
  });

  it("while it draws the demo's pictures leaves whole ones, and the next one goes on", async () => {
    const random = seededRandom(7);
    const folder = temporaryFolder();
    const whole = temporaryFolder();
    for (let i = 0; i < 4; i++) {
      const before = namesIn(folder).visible.length;
      await killWriter("demo", folder, random() * 300, () => namesIn(folder).visible.length > before);
    }
    const { visible } = namesIn(folder);
    expect(visible.length).toBeGreaterThan(0);
    // Three are drawn side by side: one or two in between may be missing.
    await drawPictures(whole, { count: visible.length + 5 });
    for (const name of visible) {
      expect([name, readFileSync(join(folder, name)).equals(readFileSync(join(whole, name)))]).toEqual([
        name,
        true,
      ]);
    }
    await drawPictures(folder, { count: visible.length + 5 });
    expect(namesIn(folder).visible).toEqual(namesIn(whole).visible);
  });

  it("while it names and replaces pages leaves whole ones, and nobody ever sees another", async () => {
    const random = seededRandom(8);
    const folder = temporaryFolder();
    const seenBytes = new Set<number>();
    const look = () => {
      const { visible } = namesIn(folder);
      for (const name of visible) seenBytes.add(statSync(join(folder, name)).size);
      return visible.length;
    };
    for (let i = 0; i < 6; i++) {
      const before = look();
      await killWriter("pages", folder, random() * 150, () => look() > before);
    }
    expect(look()).toBeGreaterThan(6);
    expect([...seenBytes]).toEqual([6_000_000]);
  });
});
