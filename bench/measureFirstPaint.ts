import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { drawPictures } from "../demo/drawPictures.ts";
import { UserError } from "../src/errors.ts";
import { tokenHeader } from "../src/server/accessKeys.ts";
import { makeKnownStudy } from "./knownStudy.ts";
import { prepareEdits } from "./measureEdit.ts";
import { median } from "./median.ts";
import { listPictures } from "./pictureSet.ts";
import { addressAndToken } from "./serveProcess.ts";

/** What one opening of the app took, in milliseconds; the page's times begin when the browser is told the address. */
export interface FirstPaint {
  /** `GET /api/study`, `/api/runs/1` and its first page of units, one after the other, by a server that has just started. */
  readonly studyMs: number;
  readonly runMs: number;
  readonly unitsMs: number;
  /** The browser's own first contentful paint. */
  readonly firstPaintMs: number;
  /** Until every category's count is painted. */
  readonly countsMs: number;
  /** Until the first thumbnail is painted, and until all in sight are. */
  readonly firstThumbnailMs: number;
  readonly allThumbnailsMs: number;
}

const usage =
  "node bench/measureFirstPaint.ts [--count 100000] [--repetitions 5] [--study DIR] [--chromium PATH]\n" +
  "  opens a study of so many random embeddings in the app, or the one in DIR; build Clipbook first";

/**
 * Opens a study in the app again and again, each time with a new server and an empty browser, and measures how soon something is to
 * be seen. The first time no thumbnail has been made yet, unless the study was open before.
 */
export async function measureFirstPaint(
  study: string,
  repetitions: number,
  executablePath: string,
): Promise<readonly FirstPaint[]> {
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-quic", "--disable-gpu"],
  });
  const paints: FirstPaint[] = [];
  try {
    for (let i = 0; i < repetitions; i++) {
      const api = await withServer(study, measureApi);
      paints.push({ ...api, ...(await withServer(study, (address) => measurePage(browser, address))) });
    }
  } finally {
    await browser.close();
  }
  return paints;
}

/** A server of its own for each measurement: nothing of the study is in its memory. */
async function withServer<To>(study: string, work: (address: string) => Promise<To>): Promise<To> {
  const program = join(import.meta.dirname, "../bin/clipbook.js");
  const server = spawn(process.execPath, [program, "serve", "--study", study, "--no-open", "--json"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    for await (const line of createInterface(server.stdout)) {
      return await work((JSON.parse(line) as { address: string }).address);
    }
    throw new UserError("clipbook serve ended before it told its address", {
      hint: `clipbook serve --study ${study} says why`,
    });
  } finally {
    server.kill("SIGINT");
  }
}

async function measureApi(whole: string): Promise<Pick<FirstPaint, "studyMs" | "runMs" | "unitsMs">> {
  const { address, token } = addressAndToken(whole);
  const timed = async (path: string) => {
    const startedMs = performance.now();
    const response = await fetch(`${address}/api${path}`, { headers: { [tokenHeader]: token } });
    await response.arrayBuffer();
    if (!response.ok) throw new UserError(`${path} was answered with ${response.status}`);
    return performance.now() - startedMs;
  };
  // The first request also opens the connection.
  const studyMs = await timed("/study");
  const runMs = await timed("/runs/1");
  return { studyMs, runMs, unitsMs: await timed("/runs/1/units?from=0&limit=100") };
}

async function measurePage(
  browser: Browser,
  address: string,
): Promise<Omit<FirstPaint, "studyMs" | "runMs" | "unitsMs">> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(noteFirstTimes);
    await page.goto(address);
    await page.waitForFunction(() => "allThumbnails" in (window as unknown as { noted: object }).noted);
    return await page.evaluate(() => {
      const { noted } = window as unknown as { noted: Record<string, number> };
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      return {
        firstPaintMs: paint?.startTime as number,
        countsMs: noted.counts as number,
        firstThumbnailMs: noted.firstThumbnail as number,
        allThumbnailsMs: noted.allThumbnails as number,
      };
    });
  } finally {
    await context.close();
  }
}

/** Runs in the page: notes, picture by picture of the screen, when something is there for the first time. */
function noteFirstTimes(): void {
  const noted: Record<string, number> = {};
  Object.assign(window, { noted });
  const isInSight = (element: Element) => element.getBoundingClientRect().top < innerHeight;
  const conditions: Record<string, () => boolean> = {
    counts: () => document.querySelector(".category-list .numbers") !== null,
    firstThumbnail: () => document.querySelector(".image-grid img.here") !== null,
    allThumbnails: () => {
      const cells = [...document.querySelectorAll(".image-grid .cell")].filter(isInSight);
      return cells.length > 0 && cells.every((cell) => cell.querySelector("img.here") !== null);
    },
  };
  const look = () => {
    for (const [name, isThere] of Object.entries(conditions)) {
      // What is there when a picture of the screen begins is painted in it.
      if (!(name in noted) && isThere()) noted[name] = performance.now();
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** A study whose pictures are known by random embeddings, classified once by the benchmark's codebook. */
async function makeStudy(work: string, count: number): Promise<string> {
  const drawn = join(work, "drawn");
  await drawPictures(drawn, { count: 42 });
  const pictures = await listPictures(drawn);
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const { folder, study } = await makeKnownStudy({ options: { model: "demo" }, work, pictures, tell }, count);
  await prepareEdits(folder, study, "demo", join(import.meta.dirname, "codebook.json"));
  return study;
}

/** The figures as lines: of each the first time, and the median of the later ones. */
function figures(paints: readonly FirstPaint[]): string {
  const titles: Readonly<Record<keyof FirstPaint, string>> = {
    studyMs: "GET /api/study",
    runMs: "GET /api/runs/1",
    unitsMs: "GET /api/runs/1/units, the first 100",
    firstPaintMs: "first contentful paint",
    countsMs: "all categories' counts",
    firstThumbnailMs: "first thumbnail",
    allThumbnailsMs: "all thumbnails in sight",
  };
  const [first, ...others] = paints;
  return (Object.keys(titles) as (keyof FirstPaint)[])
    .map((key) => {
      const again = others.length > 0 ? median(others.map((paint) => paint[key])) : undefined;
      const shown = (ms: number | undefined) => (ms === undefined ? "" : `${Math.round(ms)} ms`).padStart(10);
      return `${titles[key].padEnd(40)}${shown(first?.[key])}${shown(again)}`;
    })
    .join("\n");
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "100000" },
      repetitions: { type: "string", default: "5" },
      study: { type: "string" },
      chromium: { type: "string", default: process.env.CHROMIUM ?? "/usr/bin/chromium" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) process.stdout.write(`${usage}\n`);
  else {
    const work = mkdtempSync(join(tmpdir(), "clipbook-first-paint-"));
    try {
      const study = values.study ?? (await makeStudy(work, Number(values.count)));
      const paints = await measureFirstPaint(study, Number(values.repetitions), values.chromium);
      const heading = `${"".padEnd(40)}${"first".padStart(10)}${"later".padStart(10)}`;
      process.stdout.write(`${heading}\n${figures(paints)}\n`);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  }
}
