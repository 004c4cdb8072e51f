import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { makePictures } from "../kill/makePictures.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { launcher, runClipbook } from "./runClipbook.ts";

describe("the launcher", () => {
  it("prints the package's version", async () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "../../package.json"), "utf8"));
    expect(await runClipbook(["--version"])).toEqual({
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: "",
    });
  });

  it("prints help on stdout for --help, and on stderr with exit code 1 for nothing at all", async () => {
    const asked = await runClipbook(["--help"]);
    expect(asked).toMatchObject({ code: 0, stderr: "" });
    expect(asked.stdout).toContain("Usage: clipbook");
    const nothing = await runClipbook([]);
    expect(nothing).toMatchObject({ code: 1, stdout: "" });
    expect(nothing.stderr).toBe(asked.stdout);
  });

  it("loads for help none of the libraries that the work needs", async () => {
    // Tells every file that is loaded, on stderr.
    const hooks = `import { registerHooks } from "node:module";
      registerHooks({ load(url, context, next) { process.stderr.write(url + "\\n"); return next(url, context); } });`;
    const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(hooks)}`;
    const { code, stderr } = await runClipbook(["--help"], { env: { NODE_OPTIONS } });
    expect(code).toBe(0);
    expect(stderr).toContain("/dist/src/cli/createProgram.js");
    const heavy = /\/node_modules\/(onnxruntime-[a-z]+|sharp|zod|preact|yaml|hyparquet|@huggingface)\//;
    expect(stderr.split("\n").filter((url) => heavy.test(url) || url === "node:sqlite")).toEqual([]);
  });

  it("knows help as a command too", async () => {
    const { code, stdout } = await runClipbook(["help", "classify"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Usage: clipbook classify");
  });

  it.runIf(existsSync("/dev/full"))(
    "says that stdout cannot be written, where the disk behind it is full",
    () => {
      const { status, stderr } = spawnSync(
        "sh",
        ["-c", '"$0" "$1" --help > /dev/full', process.execPath, launcher],
        {
          encoding: "utf8",
        },
      );
      expect(stderr).toBe(
        "error: stdout cannot be written: the disk is full\nhint: send it elsewhere, or make room\n",
      );
      expect(status).toBe(1);
    },
  );

  it.runIf(existsSync("/proc/self"))(
    "refuses a study where the system makes no folders, at once",
    async () => {
      const { code, stderr } = await runClipbook(["demo", "/proc/clipbook-demo"]);
      expect(stderr).toMatch(/^error: \/proc\/clipbook-demo: the demo's folder cannot be written\nhint: /);
      expect(code).toBe(1);
    },
  );

  it.runIf(existsSync("/proc/self"))("does not go round for ever where no cache can be made", async () => {
    const folder = temporaryFolder();
    await makePictures(join(folder, "pictures"), 1);
    const args = [
      "classify",
      "pictures",
      "--model",
      "demo",
      "--codebook",
      join(packageRoot, "demo/codebook.yaml"),
    ];
    const env = { HOME: "/proc/nope", XDG_CACHE_HOME: undefined };
    const { code, stderr } = await runClipbook([...args, "--no-overview"], {
      cwd: folder,
      env,
      timeout: 60_000,
    });
    expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
  });

  it("is plain enough for an old Node to read its message", () => {
    const text = readFileSync(join(import.meta.dirname, "../../bin/clipbook.js"), "utf8");
    // Syntax later than dynamic import would be a syntax error there, before the message.
    expect(text).not.toMatch(/\?\.|\?\?|\bawait\b|^import /m);
    expect(text).toContain("Clipbook needs Node 24 or newer");
  });
});
