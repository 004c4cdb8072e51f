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
  const demo = [join(root, "bin/clipbook.js"), "demo", "demo", "--json"];
  const { overview } = JSON.parse(
    execFileSync(process.execPath, demo, { cwd: folder, encoding: "utf8" }),
  ) as {
    overview: string;
  };
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  const page = await browser.newPage({ viewport: { width: 1180, height: 1180 }, colorScheme: "light" });
  await page.goto(pathToFileURL(join(folder, overview)).href);
  const top = await page.screenshot();
  const gallery = page.getByRole("heading", { name: "Individual Contact" });
  await gallery.evaluate((heading) =>
    window.scrollTo(0, heading.getBoundingClientRect().top + window.scrollY - 24),
  );
  const below = await page.screenshot();
  await browser.close();
  // The page's head and one of its galleries side by side, as small as a picture in a README has to be.
  await sharp({ create: { width: 2384, height: 1180, channels: 3, background: "#8a8a8a" } })
    .composite([
      { input: top, left: 0, top: 0 },
      { input: below, left: 1204, top: 0 },
    ])
    .png({ palette: true, quality: 85, effort: 10 })
    .toFile(join(root, "docs/overview.png"));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
