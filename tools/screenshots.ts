import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import sharp from "sharp";
import { build } from "./build.ts";

// Draws the pictures of the README and of docs/validating-a-classification.md from the demo, as a browser shows it: docs/overview.png,
// docs/app-*.png and docs/validation-report.png. Needs an installed Chromium.
const root = join(import.meta.dirname, "..");
const program = join(root, "bin/clipbook.js");

/** As small as a picture in a README has to be. */
const small = { palette: true, quality: 85, effort: 10 } as const;

const folder = mkdtempSync(join(tmpdir(), "clipbook-screenshots-"));
try {
  await build();
  const demo = [program, "demo", "demo", "--json"];
  const { overview } = JSON.parse(
    execFileSync(process.execPath, demo, { cwd: folder, encoding: "utf8" }),
  ) as { overview: string };
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    await drawOverviewPage(browser, join(folder, overview));
    await drawApp(browser);
    execFileSync(process.execPath, [program, "demo", "validated", "--validate", "--json"], { cwd: folder });
    await drawValidation(browser);
  } finally {
    await browser.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The page's head and one of its galleries side by side. */
async function drawOverviewPage(browser: Browser, path: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1180, height: 1180 }, colorScheme: "light" });
  await page.goto(pathToFileURL(path).href);
  const top = await page.screenshot();
  const gallery = page.getByRole("heading", { name: "Individual Contact" });
  await gallery.evaluate((heading) =>
    window.scrollTo(0, heading.getBoundingClientRect().top + window.scrollY - 24),
  );
  const below = await page.screenshot();
  await sharp({ create: { width: 2384, height: 1180, channels: 3, background: "#8a8a8a" } })
    .composite([
      { input: top, left: 0, top: 0 },
      { input: below, left: 1204, top: 0 },
    ])
    .png(small)
    .toFile(join(root, "docs/overview.png"));
}

/** The app's overview, and the codebook with an edit that moves images. */
async function drawApp(browser: Browser): Promise<void> {
  const { address, end } = await serve("demo");
  try {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: "light",
      locale: "en-US",
    });
    const page = await context.newPage();
    await page.goto(address);
    await page.waitForLoadState("networkidle");
    await sharp(await page.screenshot())
      .png(small)
      .toFile(join(root, "docs/app-overview.png"));
    await page.goto(new URL("/codebook", address).href);
    const phrase = page.getByRole("textbox", { name: "Phrase 2 of Campaign Material", exact: true });
    await phrase.fill("A sign with text.");
    await page.locator(".effect .move").first().click();
    await page.waitForLoadState("networkidle");
    await sharp(await page.screenshot())
      .png(small)
      .toFile(join(root, "docs/app-codebook.png"));
  } finally {
    await end();
  }
}

/** The worked example: what a coder sees, the results, and two sections of the page. */
async function drawValidation(browser: Browser): Promise<void> {
  const coder = [
    program,
    "sample",
    "--study",
    "validated",
    "--name",
    "reliability",
    "--coders",
    "Eva",
    "--json",
  ];
  const { sample } = JSON.parse(execFileSync(process.execPath, coder, { cwd: folder, encoding: "utf8" })) as {
    sample: { coders: readonly { coder: string; link: string }[] };
  };
  const link = sample.coders.find((one) => one.coder === "Eva")?.link;
  const { address, end } = await serve("validated");
  try {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      colorScheme: "light",
      locale: "en-US",
    });
    const page = await context.newPage();
    const draw = async (name: string) => {
      await page.waitForLoadState("networkidle");
      await sharp(await page.screenshot())
        .png(small)
        .toFile(join(root, "docs", name));
    };
    const toTop = (name: string) =>
      page
        .getByRole("heading", { name, exact: true })
        .evaluate((heading) => window.scrollTo(0, heading.getBoundingClientRect().top + window.scrollY - 24));
    await page.goto(new URL(`/code/${link}`, address).href);
    await page.getByRole("button", { name: "Campaign Material" }).waitFor();
    await draw("app-coding.png");
    await page.goto(new URL(`/results${new URL(address).hash}`, address).href);
    await page.getByRole("button", { name: /^Open the results/ }).click();
    await toTop("What share does each category have?");
    await draw("app-results.png");
    await page.goto(pathToFileURL(join(folder, "validated/validation.html")).href);
    await toTop("What is taken for what?");
    await draw("validation-report.png");
  } finally {
    await end();
  }
}

/** Starts the app; its address, once it is printed. */
async function serve(study: string) {
  const child = spawn(process.execPath, [program, "serve", "--study", study, "--no-open"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  child.stdout.setEncoding("utf8");
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (text: string) => resolve(text.trim()));
    child.once("exit", (code) => reject(new Error(`clipbook serve ended with ${code}`)));
  });
  const end = () =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGINT");
    });
  return { address, end };
}
