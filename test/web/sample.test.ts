import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished } from "vitest";
import { addCoder } from "../../src/pipeline/samples/addCoder.ts";
import { type PlainRunSpec, plainRun } from "../pipeline/plainRun.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { expectAccessible, useChromium } from "./chromium.ts";

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const hostile = [
  `"><script>alert(1)</script><img src=x onerror=alert(2)>`,
  "مظاهرات وتجمعات",
  `😀 & "quoted" ${"x".repeat(120)}`,
];

async function serve(spec: PlainRunSpec, prepare?: (made: ReturnType<typeof plainRun>) => void) {
  const made = plainRun(spec);
  prepare?.(made);
  made.study.close();
  const served = await serveStudy(made.folder);
  onTestFinished(served.close);
  return { ...served, run: made.run };
}

/** Presses Tab until the control of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      return (
        element?.getAttribute("aria-label") ?? element?.labels?.[0]?.innerText ?? element?.textContent ?? ""
      );
    });
  for (let i = 0; i < 60; i++) {
    if ((await focused()).trim() === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`"${name}" cannot be reached by Tab`);
}

const widthsShown = (page: Page) => page.locator(".plan-totals dd").first().textContent();

describe("the sample screen", () => {
  const openTab = useChromium();

  it("plans, draws, adds coders and freezes, by keyboard alone", async () => {
    const {
      address,
      context,
      faults: serverFaults,
    } = await serve({ sizes: [300, 90, 12], names: ["A", "B", "C"] });
    const { page, faults, close } = await openTab(`${address}/sample`);
    await page.locator(".plan-table").waitFor();
    const atFirst = await widthsShown(page);
    await tabTo(page, "Images");
    await page.keyboard.type("120");
    await expect.poll(() => page.locator(".plan-sentence").textContent()).toMatch(/^120 of 402 images/);
    expect(await widthsShown(page)).not.toBe(atFirst);
    expect(await page.locator(".plan [role=status]").textContent()).toMatch(
      /^120 images: accuracy plus or minus \d+\.\d points, macro-F1 plus or minus \d+\.\d points$/,
    );
    expect(new URL(page.url()).searchParams.get("size")).toBe("120");
    await tabTo(page, "Floor");
    await page.keyboard.type("20");
    await expect
      .poll(() => page.locator(".parts-table tbody tr").allTextContents())
      .toEqual(["A3007224.0%", "B903640.0%", "C1212100.0%"]);
    await tabTo(page, "Draw …");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Draw 120 images?" });
    await dialog.waitFor();
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    expect(context.study.samples.list()).toEqual([]);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Draw …");
    await page.keyboard.press("Enter");
    await tabTo(page, "Draw the sample");
    await page.keyboard.press("Enter");
    const heading = page.getByRole("heading", { name: "test sealed" });
    await heading.waitFor();
    await expect.poll(() => heading.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await page.locator(".news").textContent()).toBe("test is drawn: 120 images. Add its coders.");
    const [sample] = context.study.samples.list();
    expect(sample).toMatchObject({ name: "test", purpose: "test", isSealed: true, seed: 1 });
    expect(context.study.samples.members(1)).toHaveLength(120);

    await tabTo(page, "Name of another coder of test");
    await page.keyboard.type("Anna");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Copy the link of Anna" }).waitFor();
    const [anna] = context.study.samples.coders(1);
    expect(await page.getByLabel("Link of Anna", { exact: true }).inputValue()).toBe(
      `${address}/code/${anna?.link}`,
    );
    await tabTo(page, "Name of another coder of test");
    await page.keyboard.type("Cleo");
    await tabTo(page, "Add as adjudicator");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Copy the link of Cleo" }).waitFor();
    // The next one has a name that is free, and leaves out what it must.
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("test 2");

    await tabTo(page, "Freeze the codebook of run 1");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Freeze the codebook of run 1?" }).waitFor();
    await tabTo(page, "Freeze");
    await page.keyboard.press("Enter");
    await page.locator(".freeze-state").filter({ hasText: "as this run has it" }).waitFor();
    expect(context.study.samples.freezes()).toHaveLength(1);
    expect({ faults, serverFaults }).toEqual({ faults: [], serverFaults: [] });
    await close();
  });

  it("copies a coder's link, and shows how far the coder is when the window is looked at again", async () => {
    const { address, context } = await serve({ sizes: [30, 20] }, ({ study, run }) =>
      plainSample(study, run),
    );
    const { page, faults, close } = await openTab(`${address}/sample`, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    await page.getByLabel("Name of another coder of test").fill("Ana, Ben,");
    await page.getByRole("button", { name: "Add coder" }).click();
    await expect.poll(() => page.locator(".news").textContent()).toBe("Ana, Ben are added to test.");
    expect(context.study.samples.coders(1).map(({ coder }) => coder)).toEqual(["Ana", "Ben"]);
    await page.getByRole("button", { name: "Copy the link of Ben" }).click();
    await expect.poll(() => page.locator(".news").textContent()).toBe("Ben’s link is copied.");
    const [, ben] = context.study.samples.coders(1);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${address}/code/${ben?.link}`);
    expect(await page.locator(".coder-progress").last().textContent()).toBe("0 of 20");
    context.study.transaction(() =>
      context.study.codings.add(
        {
          sampleId: 1,
          place: 4,
          coder: "Ben",
          role: "coder",
          variable: "category",
          answer: "unsure",
          value: undefined,
          note: "",
          seconds: 2,
          source: "screen",
          codedAt: "2026-05-03T10:00:00.000Z",
        },
        0,
      ),
    );
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    await expect.poll(() => page.locator(".coder-progress").last().textContent()).toBe("1 of 20");
    expect(faults).toEqual([]);
    await close();
  });

  it("tells of images that other samples have, and of an adjudicator who has to code first", async () => {
    const { address } = await serve({ sizes: [60, 30], names: ["A", "B"] }, ({ study, run }) => {
      const sample = plainSample(study, run, { name: "all", perCategory: 100 });
      for (const [coder, role] of [
        ["Anna", "coder"],
        ["anna", "adjudicator"],
        ["Ben", "adjudicator"],
      ] as const)
        addCoder(study, sample, { coder, role, addedAt: "2026-05-03T10:00:00.000Z" });
    });
    const { page, faults, close } = await openTab(`${address}/sample?size=20&floor=5`);
    await page.locator(".waiting-adjudicator").waitFor();
    expect(await page.locator(".waiting-adjudicator").allTextContents()).toEqual([
      "anna codes this sample, too: the adjudicator’s link shows nothing before all of it is coded.",
    ]);
    await expect
      .poll(() => page.locator(".plan .overlap").textContent())
      .toBe("About 20 images would also be in the test sample all.");
    await page.getByLabel("Name", { exact: true }).fill("second");
    await page.getByRole("button", { name: "Draw …" }).press("Enter");
    await page.getByRole("button", { name: "Draw the sample" }).click();
    await page.locator(".news").filter({ hasText: "20 images are also in the test sample all." }).waitFor();
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });

  it("says what is wrong with a design, keeps it from being drawn, and leaves out pilots and what was judged", async () => {
    const { address, context } = await serve({ sizes: [60, 30], names: ["A", "B"] }, ({ study, run }) =>
      plainSample(study, run, { name: "pilot", purpose: "pilot", perCategory: 5 }),
    );
    const { page, close } = await openTab(`${address}/sample?size=500`, { mayFail: true });
    await page.getByText("run 1 has 80 different ones, 10 others are left out").waitFor();
    await page.getByRole("button", { name: "Draw …" }).press("Enter");
    expect(await page.getByRole("dialog").count()).toBe(0);
    await page.getByLabel("Images", { exact: true }).fill("");
    await expect.poll(() => page.locator(".left-out").textContent()).toBe("Left out: 10 in other samples.");
    await page.getByLabel("Sample pilot (pilot, 10 images)").press(" ");
    await expect.poll(() => page.locator(".left-out").textContent()).toBe("Nothing is left out.");
    await page.getByLabel("Assumed right, %").fill("0");
    await page.getByText("Fill in whole numbers to see what the sample would tell.").waitFor();
    await page.getByLabel("Assumed right, %").fill("95");
    await page.getByLabel("Name", { exact: true }).fill("pilot");
    await page.getByRole("button", { name: "Draw …" }).press("Enter");
    await page.getByRole("button", { name: "Draw the sample" }).click();
    await page.getByRole("alert").filter({ hasText: 'sample "pilot" exists already' }).waitFor();
    expect(context.study.samples.list()).toHaveLength(1);
    await close();
  });

  it.each(["light", "dark"] as const)("is accessible in each of its states, %s", async (colorScheme) => {
    const { address } = await serve({ sizes: [80, 30], names: ["A", "B"] }, ({ study, run }) =>
      plainSample(study, run, { name: "first", isSealed: true, perCategory: 5 }),
    );
    const { page, faults, close } = await openTab(`${address}/sample`, { colorScheme, mayFail: true });
    await page.locator(".plan-table").waitFor();
    await page.getByLabel("Name of another coder of first").fill("Anna");
    await page.getByRole("button", { name: "Add coder" }).click();
    await page.getByLabel("Link of Anna", { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Draw …" }).click();
    await page.getByRole("dialog").waitFor();
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.getByLabel("Images", { exact: true }).fill("5000");
    await page.getByRole("alert").waitFor();
    await expectAccessible(page);
    for (const state of ["purpose=training", "design=split", "design=uncertainty"]) {
      await page.goto(`${address}/sample?${state}`);
      await page.locator(".plan-table, [aria-label='Right answers']").waitFor();
      await expectAccessible(page);
    }
    expect(faults).toEqual([]);
    await close();
  });

  it("shows hostile names as they are, and fits a phone", async () => {
    const { address } = await serve({ sizes: [40, 30, 20], names: hostile }, ({ study, run }) =>
      plainSample(study, run, { name: hostile[2] as string }),
    );
    const { page, faults, close } = await openTab(`${address}/sample`, phone);
    await page.getByLabel(`Name of another coder of ${hostile[2]}`).fill(hostile[0] as string);
    await page.getByRole("button", { name: "Add coder" }).tap();
    await page.getByLabel(`Link of ${hostile[0]}`, { exact: true }).waitFor();
    await page.locator(".plan-table").waitFor();
    expect(await page.locator(".plan-table tbody th").allTextContents()).toEqual(hostile);
    expect(await page.locator(".coder-name b").textContent()).toBe(hostile[0]);
    for (const design of ["stratified", "split", "uncertainty"]) {
      await page.getByLabel("Design").selectOption(design);
      await expect.poll(() => page.locator(".plan").getAttribute("data-state")).toBe("here");
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    }
    expect(faults).toEqual([]);
    await close();
  });

  it("makes a training round of what a pilot's coders decided", async () => {
    const { address, context } = await serve({ sizes: [20, 20], names: ["A", "B"] }, ({ study, run }) => {
      const { id } = plainSample(study, run, { name: "pilot", purpose: "pilot", perCategory: 5 });
      study.transaction(() => {
        for (let place = 0; place < 6; place++)
          study.codings.add(
            {
              sampleId: id,
              place,
              coder: "Anna",
              role: "coder",
              variable: "category",
              answer: "category",
              value: "B",
              note: "",
              seconds: undefined,
              source: "screen",
              codedAt: "2026-05-03T10:00:00.000Z",
            },
            0,
          );
      });
    });
    const { page, faults, close } = await openTab(`${address}/sample?purpose=training`);
    await page.getByLabel("Right answers").selectOption("What the coders of pilot decided");
    await page.getByLabel("Pass mark, in %").fill("70");
    await page.getByRole("button", { name: "Make the training round" }).press("Enter");
    await page.getByRole("heading", { name: "training", exact: true }).waitFor();
    const round = context.study.samples.maybeByName("training");
    expect(round).toMatchObject({ purpose: "training", passMark: 0.7, isSealed: false });
    expect(context.study.samples.members(round?.id as number)).toHaveLength(6);
    expect(faults).toEqual([]);
    await close();
  });

  it("names the codebook's examples that a training round could not take", async () => {
    const { address, context } = await serve({
      sizes: [20, 20],
      names: ["A", "B"],
      examples: [["pictures/1.jpg", "pictures/2.jpg", "<b>gone</b>.jpg"], ["pictures/2.jpg"]],
    });
    const { page, faults, close } = await openTab(`${address}/sample?purpose=training`);
    const answers = page.getByLabel("Right answers");
    const described = await answers.getAttribute("aria-describedby");
    expect(await page.locator(`[id="${described}"]`).textContent()).toContain("Coders see after each image");
    await page.getByRole("button", { name: "Make the training round" }).press("Enter");
    await page.getByRole("heading", { name: "training", exact: true }).waitFor();
    expect(await page.locator(".sampling .caution").textContent()).toBe(
      "2 of the codebook’s examples are left out: no image of the run has the name, or it is an example of two " +
        "categories: pictures/2.jpg, <b>gone</b>.jpg",
    );
    expect(context.study.samples.members(1)).toHaveLength(1);
    await expectAccessible(page);
    await page.goto(`${address}/sample`);
    const design = await page.getByLabel("Design").getAttribute("aria-describedby");
    expect(await page.locator(`[id="${design}"]`).textContent()).toContain("A floor for each category");
    expect(faults).toEqual([]);
    await close();
  });
});
