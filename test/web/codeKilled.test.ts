import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { addCoder } from "../../src/pipeline/samples/addCoder.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import type { Run } from "../../src/store/runStore.ts";
import { startClipbook } from "../cli/runClipbook.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { learnToken } from "../server/askApp.ts";
import { useChromium } from "./chromium.ts";
import { untilCoded, untilImage } from "./codingStudy.ts";
import { makeDemoStudy } from "./demoStudy.ts";

describe("codings and a server that is killed", () => {
  const openTab = useChromium();
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-killed-"));
    await makeDemoStudy(folder, 42);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A new sample, a coder's link, and what is stored of it, while no server runs. */
  function newSample(name: string) {
    const study = openStudy(folder);
    const run = study.runs.maybeNewest() as Run;
    const sample = plainSample(study, run, { name, perCategory: 2 });
    const addedAt = "2026-05-02T10:00:00.000Z";
    const { link } = addCoder(study, sample, { coder: "Anna", role: "coder", addedAt });
    const categories = run.codebook.categories.map((category) => category.name);
    study.close();
    const stored = () => {
      const after = openStudy(folder);
      const rows = after.codings.history(sample.id).map(({ answer, value }) => value ?? answer);
      after.close();
      return rows;
    };
    return { link, categories, stored };
  }

  it("are all there: those before, those that were given meanwhile, and those after, also beyond a reload", async () => {
    const { link, categories, stored } = newSample("killed");
    const [a, b, c] = categories;
    let server = await startServing(folder, undefined);
    const { page, close } = await openTab(`${server.address}code/${link}`, { mayFail: true });
    for (const number of [1, 2, 3]) {
      await untilImage(page, number);
      await page.keyboard.press("1");
      await untilCoded(page, number);
    }
    await untilImage(page, 4);
    await kill(server.child);
    // The next pictures are here already: the coder goes on.
    await page.keyboard.press("2");
    const alert = page.getByRole("alert");
    await alert.filter({ hasText: "An answer is not saved yet: the server does not answer." }).waitFor();
    await untilImage(page, 5);
    await page.keyboard.press("3");
    await alert.filter({ hasText: "2 answers are not saved yet" }).waitFor();
    await page.locator(".saved").filter({ hasText: "2 not saved yet" }).waitFor();
    // The browser is closed over it, too: another tab of it finds what was not sent.
    const context = page.context();
    await page.close();
    server = await startServing(folder, server.port);
    const next = await context.newPage();
    await next.goto(`${server.address}code/${link}`);
    await untilCoded(next, 5);
    await untilImage(next, 6);
    // Killed once more, it is found again by the page itself.
    await kill(server.child);
    await next.keyboard.press("1");
    await next.getByRole("alert").filter({ hasText: "An answer is not saved yet" }).waitFor();
    server = await startServing(folder, server.port);
    await untilCoded(next, 6);
    await expect.poll(() => next.getByRole("alert").count()).toBe(0);
    await untilImage(next, 7);
    await next.keyboard.press("x");
    await untilCoded(next, 7);
    await kill(server.child);
    expect(stored().toSorted()).toEqual([a, a, a, b, c, a, "uncodable"].toSorted());
    await close();
  });

  it("that were stored although no answer came are not stored twice, and are no clash", async () => {
    const { link, categories, stored } = newSample("lost answer");
    const server = await startServing(folder, undefined);
    const { page, close } = await openTab(`${server.address}code/${link}`, { mayFail: true });
    await untilImage(page, 1);
    await page.route(
      "**/codings",
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await page.keyboard.press("1");
    await page.getByRole("alert").waitFor();
    await page.getByRole("button", { name: "Try now" }).click();
    await untilCoded(page, 1);
    await untilImage(page, 2);
    await kill(server.child);
    expect(stored()).toEqual([categories[0]]);
    await close();
  });

  it("reach a study that is open beyond this machine by the link alone, which opens nothing else", async () => {
    const { link, categories, stored } = newSample("without a token");
    const server = await startServing(folder, undefined, ["--host", "0.0.0.0"]);
    const address = `http://127.0.0.1:${server.port}`;
    const { page, faults, close } = await openTab(`${address}/code/${link}`);
    await untilImage(page, 1);
    await page.keyboard.press("1");
    await untilCoded(page, 1);
    expect(faults).toEqual([]);
    for (const path of ["/api/study", "/api/samples/1/coders", "/api/images/1/large?unit=1"]) {
      expect([path, (await page.request.get(`${address}${path}`)).status()]).toEqual([path, 403]);
    }
    await kill(server.child);
    expect(stored()).toEqual([categories[0]]);
    await close();
  });

  it("wait for pictures that cannot be had, and call missing files uncodable at most", async () => {
    const { link, stored } = newSample("no pictures");
    const server = await startServing(folder, undefined);
    const images = join(folder, "images");
    renameSync(images, `${images}-away`);
    onTestFinished(() => renameSync(`${images}-away`, images));
    const { page, close } = await openTab(`${server.address}code/${link}`, { mayFail: true });
    await page.getByText("This picture cannot be shown.").waitFor();
    await page.locator(".answers .uncodable[aria-disabled=false]").waitFor();
    for (const key of ["1", "u"]) await page.keyboard.press(key);
    await page.keyboard.press("x");
    await untilCoded(page, 1);
    await kill(server.child);
    expect(stored()).toEqual(["uncodable"]);
    await close();
  });
});

async function kill(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function startServing(folder: string, port: number | undefined, more: readonly string[] = []) {
  const args = ["serve", "--study", folder, "--no-open", "--json", ...more];
  const child: ChildProcess = startClipbook(port === undefined ? args : [...args, "--port", String(port)]);
  onTestFinished(() => void child.kill("SIGKILL"));
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const { address } = JSON.parse(line) as { address: string };
    return { child, address: learnToken(address), port: Number(new URL(address).port) };
  }
  throw new Error("the server ended before it told its address");
}
