import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { describe, expect, it, onTestFinished } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { parseQueueAddress } from "../../src/queue/queueAddress.ts";
import { makeCopies } from "../kill/makePictures.ts";
import { startWorkers } from "../queue/startWorkers.ts";
import { maybeRedis } from "../queue/testRedis.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { expectAccessible, useChromium } from "./chromium.ts";

const password = "s3cret-of-the-queue";
const hostileName = "1@<img src=x onerror=alert(1)>\u202egro.elpmaxe";

describe("adding images through a queue", () => {
  const openTab = useChromium();

  /** A served study whose jobs go through a Redis with a password, and pictures for them. */
  async function serve(pictures: number) {
    const redis = await maybeRedis(["--requirepass", password]);
    if (redis === undefined) return undefined;
    const folder = temporaryFolder();
    copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
    await makeCopies(join(folder, "pictures"), pictures);
    writeFileSync(join(folder, "pictures", "bad.jpg"), "<html>");
    const address = redis.address.replace("//", `//:${password}@`);
    const queue = {
      address: parseQueueAddress(address),
      roots: [{ name: "archive", place: folder }],
      localWorker: { model: "" },
      jobSize: 16,
    };
    const served = await serveStudy(folder, { queue });
    onTestFinished(async () => {
      await served.close();
      expect(served.faults).toEqual([]);
    });
    const { page, faults, close } = await openTab(`${served.address}/indexing`);
    onTestFinished(close);
    const start = async () => {
      await page.getByLabel("Pictures").fill(join(folder, "pictures"));
      await page.getByLabel("Model", { exact: true }).selectOption("demo");
      await page.getByRole("button", { name: "Start" }).click();
    };
    const workerArgs = ["--queue", address, "--root", `archive=${folder}`, "--threads", "1"];
    return { redis, address, served, page, faults, start, workerArgs };
  }

  it("shows who works and how fast, as text, and how one more is started, without the password", async () => {
    const all = 1_000;
    const opened = await serve(all);
    if (opened === undefined) return;
    const { redis, address, served, page, faults, start, workerArgs } = opened;
    const { indexing } = served.context;
    const command =
      `export CLIPBOOK_QUEUE='redis://:PASSWORD@127.0.0.1:${redis.port}/0'\n` +
      "clipbook worker --queue env --root archive=FOLDER";
    const box = page.getByLabel("Command that starts a worker");
    await page.getByText("Start a further worker").click();
    expect(await box.inputValue()).toBe(command);
    await page.getByText("this machine works, too").waitFor();
    await expectAccessible(page);
    startWorkers(1, workerArgs);
    await start();
    const table = page.getByRole("table", { name: "Workers" });
    await table.waitFor();
    await expect.poll(() => table.getByRole("row").count()).toBe(1 + 2 + 1);
    await table.getByRole("rowheader", { name: "(this app’s own)" }).waitFor();
    await expect.poll(() => indexing.state().progress.embedded).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByRole("heading", { level: 2, name: "Paused" }).waitFor();
    // The table's numbers are those that the server tells.
    const { workers = [] } = indexing.state().queue ?? {};
    for (const { name, embedded } of workers) {
      const row = table.getByRole("row").filter({ hasText: name });
      await expect
        .poll(() => row.getByRole("cell").nth(1).textContent())
        .toBe(embedded.toLocaleString("en-US"));
    }
    await joinAsHostile(address);
    await table.getByText(hostileName).waitFor();
    await page.getByText("What happened on the queue").click();
    // Without the mark that turns the direction, the words behind the name stay what they are.
    await page.getByText(`worker ${hostileName.replace("\u202e", "")} has joined`).waitFor();
    await page.getByText("Start a further worker").click();
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectAccessible(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(await page.content()).not.toContain(password);
    expect(JSON.stringify(indexing.state())).not.toContain(password);
    await page.getByRole("button", { name: "Resume" }).click();
    await page.getByRole("heading", { level: 2, name: "Run 1 is ready" }).waitFor();
    await page.getByText("2 workers embedded them").click();
    const shares = await page.locator(".worker-shares li").allTextContents();
    const counts = shares.map((text) => Number(/: ([\d,]+)/.exec(text)?.[1]?.replace(",", "")));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all);
    expect(faults).toEqual([]);
  });

  it("says that Redis cannot be reached, and that it is there again", async () => {
    const opened = await serve(600);
    if (opened === undefined) return;
    const { redis, page, faults, start } = opened;
    await start();
    await page.getByRole("table", { name: "Workers" }).waitFor();
    await redis.kill();
    const trouble = page
      .getByRole("status")
      .filter({ hasText: /^Redis cannot be reached .*: waiting for it\.$/ });
    await trouble.waitFor();
    expect(await page.getByText(/images per second ·/).count()).toBe(0);
    await redis.restart();
    await expect.poll(() => trouble.count(), { timeout: 10_000 }).toBe(0);
    expect(faults).toEqual([]);
  });
});

/** What anybody can do who reaches the queue: gives a sign of life under a name that is none. */
async function joinAsHostile(address: string): Promise<void> {
  const redis = new Redis(address);
  const [session] = await redis.hkeys("clipbook:sessions");
  const beat = {
    id: "hostile",
    name: hostileName,
    isLocal: false,
    beat: 1,
    embedded: 0,
    failed: 0,
    reference: "",
  };
  await redis.hset(`clipbook:workers:${session}`, "hostile", JSON.stringify(beat));
  redis.disconnect();
}
