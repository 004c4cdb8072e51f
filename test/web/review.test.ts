import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { drawReviewQueue } from "../../src/pipeline/reviews/reviewQueue.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { startClipbook } from "../cli/runClipbook.ts";
import { type PlainRunSpec, plainRun } from "../pipeline/plainRun.ts";
import { learnToken, wholeAddress } from "../server/askApp.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { expectAccessible, useChromium } from "./chromium.ts";

// The pictures of these runs were never there: the screen says so, and everything else is as with pictures.
const mayFail = true;
const names = ["Trees", "Houses", "People"];
const queue = { kind: "random", n: 4, seed: 1 } as const;
const address = "/review?kind=random&n=4&seed=1";

/** A served study whose run has no pictures. */
async function serve(spec: PlainRunSpec = { sizes: [40, 40, 40], names }) {
  const { folder, study, run } = plainRun(spec);
  study.close();
  const served = await serveStudy(folder);
  onTestFinished(served.close);
  return {
    address: served.address,
    run,
    positions: drawReviewQueue(served.context.study, run, queue),
    study: served.context.study,
    /** What was said of each picture, in the order in which it was written. */
    verdicts: () =>
      [...served.context.study.reviews.judged(run.id, { history: true })].map(
        ({ position, reviewer, verdict, correctCategory, note }) => ({
          position,
          reviewer,
          verdict,
          ...(correctCategory !== undefined && { correctCategory }),
          ...(note !== "" && { note }),
        }),
      ),
  };
}

/** Waits until the progress line says so many: the verdict before is saved then, and the next picture is there. */
async function untilDone(page: Page, text: string): Promise<void> {
  await page.locator(".review-top .count").filter({ hasText: text }).waitFor();
  // A key that comes before the next picture is seen says nothing.
  await page.locator(".verdict-buttons .right:not([aria-disabled]), .done").waitFor();
}

async function begin(page: Page, name = "Anna"): Promise<void> {
  await page.locator("input[name=name]:focus").waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
  await page.locator(".desk .missing").waitFor();
}

async function press(page: Page, keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const categoryOf = (page: Page) => page.locator(".prediction .category").textContent();

describe("the review, by keyboard alone", () => {
  const openTab = useChromium();

  it("goes from the name to the result, with all that can be said of a picture", async () => {
    const { address: server, run, positions, verdicts, study } = await serve();
    const { page, faults, close } = await openTab(`${server}/review?n=4`, { mayFail });
    await begin(page);
    expect(new URL(page.url()).search).toBe("?kind=random&n=4&seed=1&run=1");
    await untilDone(page, "0 of 12");
    await page.keyboard.press("r");
    await untilDone(page, "1 of 12");
    // The correct category by its number: the first that is not the predicted one.
    const key = (await categoryOf(page)) === "Trees" ? 2 : 1;
    await press(page, ["w", String(key)]);
    await untilDone(page, "2 of 12");
    await press(page, ["w", "Enter"]);
    await untilDone(page, "3 of 12");
    await press(page, ["w", "w"]);
    await untilDone(page, "4 of 12");
    await press(page, ["w", "Escape", "u"]);
    await untilDone(page, "5 of 12");
    await page.keyboard.press("s");
    await untilDone(page, "5 of 12 · 1 skipped");
    // The letters of a note are no commands.
    await page.keyboard.press("n");
    await page.keyboard.type("rws: a face?");
    await press(page, ["Enter", "r"]);
    await untilDone(page, "6 of 12");
    await page.keyboard.press("Backspace");
    await untilDone(page, "5 of 12");
    expect(await page.getByLabel("Note", { exact: true }).inputValue()).toBe("rws: a face?");
    await page.keyboard.press("u");
    await untilDone(page, "6 of 12");
    for (const count of [7, 8, 9, 10, 11]) {
      await page.keyboard.press("r");
      await untilDone(page, `${count} of 12`);
    }
    await page.getByRole("heading", { name: "Through, with 1 skipped" }).waitFor();
    await page.keyboard.press("s");
    await page.locator(".desk .missing").waitFor();
    await page.keyboard.press("r");
    await page.getByRole("heading", { name: "Done: all 12 are judged" }).waitFor();
    const at = (index: number) => ({ position: positions[index], reviewer: "Anna" });
    expect(verdicts()).toEqual([
      { ...at(0), verdict: "right" },
      { ...at(1), verdict: "wrong", correctCategory: names[key - 1] },
      { ...at(2), verdict: "wrong" },
      { ...at(3), verdict: "wrong" },
      { ...at(4), verdict: "unsure" },
      { ...at(5), verdict: "skipped" },
      { ...at(6), verdict: "right", note: "rws: a face?" },
      { ...at(6), verdict: "withdrawn", note: "rws: a face?" },
      { ...at(6), verdict: "unsure", note: "rws: a face?" },
      ...[7, 8, 9, 10, 11, 5].map((index) => ({ ...at(index), verdict: "right" })),
    ]);
    await page
      .getByText(/^About \d+% right, \d+ to \d+, from 10 of 120 images; .*Not counted: 2 unsure\.$/)
      .waitFor();
    const wrong = page.locator(".wrong-gallery li");
    expect(await wrong.count()).toBe(3);
    expect(await wrong.first().textContent()).toContain(`→ ${names[key - 1]}`);
    expect(await wrong.first().getByRole("link").getAttribute("href")).toBe(`/?open=${positions[1]}&run=1`);
    // More of each: the queue goes on behind the judged ones.
    await page.getByRole("button", { name: "12 more of each category" }).press("Enter");
    await untilDone(page, "12 of 48");
    const raised = drawReviewQueue(study, run, { ...queue, n: 16 });
    const [next] = study.reviews.units(run.id, raised.slice(12));
    expect(await categoryOf(page)).toBe(names[next?.category as number]);
    expect(faults).toEqual([]);
    await close();
  });

  it("takes no commands with Ctrl or while a key is held down, and shows its keys", async () => {
    const { address: server, verdicts } = await serve();
    const { page, close } = await openTab(`${server}${address}`, { mayFail });
    await begin(page);
    await untilDone(page, "0 of 12");
    await press(page, ["Control+u", "Alt+u", "Meta+u"]);
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keys" });
    await dialog.waitFor();
    await expectAccessible(page);
    await press(page, ["u", "Escape"]);
    await dialog.waitFor({ state: "hidden" });
    await page.keyboard.down("u");
    for (let i = 0; i < 5; i++) await page.keyboard.down("u");
    await page.keyboard.up("u");
    await untilDone(page, "1 of 12");
    expect(verdicts()).toHaveLength(1);
    await close();
  });

  it("asks for the name once, and the address is enough to go on after a reload", async () => {
    const { address: server, positions, verdicts } = await serve();
    const { page, close } = await openTab(`${server}${address}`, { mayFail });
    await begin(page, "  Zoe\u0308 ");
    for (const count of [1, 2, 3]) {
      await page.keyboard.press("r");
      await untilDone(page, `${count} of 12`);
    }
    const result = page.locator(".sentence").filter({ hasText: "from 3 of 120 images" });
    const shown = async () => [await page.locator(".prediction").textContent(), await result.textContent()];
    const before = await shown();
    await page.reload();
    await untilDone(page, "3 of 12");
    expect(await shown()).toEqual(before);
    // What was done before the reload can be undone.
    await page.keyboard.press("z");
    await untilDone(page, "2 of 12");
    await page.keyboard.press("u");
    await untilDone(page, "3 of 12");
    expect(verdicts().map(({ position, reviewer, verdict }) => [position, reviewer, verdict])).toEqual([
      [positions[0], "Zo\u00eb", "right"],
      [positions[1], "Zo\u00eb", "right"],
      [positions[2], "Zo\u00eb", "right"],
      [positions[2], "Zo\u00eb", "withdrawn"],
      [positions[2], "Zo\u00eb", "unsure"],
    ]);
    await close();
  });

  it("loses no note, whatever is pressed or reloaded", async () => {
    const { address: server, positions, verdicts } = await serve();
    const { page, close } = await openTab(`${server}${address}`, { mayFail });
    await begin(page);
    await page.keyboard.press("n");
    await page.keyboard.type("half of it");
    await page.reload();
    await untilDone(page, "0 of 12");
    const note = page.getByLabel("Note", { exact: true });
    expect(await note.inputValue()).toBe("half of it");
    await press(page, ["n", "End"]);
    await page.keyboard.type(", and more");
    await press(page, ["Escape", "s"]);
    await untilDone(page, "1 skipped");
    expect(await note.inputValue()).toBe("");
    const drafts = () =>
      page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes("note")));
    expect(await drafts()).toEqual([]);
    expect(verdicts()).toEqual([
      { position: positions[0], reviewer: "Anna", verdict: "skipped", note: "half of it, and more" },
    ]);
    await close();
  });
});

describe("verdicts and the server", () => {
  const openTab = useChromium();

  it("outlive a server that is killed between them, and the review goes on when it is back", async () => {
    const { folder, study, run } = plainRun({ sizes: [40, 40, 40], names });
    study.close();
    let server = await startServing(folder, undefined);
    onTestFinished(() => void server.child.kill("SIGKILL"));
    const { page, close } = await openTab(`${server.address}${address.slice(1)}`, { mayFail });
    await begin(page);
    for (const count of [1, 2, 3]) {
      await page.keyboard.press("r");
      await untilDone(page, `${count} of 12`);
    }
    server.child.kill("SIGKILL");
    await once(server.child, "exit");
    const picture = await page.locator(".prediction").textContent();
    await page.keyboard.press("u");
    const alert = page.getByRole("alert");
    await alert.filter({ hasText: "“Unsure” is not saved yet: the server does not answer" }).waitFor();
    // Nothing else happens until it is saved, or given up.
    await press(page, ["r", "z", "s"]);
    expect(await page.locator(".prediction").textContent()).toBe(picture);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Try again" }).waitFor();
    server = await startServing(folder, server.port);
    // Each start has another token: its address is opened once, in any tab.
    const other = await page.context().newPage();
    await other.goto(wholeAddress(server.address));
    await other.getByRole("link", { name: "Overview", exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await untilDone(page, "4 of 12");
    expect(await alert.count()).toBe(0);
    await page.keyboard.press("r");
    await untilDone(page, "5 of 12");
    server.child.kill("SIGKILL");
    await once(server.child, "exit");
    const after = openStudy(folder);
    const kept = after.reviews.newest(run.id).map(({ verdict }) => verdict);
    after.close();
    expect(kept.toSorted()).toEqual(["right", "right", "right", "right", "unsure"]);
    await close();
  });

  it("of a picture whose answer was lost are saved once", async () => {
    const { address: server, verdicts } = await serve();
    const { page, close } = await openTab(`${server}${address}`, { mayFail });
    await begin(page);
    await untilDone(page, "0 of 12");
    let lose = true;
    await page.route("**/review/verdicts", async (route) => {
      if (!lose) return route.continue();
      lose = false;
      await route.fetch();
      await route.abort();
    });
    await page.keyboard.press("r");
    await page.getByRole("alert").filter({ hasText: "“Right” is not saved yet" }).waitFor();
    expect(verdicts()).toHaveLength(1);
    await page.keyboard.press("Enter");
    await untilDone(page, "1 of 12");
    expect(await page.locator(".stage-message").count()).toBe(0);
    expect(verdicts()).toHaveLength(1);
    await close();
  });

  it("that cannot be saved can be given up and chosen anew", async () => {
    const { address: server, verdicts } = await serve();
    const { page, close } = await openTab(`${server}${address}`, { mayFail });
    await begin(page);
    await untilDone(page, "0 of 12");
    await page.route("**/review/verdicts", (route) => route.abort(), { times: 1 });
    await page.keyboard.press("r");
    await page.getByRole("alert").waitFor();
    await press(page, ["Escape", "u"]);
    await untilDone(page, "1 of 12");
    expect(verdicts().map(({ verdict }) => verdict)).toEqual(["unsure"]);
    await close();
  });

  it("of two tabs of one reviewer do not overwrite each other", async () => {
    const { address: server, positions, verdicts } = await serve();
    const first = await openTab(`${server}${address}`, { mayFail });
    const second = await openTab(`${server}${address}`, { mayFail });
    for (const { page } of [first, second]) await begin(page);
    for (const count of [1, 2]) {
      await first.page.keyboard.press("r");
      await untilDone(first.page, `${count} of 12`);
    }
    await second.page.keyboard.press("n");
    await second.page.keyboard.type("seen here");
    await press(second.page, ["Enter", "u"]);
    const message = second.page.locator(".stage-message");
    await message.filter({ hasText: "in another tab: Right. That stands" }).waitFor();
    expect(await message.textContent()).toContain("seen here");
    // It has caught up with the other tab, and goes on with what is open.
    await untilDone(second.page, "2 of 12");
    await second.page.keyboard.press("u");
    await untilDone(second.page, "3 of 12");
    expect(await message.count()).toBe(0);
    expect(verdicts().map(({ position, verdict }) => [position, verdict])).toEqual([
      [positions[0], "right"],
      [positions[1], "right"],
      [positions[2], "unsure"],
    ]);
    // Undo leads back to the note that was not saved.
    for (const count of [2, 1, 0]) {
      await second.page.keyboard.press("z");
      await untilDone(second.page, `${count} of 12`);
    }
    expect(await second.page.getByLabel("Note", { exact: true }).inputValue()).toBe("seen here");
    await first.close();
    await second.close();
  });

  it("of two reviewers stand beside each other, and together show where they differ", async () => {
    const { address: server, verdicts } = await serve();
    const anna = await openTab(`${server}${address}`, { mayFail });
    const ben = await openTab(`${server}${address}`, { mayFail });
    await begin(anna.page, "Anna");
    await begin(ben.page, "Ben");
    for (const count of [1, 2, 3]) {
      await anna.page.keyboard.press("r");
      await untilDone(anna.page, `${count} of 12`);
      await press(ben.page, count === 2 ? ["w", "Enter"] : ["r"]);
      await untilDone(ben.page, `${count} of 12`);
    }
    expect(verdicts()).toHaveLength(6);
    await ben.page.getByText(/^About \d+% right.* from 3 of 120 images/).waitFor();
    await ben.page.getByLabel("Verdicts of everybody").check();
    await ben.page.getByText("3 judged by more than one person, who differ on 1.").waitFor();
    expect(new URL(ben.page.url()).searchParams.get("of")).toBe("all");
    // The start panel knows both, and Anna's name is still this tab's.
    await anna.page.getByRole("link", { name: "Change" }).click();
    await anna.page.getByText(/^Anna judged 3, last on/).waitFor();
    await anna.page.getByText(/^Ben judged 3, last on/).waitFor();
    expect(await anna.page.getByLabel("Your name").inputValue()).toBe("Anna");
    await anna.close();
    await ben.close();
  });
});

describe("two names in one browser", () => {
  const openTab = useChromium();

  it("stay with their tabs, also after a reload, and the last one is proposed to the next tab", async () => {
    const { address: server, verdicts } = await serve();
    const { page, close } = await openTab(`${server}${address}`, { mayFail });
    await begin(page, "Anna");
    const other = await page.context().newPage();
    await other.goto(`${server}${address}`);
    await untilDone(other, "0 of 12");
    await other.getByRole("link", { name: "Change" }).click();
    await other.getByLabel("Your name").fill("Ben");
    await other.keyboard.press("Enter");
    await untilDone(other, "0 of 12");
    for (const tab of [page, other]) {
      await tab.reload();
      await untilDone(tab, "0 of 12");
      await tab.keyboard.press("r");
      await untilDone(tab, "1 of 12");
    }
    expect(verdicts().map(({ reviewer }) => reviewer)).toEqual(["Anna", "Ben"]);
    await close();
  });
});

async function startServing(folder: string, port: number | undefined) {
  const args = ["serve", "--study", folder, "--no-open", "--json"];
  const child: ChildProcess = startClipbook(port === undefined ? args : [...args, "--port", String(port)]);
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    const { address: url } = JSON.parse(line) as { address: string };
    return { child, address: learnToken(url), port: Number(new URL(url).port) };
  }
  throw new Error("the server ended before it told its address");
}
