import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, availableParallelism, cpus, platform, release, totalmem } from "node:os";
import { join } from "node:path";
import { version } from "../src/version.ts";
import { transformersJsName } from "./peers/transformersJs.ts";

/** What the figures hold for. */
export interface Machine {
  readonly processor: string;
  /** Processors that this process may use. */
  readonly processors: number;
  /** Instructions that int8 towers live from, where the system tells. */
  readonly instructions: string;
  readonly memoryGb: number;
  readonly system: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Describes this machine and what is installed; `pythonVersions` are those that `askPython` found. */
export function describeMachine(pythonVersions: Readonly<Record<string, string>>): Machine {
  const peer = maybePeerVersion();
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    processors: availableParallelism(),
    instructions: vectorInstructions(),
    memoryGb: Math.round(totalmem() / 1e9),
    system: `${platform()} ${release()} ${arch()}`,
    versions: {
      Clipbook: `${version} ${stateOfCode()}`,
      Node: process.versions.node,
      "onnxruntime-node": installedVersion("onnxruntime-node") ?? "missing",
      sharp: installedVersion("sharp") ?? "missing",
      ...(peer !== undefined && { "transformers.js": peer }),
      ...pythonVersions,
    },
  };
}

/** The installed version of transformers.js, if it is installed. */
export function maybePeerVersion(): string | undefined {
  return installedVersion(transformersJsName);
}

/** Versions of Python and of what the Python peers need, or why they cannot run. */
export function askPython(
  python: string,
): { readonly versions: Readonly<Record<string, string>> } | { readonly missing: string } {
  const script =
    "import json, platform, torch, transformers, PIL\n" +
    "print(json.dumps({'Python': platform.python_version(), 'PyTorch': torch.__version__, " +
    "'transformers': transformers.__version__, 'Pillow': PIL.__version__}))";
  try {
    const answer = execFileSync(python, ["-c", script], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
    return { versions: JSON.parse(answer) as Record<string, string> };
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === "ENOENT") return { missing: `no ${python}` };
    return { missing: `${python}: ${String(stderr).trim().split("\n").at(-1)}` };
  }
}

/** The commit that is checked out, so that figures of different code are not taken for one another's. */
function stateOfCode(): string {
  const git = (...args: readonly string[]) =>
    execFileSync("git", args, {
      cwd: import.meta.dirname,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  try {
    const changed = git("status", "--porcelain", "--untracked-files=no", "..") !== "";
    return `(${git("rev-parse", "--short", "HEAD").trim()}${changed ? ", changed" : ""})`;
  } catch {
    return "(no git checkout)";
  }
}

/** Read from the package's folder, for not every package lets its package.json be imported. */
function installedVersion(name: string): string | undefined {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    try {
      return (JSON.parse(readFileSync(join(folder, name, "package.json"), "utf8")) as { version: string })
        .version;
    } catch {
      // Not in this folder: Node looks in the next one up, too.
    }
  }
  return undefined;
}

function vectorInstructions(): string {
  if (platform() !== "linux") return "not told";
  const flags =
    readFileSync("/proc/cpuinfo", "utf8")
      .match(/^(?:flags|Features)\s*:(.*)$/m)?.[1]
      ?.split(" ") ?? [];
  const wanted = ["avx2", "avx512f", "avx512_vnni", "avx_vnni", "amx_int8", "asimddp", "i8mm"];
  return wanted.filter((flag) => flags.includes(flag)).join(", ") || "none of note";
}
