import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attackFileName, attackStrings } from "../attack/attackStrings.ts";
import { type AttackedStudy, attackNames, makeAttackStudy } from "../attack/attackStudy.ts";
import { launcher, runClipbook, waitFor } from "./runClipbook.ts";

/** What no terminal line may hold: controls but for the line break, marks of direction, separators, the byte-order mark, half characters. */
const unprintable = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff]/u;

function unprintableIn(text: string): string | undefined {
  const at = text.replaceAll("\n", " ").search(unprintable);
  return at < 0 ? undefined : JSON.stringify(text.slice(Math.max(0, at - 40), at + 20));
}

/** What a command's arguments can hold: no NUL. */
const hostile = Object.values(attackStrings).map((text) => text.toWellFormed().replaceAll("\0", ""));
const control = hostile.filter((text) => unprintable.test(text)).join(" ");
const controlName = attackFileName(control);

describe("what commands write to a terminal, with attacks in every text", () => {
  const parent = mkdtempSync(join(tmpdir(), "clipbook-attack-"));
  const broken = join(parent, controlName);
  let made: AttackedStudy;

  beforeAll(async () => {
    made = await makeAttackStudy(parent);
    mkdirSync(broken, { recursive: true });
    for (const ending of [".yaml", ".csv", ".jsonl", ".json", ".zip", ".jpg"])
      writeFileSync(join(broken, `${controlName.slice(0, 40)}${ending}`), `{"${control}: [${control}`);
  }, 60_000);
  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  const file = (ending: string) => join(broken, `${controlName.slice(0, 40)}${ending}`);
  const study = () => ["--study", made.folder];
  const sample = () => ["--sample", made.sample];

  /** Commands in their order, each with what the sweep gives it; those after `-` are answered with an error. */
  const commands: readonly (readonly [string, () => readonly string[]])[] = [
    [
      "classify a folder",
      () => ["classify", made.pictures, ...study(), "--model", "demo", "--truncate", "--no-overview"],
    ],
    ["classify what is not there", () => ["classify", control, ...study()]],
    [
      "classify a table that is none",
      () => ["classify", file(".csv"), ...study(), "--model", "demo", "--image-column", control],
    ],
    ["classify JSON lines that are none", () => ["classify", file(".jsonl"), ...study(), "--model", "demo"]],
    [
      "classify an archive that is none",
      () => ["classify", file(".zip"), ...study(), "--model", "demo", "--truncate", "--no-overview"],
    ],
    [
      "classify by a broken codebook",
      () => ["classify", made.pictures, ...study(), "--codebook", file(".yaml")],
    ],
    ["classify with a model that is none", () => ["classify", made.pictures, ...study(), "--model", control]],
    [
      "a name for columns",
      () => [
        "classify",
        made.table,
        ...study(),
        "--model",
        "demo",
        "--truncate",
        "--image-column",
        "file",
        "--column-name",
        control,
        "--no-overview",
      ],
    ],
    ["check", () => ["check", join(made.folder, "codebook.yaml")]],
    ["check with a model", () => ["check", join(made.folder, "codebook.yaml"), "--model", "demo"]],
    ["check a broken codebook", () => ["check", file(".yaml")]],
    ["check what is not there", () => ["check", control]],
    ["check a study", () => ["check", ...study(), "--no-templates"]],
    ["check with a sample that is none", () => ["check", ...study(), "--sample", control]],
    ["overview", () => ["overview", ...study(), "--output", join(broken, "overview.html")]],
    ["overview under a bad name", () => ["overview", ...study(), "--output", control]],
    ["a study that is none", () => ["overview", "--study", control]],
    ["serve a study that is none", () => ["serve", "--study", control, "--no-open"]],
    ["serve on a host that is none", () => ["serve", ...study(), "--no-open", "--host", control]],
    ["list samples", () => ["sample", ...study(), "--list"]],
    ["plan a sample", () => ["sample", ...study(), "--plan"]],
    [
      "draw a sample",
      () => [
        "sample",
        ...study(),
        "--purpose",
        "pilot",
        "--design",
        "simple",
        "--size",
        "12",
        "--name",
        attackNames[10] as string,
        "--coders",
        attackNames[12] as string,
      ],
    ],
    [
      "draw a sample of a bad name",
      () => ["sample", ...study(), "--purpose", "pilot", "--size", "12", "--name", control],
    ],
    ["add coders", () => ["sample", ...study(), "--name", made.sample, "--coders", control]],
    [
      "offline pages",
      () => ["sample", ...study(), "--name", made.sample, "--offline", join(broken, "offline")],
    ],
    ["freeze", () => ["freeze", ...study()]],
    [
      "evaluate",
      () => [
        "evaluate",
        ...study(),
        ...sample(),
        "--run",
        "1",
        "--output",
        join(broken, "evaluation.html"),
        "--files",
        join(broken, "files"),
      ],
    ],
    [
      "evaluate by a column that is none",
      () => ["evaluate", ...study(), ...sample(), "--run", "1", "--by", control],
    ],
    ["evaluate a sample that is none", () => ["evaluate", ...study(), "--sample", control]],
    [
      "evaluate by a coder who is none",
      () => ["evaluate", ...study(), ...sample(), "--gold", `coder:${control}`],
    ],
    [
      "shares",
      () => ["shares", ...study(), "--run", "1", "--error-rates", join(broken, "files/confusion.csv")],
    ],
    ["shares by a table that is none", () => ["shares", ...study(), "--error-rates", file(".csv")]],
    [
      "regress",
      () => [
        "regress",
        ...study(),
        ...sample(),
        "--run",
        "1",
        "--outcome",
        `category:${attackStrings["script element"]}`,
        "--on",
        attackStrings["bare attribute"] as string,
      ],
    ],
    [
      "regress on what is none",
      () => ["regress", ...study(), ...sample(), "--run", "1", "--outcome", control],
    ],
    [
      "export predictions",
      () => [
        "export",
        "predictions",
        ...study(),
        ...sample(),
        "--run",
        "1",
        "--at-precision",
        "50",
        "--residual",
        control,
        "--output",
        join(broken, "p.csv"),
      ],
    ],
    ["export gold", () => ["export", "gold", ...study(), ...sample(), "--output", join(broken, "gold.csv")]],
    [
      "export codings",
      () => ["export", "codings", ...study(), ...sample(), "--output", join(broken, "codings.csv")],
    ],
    [
      "export reviews",
      () => ["export", "reviews", ...study(), "--run", "1", "--output", join(broken, "reviews.csv")],
    ],
    [
      "export for Label Studio",
      () => ["export", "label-studio", ...study(), ...sample(), "--output", join(broken, "label-studio")],
    ],
    ["import codings", () => ["import", "codings", join(broken, "codings.csv"), ...study(), ...sample()]],
    ["import what is none", () => ["import", "codings", file(".json"), ...study(), ...sample()]],
    ["models", () => ["models"]],
    ["a model that is none", () => ["models", "download", control]],
    ["compare a model that is none", () => ["models", "compare", control, "--on", made.pictures]],
    ["init", () => ["init", join(broken, "new.yaml")]],
    ["init over a file", () => ["init", file(".yaml")]],
    ["demo into a file", () => ["demo", file(".yaml"), "--count", "7"]],
    ["a command that is none", () => [control]],
    ["an option that is none", () => ["classify", `--${control}`]],
    ["a number that is none", () => ["overview", "-n", control]],
  ];

  it("is free of controls and of forged lines, in results and in errors", async () => {
    const faults: unknown[] = [];
    const codes = new Map<string, number | null>();
    for (const [name, args] of commands) {
      const { code, stdout, stderr } = await runClipbook(args());
      codes.set(name, code);
      for (const [stream, text] of [
        ["stdout", stdout],
        ["stderr", stderr],
      ] as const) {
        const found = unprintableIn(text);
        if (found !== undefined) faults.push([name, stream, found]);
        // A line break in a name must not look like a line of Clipbook's.
        if (/^(error|hint): forged/m.test(text)) faults.push([name, stream, "a forged line"]);
      }
      if (code !== 0 && code !== 1) faults.push([name, code, stderr]);
    }
    expect(faults).toEqual([]);
    // Otherwise nothing was swept but errors.
    expect([...codes].filter(([, code]) => code === 0).length).toBeGreaterThan(18);
  }, 120_000);

  it("has only what redraws a line on a terminal itself", async ({ skip }) => {
    const script = "/usr/bin/script";
    skip(!existsSync(script), `left out: ${script} (util-linux), which makes a terminal, is not here`);
    const quoted = [process.execPath, launcher, "classify", made.table, ...study(), "--model", "demo"]
      .concat("--image-column", "file", "--truncate", "--no-overview")
      .map((word) => `'${word.replaceAll("'", "'\\''")}'`)
      .join(" ");
    const child = spawn(script, ["-qec", quoted, "/dev/null"], { stdio: ["ignore", "pipe", "pipe"] });
    const { code, stdout } = await waitFor(child);
    expect(code).toBe(0);
    expect(stdout).toContain("\u001b[2Kclassifying");
    expect(stdout).toContain("<script>");
    expect(unprintableIn(stdout.replaceAll("\r\u001b[2K", "").replaceAll("\r\n", "\n"))).toBeUndefined();
  });

  it("is JSON that says the same as before, without controls either", async () => {
    const { stdout } = await runClipbook(["sample", ...study(), "--list", "--json"]);
    expect(unprintableIn(stdout)).toBeUndefined();
    const { samples } = JSON.parse(stdout) as { samples: { name: string }[] };
    expect(samples.map(({ name }) => name)).toContain(made.sample);
    const checked = await runClipbook(["check", join(made.folder, "codebook.yaml"), "--json"]);
    expect(unprintableIn(checked.stdout)).toBeUndefined();
    const { codebook } = JSON.parse(checked.stdout) as { codebook: { categories: { name: string }[] } };
    expect(codebook.categories.map(({ name }) => name)).toContain(attackStrings["script element"]);
  });

  it("is a table whose bytes stay as they are", async () => {
    const { stdout } = await runClipbook(["export", "codings", ...study(), ...sample()]);
    expect(stdout).toContain(attackStrings.colours);
  });
});
