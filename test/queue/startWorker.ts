import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { startClipbook, waitFor } from "../cli/runClipbook.ts";

/** `clipbook worker` in a process of its own that ends with the test. */
export function startWorker(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = startClipbook(["worker", ...args], { env });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  return {
    child,
    ended: waitFor(child),
    said: () => said,
    /** Waits for what it says on stderr. */
    until: async (text: string) => {
      for (let i = 0; !said.includes(text); i++) {
        if (i > 600 || child.exitCode !== null) throw new Error(`it never said "${text}", but:\n${said}`);
        await wait(50);
      }
    },
  };
}
