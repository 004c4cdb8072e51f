import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { maybePreloaded } from "../faults/maybePreloaded.ts";
import { makePictures } from "../kill/makePictures.ts";
import { launcher } from "./runClipbook.ts";

let folder: string;
let usual: Outcome;

/** What a classification left. */
interface Outcome {
  readonly code: number | null;
  readonly stderr: string;
  readonly stdout: string;
  readonly table: string;
  readonly page: string;
}

/** How a command is started. */
interface Start {
  /** Around `"$@"`, for a POSIX shell; by default it alone. */
  readonly shell?: string;
  /** Undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The study's folder, by default a new one. */
  readonly study?: string;
}

/** Classifies the pictures in a study, with a page. */
function classify({ shell = '"$@"', env = {}, study }: Start = {}): Outcome {
  if (study === undefined) rmSync(join(folder, "study"), { recursive: true, force: true });
  return classifyIn(study ?? "study", shell, env);
}

function classifyIn(study: string, shell: string, env: NonNullable<Start["env"]>): Outcome {
  mkdirSync(join(folder, study), { recursive: true });
  const args = ["classify", "pictures", "--model", "demo", "--codebook", "codebook.yaml", "--study", study];
  const command = [process.execPath, launcher, ...args, "--output", join(study, "table.csv")];
  const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", shell, "sh", ...command], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: "", ...env },
    encoding: "utf8",
  });
  const names = readdirSync(join(folder, study));
  const read = (pattern: RegExp) => {
    const name = names.find((candidate) => pattern.test(candidate));
    return name === undefined ? "" : readFileSync(join(folder, study, name), "utf8");
  };
  const page = withoutTimes(read(/^\d{4}-\d\d-\d\d-CLIP-Classification\.html$/));
  return { code: status, stdout, stderr, table: read(/^table\.csv$/), page };
}

/** A page but for when it was made, which is told in the zone of whoever made it, and the number of the run. */
function withoutTimes(page: string): string {
  return page
    .replaceAll(/\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?/g, "DATE")
    .replaceAll(/\d{1,2} [A-Z][a-z]+ \d{4}/g, "DATE")
    .replaceAll(/\d\d:\d\d(:\d\d)?/g, "TIME");
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "clipbook-environment-"));
  copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
  await makePictures(join(folder, "pictures"), 6);
  mkdirSync(join(folder, "locked"));
  chmodSync(join(folder, "locked"), 0o555);
  usual = classify();
  expect(usual.code).toBe(0);
  expect(usual.table.trimEnd().split("\n")).toHaveLength(7);
  expect(usual.page).toContain("</html>");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const noHome = { HOME: undefined, XDG_CACHE_HOME: undefined, USERPROFILE: undefined };
// Nobody can make a folder in /proc, not even root.
const places: readonly (readonly [string, Start])[] = [
  ["no HOME", { env: noHome }],
  ["an empty HOME", { env: { ...noHome, HOME: "" } }],
  ["a HOME that is not there", { env: { ...noHome, HOME: "/proc/nobody" } }],
  ["a TMPDIR that is not there", { env: { TMPDIR: "/nowhere/at/all" } }],
  ["a TMPDIR that may only be read", { env: { TMPDIR: "/proc" } }],
  ["no PATH", { env: { PATH: "" }, shell: '"$@"' }],
  ["64 open files", { shell: 'ulimit -n 64; "$@"' }],
  ["umask 077", { shell: 'umask 077; "$@"' }],
  ["umask 000", { shell: 'umask 000; "$@"' }],
];
const tongues: readonly (readonly [string, Start])[] = [
  ...["C", "POSIX", "tr_TR.UTF-8", "de_DE.UTF-8", "ar_EG.UTF-8", "xx_YY.UTF-8"].map(
    (locale) => [`LC_ALL=${locale}`, { env: { LC_ALL: locale, LANG: locale, LANGUAGE: locale } }] as const,
  ),
  ...["Pacific/Kiritimati", "Asia/Kathmandu", "America/St_Johns", "No/Such"].map(
    (zone) => [`TZ=${zone}`, { env: { TZ: zone } }] as const,
  ),
];
const terminals: readonly (readonly [string, Start])[] = [
  ["NO_COLOR", { env: { NO_COLOR: "1" } }],
  ["FORCE_COLOR", { env: { FORCE_COLOR: "3" } }],
  ["TERM=dumb", { env: { TERM: "dumb" } }],
  ["no TERM", { env: { TERM: undefined, COLUMNS: "0" } }],
  ["stdin closed", { shell: '"$@" <&-' }],
  ["stdout closed", { shell: '"$@" >&-' }],
  ["stderr closed", { shell: '"$@" 2>&-' }],
  ["all three closed", { shell: '"$@" <&- >&- 2>&-' }],
];
const nodes: readonly (readonly [string, Start])[] = [
  ["--max-old-space-size", { env: { NODE_OPTIONS: "--max-old-space-size=256" } }],
  [
    "--enable-source-maps --trace-warnings",
    { env: { NODE_OPTIONS: "--enable-source-maps --trace-warnings" } },
  ],
  ["--pending-deprecation", { env: { NODE_OPTIONS: "--pending-deprecation", NODE_ENV: "production" } }],
  ["a pool of one thread", { env: { UV_THREADPOOL_SIZE: "1" } }],
];

describe("the same pictures give the same table and page", () => {
  it.each([...places, ...tongues, ...terminals, ...nodes])("with %s", (_, start) => {
    const { code, stderr, table, page } = classify(start);
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/error|Warning/)]);
    expect(stderr).not.toContain("\u001b");
    expect(table).toBe(usual.table);
    expect(page).toBe(usual.page);
  });

  it("with a clock that was set back between two runs, or stands in another century", ({ skip }) => {
    const back = maybePreloaded({ clockAheadS: -400 * 86_400 });
    const ahead = maybePreloaded({ clockAheadS: 80 * 365 * 86_400 });
    if (back === undefined || ahead === undefined)
      return skip("left out: another clock is compiled with gcc, for Linux");
    for (const env of [ahead, back, {}]) {
      const { code, stderr, table } = classify({ study: "clocks", env });
      expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
      expect(table).toBe(usual.table);
    }
  });
});

describe("a reader that goes away", () => {
  it.each([
    ["head -1", "help", '"$@" | head -1'],
    ["true", "help", '"$@" | true'],
    ["head -1 of a table", "table", '"$@" | head -1'],
  ])("is no error: %s", (_, what, shell) => {
    const table = ["classify", "pictures", "--model", "demo", "--codebook", "codebook.yaml"];
    const args =
      what === "help" ? ["--help"] : [...table, "--study", "pipes", "--no-overview", "--output", "-"];
    mkdirSync(join(folder, "pipes"), { recursive: true });
    // The exit code of the first in the pipe, which POSIX shells do not tell.
    const { stdout, stderr } = spawnSync(
      "/bin/sh",
      [
        "-c",
        shell.replace('"$@"', '{ "$@"; echo "code $?" >&2; }'),
        "sh",
        process.execPath,
        launcher,
        ...args,
      ],
      { cwd: folder, encoding: "utf8" },
    );
    expect(stderr).toMatch(/code 0\n$/);
    expect(stderr).not.toMatch(/error|EPIPE/);
    if (shell.includes("head")) expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("a folder that is gone", () => {
  it("under the command's feet is named, with what to do", () => {
    const gone = mkdtempSync(join(tmpdir(), "clipbook-gone-"));
    const { status, stderr } = spawnSync(
      "/bin/sh",
      ["-c", 'rmdir "$PWD" && "$@"', "sh", process.execPath, launcher, "classify", join(folder, "pictures")],
      { cwd: gone, encoding: "utf8" },
    );
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^error: [^\n]+\nhint: [^\n]+\n$/)]);
  });
});
