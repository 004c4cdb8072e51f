import { describe, expect, it } from "vitest";
import { runScript } from "../runScript.ts";

const start = `import { requireEnd } from "./src/cli/requireEnd.ts";
  const onStopped = () => { console.error("stopped"); process.exitCode = 2; };`;

describe("requireEnd", () => {
  it("tells where the process ends although the work has not", async () => {
    const script = `${start} void requireEnd(new Promise(() => undefined), onStopped);`;
    expect(await runScript(script)).toEqual({ code: 2, stdout: "", stderr: "stopped\n" });
  });

  it("says nothing after work that was done, or that failed", async () => {
    const done = `${start} await requireEnd(new Promise((resolve) => setTimeout(resolve, 20)), onStopped);`;
    expect(await runScript(done)).toEqual({ code: 0, stdout: "", stderr: "" });
    const failed = `${start} await requireEnd(Promise.reject(1), onStopped).catch(() => { process.exitCode = 1; });`;
    expect(await runScript(failed)).toEqual({ code: 1, stdout: "", stderr: "" });
  });
});
