import { describe, expect, it, onTestFinished } from "vitest";
import { addCoder } from "../../src/pipeline/samples/addCoder.ts";
import { plainRun } from "../pipeline/plainRun.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { useChromium } from "./chromium.ts";
import { untilCoded, untilImage } from "./codingStudy.ts";
import { makeDemoStudy } from "./demoStudy.ts";

describe("coding while another study is served at the same address", () => {
  const openTab = useChromium();

  it("keeps the answer, says why it waits, and calls no picture missing", async () => {
    const folder = temporaryFolder();
    await makeDemoStudy(folder, 42);
    const first = await serveStudy(folder);
    const port = Number(new URL(first.address).port);
    const run = first.context.study.runs.maybeNewest();
    if (run === undefined) throw new Error("nothing was classified");
    const sample = plainSample(first.context.study, run, { perCategory: 2 });
    const { link } = addCoder(first.context.study, sample, { coder: "Anna", role: "coder", addedAt: "" });
    const { page, close } = await openTab(`${first.address}/code/${link}`, { mayFail: true });
    await untilImage(page, 1);
    await expect.poll(() => page.evaluate(() => document.querySelectorAll(".stage img").length)).toBe(4);
    await page.waitForLoadState("networkidle");
    await first.close();

    const other = await serveStudy(plainRun({ sizes: [3, 3] }).folder, { port });
    for (let number = 1; number <= 4; number++) {
      await untilImage(page, number);
      await page.keyboard.press("1");
    }
    const message = page.locator(".stage-message");
    await message.getByText("4 answers are not saved yet").waitFor();
    expect(await message.textContent()).toContain("The server shows another study now");
    expect(await message.textContent()).toContain("This browser keeps them");
    expect(await page.getByRole("button", { name: "Give up the answer" }).count()).toBe(0);
    await page.locator(".stage .missing").getByText("The server shows another study now").waitFor();
    expect(await page.locator(".answers .uncodable").getAttribute("aria-disabled")).toBe("true");
    await other.close();

    const again = await serveStudy(folder, { port });
    onTestFinished(again.close);
    await page.getByRole("button", { name: "Try now" }).click();
    await untilCoded(page, 4);
    await untilImage(page, 5);
    expect(again.context.study.codings.history(sample.id)).toHaveLength(4);
    await close();
  });
});
