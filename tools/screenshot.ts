import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import sharp from "sharp";
import { build } from "./build.ts";

// Draws docs/overview.png: the overview page of the demo as a browser shows it. Needs an installed Chromium.
const root = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(tmpdir(), "clipbook-screenshot-"));
try {
  await build();
  const demo = [join(root, "bin/clipbook.js"), "demo", join(folder, "demo"), "--json"];
  const { overview } = JSON.parse(execFileSync(process.execPath, demo, { encoding: "utf8" })) as {
    overview: string;
  };
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1500 }, deviceScaleFactor: 1 });
  await page.goto(pathToFileURL(overview).href);
  const png = await page.screenshot();
  await browser.close();
  await sharp(png).png({ palette: true, quality: 90, effort: 10 }).toFile(join(root, "docs/overview.png"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
