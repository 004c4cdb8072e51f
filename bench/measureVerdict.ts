// How long a verdict takes until the next picture is on the screen, in Chromium on a served study:
//   node bench/measureVerdict.ts [--study DIR] [--verdicts COUNT] [--pause MS]
// Without a study it draws one. The verdicts stay in the study, under a reviewer's name of their own.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { chromium, type Page } from "playwright-core";
import { median } from "./median.ts";
import { addressAndToken } from "./serveProcess.ts";

const launcher = join(import.meta.dirname, "../bin/clipbook.js");

/** One verdict, in milliseconds from the key. */
interface Step {
  /** Until the next picture is in its place. */
  readonly inPlaceMs: number;
  /** Until the browser has painted it. */
  readonly paintedMs: number;
}

const { values } = parseArgs({
  options: {
    study: { type: "string" },
    verdicts: { type: "string", default: "60" },
    pause: { type: "string", default: "300" },
  },
});
const own = values.study === undefined ? mkdtempSync(join(tmpdir(), "clipbook-verdict-")) : undefined;
const study = values.study ?? join(own as string, "study");
if (own !== undefined) {
  process.stderr.write("drawing a study of 420 pictures\n");
  execFileSync(process.execPath, [launcher, "demo", study], { stdio: "ignore" });
}
const server = spawn(process.execPath, [launcher, "serve", "--study", study, "--no-open", "--json"], {
  stdio: ["ignore", "pipe", "inherit"],
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic"],
});
try {
  const { address, token } = addressAndToken(await addressOf(server.stdout));
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.goto(`${address}/review?kind=random&n=1000&seed=1#token=${token}`);
  await page.getByLabel("Your name").fill(`measured ${new Date().toISOString()}`);
  await page.keyboard.press("Enter");
  await page.locator(".stage img.now").waitFor();
  const steps: Step[] = [];
  for (let at = 0; at < Number(values.verdicts); at++) {
    await page.waitForTimeout(Number(values.pause));
    if ((await page.locator(".done").count()) > 0) break;
    steps.push(await judge(page));
  }
  report(steps);
} finally {
  await browser.close();
  server.kill();
  if (own !== undefined) rmSync(own, { recursive: true });
}

async function addressOf(stdout: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: stdout }))
    return (JSON.parse(line) as { address: string }).address;
  throw new Error("the server did not tell its address");
}

function judge(page: Page): Promise<Step> {
  return page.evaluate(
    () =>
      new Promise<Step>((resolve) => {
        const stage = document.querySelector(".desk") as Element;
        const shown = () => document.querySelector<HTMLImageElement>(".stage img.now")?.src;
        const before = shown();
        const pressed = performance.now();
        const observer = new MutationObserver(() => {
          if (shown() === before) return;
          observer.disconnect();
          const inPlaceMs = performance.now() - pressed;
          // The frame's callbacks come before it is painted, a new task after that.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve({ inPlaceMs, paintedMs: performance.now() - pressed });
            port2.postMessage(undefined);
          });
        });
        observer.observe(stage, { subtree: true, childList: true, attributes: true });
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "r", bubbles: true }));
      }),
  );
}

function report(steps: readonly Step[]): void {
  for (const [what, times] of [
    ["next picture in its place", steps.map(({ inPlaceMs }) => inPlaceMs)],
    ["next picture painted", steps.map(({ paintedMs }) => paintedMs)],
  ] as const) {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number) => (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(1);
    process.stdout.write(
      `${what}: median ${median(times).toFixed(1)} ms, 95% within ${at(0.95)} ms, longest ${at(1)} ms, ${times.length} verdicts\n`,
    );
  }
}
