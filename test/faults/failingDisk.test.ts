import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { seededRandom } from "../../src/seededRandom.ts";
import { runClipbook } from "../cli/runClipbook.ts";
import { maybeSmallDisk } from "../smallDisk.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { maybePreloaded, type PreloadedSpec } from "./maybePreloaded.ts";
import { makeWorkFolder, type WritingCommand, writingCommands } from "./writingCommands.ts";

let made: string;
let whole: ReadonlyMap<string, string>;
const random = seededRandom(12);

beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "clipbook-faults-"));
});
afterAll(() => rmSync(made, { recursive: true, force: true }));

/** A folder of its own to work in. */
async function workFolder(): Promise<string> {
  if (!existsSync(join(made, "out"))) await makeWorkFolder(made);
  const folder = temporaryFolder();
  cpSync(made, folder, { recursive: true });
  return folder;
}

function run({ args }: WritingCommand, folder: string, faults: PreloadedSpec = {}) {
  const env = maybePreloaded({ below: folder, ...faults });
  return runClipbook(args, { cwd: folder, ...(env !== undefined && { env }) });
}

/** The files below `out` that a user sees, but for databases, each with what has to be the same in every run. */
function seen(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(join(folder, "out"), { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => statSync(join(folder, "out", name)).isFile());
  return new Map(
    files
      .filter((name) => !/(^|\/)(\.[^/]+|clipbook\.(db|lock)(-[a-z]+)?)$/.test(name))
      .map((name) => [name, contentOf(join(folder, "out", name))]),
  );
}

/** The digest of a file; of those that tell the time, or how often a sample was opened, whether they are whole. */
function contentOf(path: string): string {
  const bytes = readFileSync(path);
  const text = bytes.toString("utf8");
  if (path.endsWith(".html")) return /<\/html>\n?$/.test(text) ? "whole" : "half";
  if (path.endsWith(".json")) return typeof JSON.parse(text);
  if (path.endsWith(".txt")) return bytes.length > 0 ? "not empty" : "empty";
  return createHash("sha256").update(bytes).digest("hex");
}

/** Every database is whole, looked at as SQLite finds it. */
function requireWholeStudies(folder: string): void {
  for (const name of ["study", "new", "coded", "out/demo"]) {
    const path = join(folder, name, "clipbook.db");
    if (!existsSync(path)) continue;
    const database = new DatabaseSync(path);
    expect([name, database.prepare("PRAGMA integrity_check").get()?.integrity_check]).toEqual([name, "ok"]);
    database.close();
  }
}

/** What a command may leave, whether it failed or not, and that after a failure the same command does its work. */
async function requireMended(command: WritingCommand, folder: string, hasFailed: boolean): Promise<void> {
  requireWholeStudies(folder);
  for (const [name, content] of seen(folder)) expect([name, content]).toEqual([name, whole.get(name)]);
  if (!hasFailed) return expect(seen(folder)).toEqual(whole);
  const again = await run(command, folder);
  // Where only the last step failed, the work is done and its name taken.
  if (again.code !== 0) expect(again.stderr).toMatch(/there is a file already|exists already/);
  expect(seen(folder)).toEqual(whole);
}

describe.each(writingCommands)("$name, on a disk that fails", (command) => {
  const told = /(^|\n)error: [^\n]+\nhint: [^\n]+\n$/;

  async function countCalls({ skip }: Pick<TestContext, "skip">): Promise<string[]> {
    if (maybePreloaded({}) === undefined)
      return skip("left out: faults of the disk are compiled with gcc, for Linux");
    const folder = await workFolder();
    const log = join(temporaryFolder(), "log");
    const { code, stderr } = await run(command, folder, { kinds: ["write", "sync", "name"], log });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
    whole = seen(folder);
    return readFileSync(log, "utf8").trimEnd().split("\n");
  }

  it("says so, leaves nothing half-written, and does its work when the disk is mended", async (context) => {
    const calls = await countCalls(context);
    const count = (letter: string) => calls.filter((call) => call.startsWith(letter)).length;
    const { EIO, ENOSPC, EROFS } = constants.errno;
    const somewhere = (n: number) => 1 + Math.floor(random() * n);
    const faults: readonly (readonly [PreloadedSpec, isCertain: boolean])[] = [
      // A write that fails once may be one that SQLite or a note of who holds the lock can do without.
      [{ kinds: ["write"], at: 1, errno: ENOSPC }, true],
      [{ kinds: ["write"], at: somewhere(count("w")), errno: EIO }, false],
      [{ kinds: ["write", "sync", "name"], at: somewhere(calls.length), errno: EIO, isOnce: true }, false],
      ...(count("s") > 0 ? [[{ kinds: ["sync"], at: 1, errno: EIO }, true] as const] : []),
      ...(count("n") > 0 ? [[{ kinds: ["name"], at: 1, errno: EROFS }, true] as const] : []),
    ];
    for (const [fault, isCertain] of faults) {
      const folder = await workFolder();
      const { code, stderr } = await run(command, folder, fault);
      const which = JSON.stringify(fault);
      if (isCertain || code !== 0)
        expect([which, code, stderr]).toEqual([which, 1, expect.stringMatching(told)]);
      if (fault.errno === ENOSPC) expect(stderr).toMatch(/the disk is full|ENOSPC/);
      expect(stderr).not.toMatch(/\n {4}at |fault of Clipbook/);
      await requireMended(command, folder, code !== 0);
    }
  });

  it("says that a disk is full that really is", async ({ skip }) => {
    await workFolder();
    const disk = maybeSmallDisk(16 * 1024 * 1024);
    if (disk === undefined) return skip("left out: a small disk of one's own needs the right to mount");
    cpSync(made, disk.folder, { recursive: true });
    disk.fill(0);
    const { code, stderr } = await run(command, disk.folder);
    expect([code, stderr]).toEqual([1, expect.stringMatching(told)]);
    expect(stderr).toMatch(/the disk is full|ENOSPC/);
    expect([...seen(disk.folder).keys()].filter((name) => !name.includes("post-"))).toEqual([]);
    disk.makeRoom();
    requireWholeStudies(disk.folder);
    const again = await run(command, disk.folder);
    expect([again.code, again.stderr]).toEqual([0, expect.not.stringContaining("error:")]);
  });
});
