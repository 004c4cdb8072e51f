import { describe, expect, it } from "vitest";
import { runScript } from "../runScript.ts";

const start = 'import { requireEnd } from "./src/cli/requireEnd.ts";';

describe("requireEnd", () => {
  it("says that the process stopped, and lets it end with exit code 2, where nothing can end the work", async () => {
    expect(await runScript(`${start} void requireEnd(new Promise(() => undefined));`)).toEqual({
      code: 2,
      stdout: "",
      stderr: "error: this is a fault of Clipbook, please report it: it stopped in the middle of its work\n",
    });
  });

  it("says nothing after work that was done, or that failed", async () => {
    const done = `${start} await requireEnd(new Promise((resolve) => setTimeout(resolve, 20)));`;
    expect(await runScript(done)).toEqual({ code: 0, stdout: "", stderr: "" });
    const failed = `${start} await requireEnd(Promise.reject(1)).catch(() => { process.exitCode = 1; });`;
    expect(await runScript(failed)).toEqual({ code: 1, stdout: "", stderr: "" });
  });
});
