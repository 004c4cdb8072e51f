import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { referenceFolder } from "../images/reference.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { expectAccessible, useChromium } from "./chromium.ts";
import { classifyInto } from "./classifyInto.ts";
import { focusedText, scrollsSideways, shownNames } from "./galleryPage.ts";

const fileNames = [
  `"><img src=x onerror=alert(1)>.jpg`,
  `' onmouseover='alert(2)' x='.jpg`,
  `&lt;b&gt; 100%25 #1 ?a=b&c.jpg`,
  `صورة "جميلة" ١٢.jpg`,
  `👩‍👩‍👧‍👦 ${"lang".repeat(40)}.jpg`,
  ` begins with a blank.jpg`,
];

const categories = {
  "<script>alert(3)</script>": [`a "quoted" <b>bold</b> phrase`, `${"x".repeat(60)}`],
  "فئة «أولى»": [`عبارة من اليمين إلى اليسار`],
  [`🦆 & ${"VeryLongWordWithoutAnyBlank".repeat(3)}`]: [`emoji 🦆 'phrase' {{alert(4)}}`],
};

const columns = [`id`, `file`, `<i>note</i>`];

describe("a run without an image that could be classified", () => {
  const openTab = useChromium();

  it("leads to what failed, and offers nothing to review", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "pictures"));
    for (const name of ["1.jpg", "2.jpg"]) writeFileSync(join(folder, "pictures", name), "no picture");
    await classifyInto(folder, [join(folder, "pictures")]);
    const served = await serveStudy(folder);
    const { page, faults, close } = await openTab(served.address);
    await page.getByText("No image could be classified: see the 2 failures.").waitFor();
    expect(await page.getByRole("link", { name: "Review these" }).count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole("link", { name: "the 2 failures" }).press("Enter");
    expect(await shownNames(page)).toHaveLength(2);
    expect(faults).toEqual([]);
    await close();
    await served.close();
  });
});

describe("hostile names in the overview", () => {
  const openTab = useChromium();
  let folder: string;
  let served: Awaited<ReturnType<typeof serveStudy>>;
  let cells: readonly (readonly string[])[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-names-"));
    mkdirSync(join(folder, "pictures"));
    for (const [i, name] of fileNames.entries()) {
      const picture = ["gray.jpg", "photo-444.jpg", "photo-landscape.jpg"][i % 3] as string;
      copyFileSync(join(referenceFolder, "images", picture), join(folder, "pictures", name));
    }
    writeFileSync(
      join(folder, "codebook.yaml"),
      JSON.stringify({ title: `<u>Title</u> & עברית`, categories }, undefined, 2),
    );
    cells = [
      ...fileNames.map((name, i) => [`00${i}`, `pictures/${name}`, `<b>${i}</b> "said" ${"y".repeat(300)}`]),
      ["006", "pictures/<gone>.jpg", "line one\nline two"],
    ];
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const lines = [columns, ...cells].map((row) => row.map(quoted).join(","));
    writeFileSync(join(folder, "posts.csv"), `${lines.join("\n")}\n`);
    await classifyInto(folder, [join(folder, "posts.csv")]);
    served = await serveStudy(folder);
  });

  afterAll(async () => {
    expect(served.faults).toEqual([]);
    await served.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["1280x720", { width: 1280, height: 720 }],
    ["390x844", { width: 390, height: 844 }],
  ])("show as themselves at %s, in the list, the grid and the large view", async (_, viewport) => {
    const { page, faults, close } = await openTab(`${served.address}/?sort=name`, { viewport });
    page.on("dialog", (dialog) => faults.push(`dialog ${dialog.message()}`));
    const names = await shownNames(page);
    expect(names.toSorted()).toEqual(fileNames.map((name) => `pictures/${name}`).toSorted());
    expect(await page.locator(".image-grid .name").allInnerTexts()).toEqual(
      names.map((name) => name.slice(name.indexOf("/") + 1).trim()),
    );
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe(`<u>Title</u> & עברית`);
    const choices =
      viewport.width > 960
        ? await page.locator(".category-list .category-name").allTextContents()
        : await page.locator(".category-chooser option").allTextContents();
    for (const name of Object.keys(categories))
      expect(choices.filter((choice) => choice.startsWith(name))).toHaveLength(1);
    expect(await scrollsSideways(page)).toBe(false);
    await page.locator(".image-grid img.here").first().waitFor();
    await expectAccessible(page);
    for (const [i, name] of names.entries()) {
      await page.locator(".image-grid a").nth(i).click();
      const dialog = page.getByRole("dialog");
      await dialog.locator(".frame img.here").waitFor();
      expect((await dialog.getByRole("heading", { level: 2 }).textContent())?.trim()).toBe(
        name.slice(name.indexOf("/") + 1).trim(),
      );
      const row = cells.find((cell) => cell[1] === name) as readonly string[];
      const told = await dialog
        .locator(".facts > div")
        .evaluateAll((all) =>
          all.map((fact) => [
            fact.querySelector("dt")?.textContent ?? "",
            fact.querySelector("dd")?.textContent ?? "",
          ]),
        );
      for (const [c, column] of columns.entries()) expect(told).toContainEqual([column, row[c]]);
      expect(told).toContainEqual(["Path", join(folder, "pictures", name.slice(name.indexOf("/") + 1))]);
      const phrases = await dialog.locator(".answer-bars .text bdi").allTextContents();
      expect(phrases.toSorted()).toEqual(Object.values(categories).flat().toSorted());
      expect(await scrollsSideways(page)).toBe(false);
      if (i === 0) await expectAccessible(page);
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
    }
    expect(faults).toEqual([]);
    await close();
  });

  it("are not filtered by what is no percentage, and the field says so", async () => {
    const { page, close } = await openTab(`${served.address}/?least=0.01`);
    await shownNames(page);
    const field = page.getByLabel("at least");
    await page.evaluate(() => addEventListener("invalid", () => document.body.classList.add("told"), true));
    for (const wrong of ["150", "-1", "1e"]) {
      await page.evaluate(() => document.body.classList.remove("told"));
      await field.selectText();
      await field.pressSequentially(wrong);
      await page.locator("body.told").waitFor();
      const message = await field.evaluate((input) => (input as HTMLInputElement).validationMessage);
      expect(message).toBe("Enter a percentage from 0 to 100");
      if (wrong !== "1e") expect(await field.inputValue()).toBe(wrong);
      expect(new URL(page.url()).searchParams.get("least")).not.toBe("1.5");
    }
    await field.fill("2");
    await page.waitForURL(/least=0.02/);
    expect(await field.evaluate((input) => (input as HTMLInputElement).validity.valid)).toBe(true);
    await close();
  });

  it("can be walked through by the buttons to the last one, and back by the arrow keys", async () => {
    const { page, close } = await openTab(`${served.address}/?sort=name`);
    const names = await shownNames(page);
    await page
      .locator(".image-grid a")
      .nth(names.length - 2)
      .click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText(`${names.length - 1} of ${names.length}`).waitFor();
    await dialog.getByRole("button", { name: "Next image" }).press("Enter");
    await dialog.getByText(`${names.length} of ${names.length}`).waitFor();
    expect(await focusedText(page)).toContain("Next image");
    await page.keyboard.press("ArrowLeft");
    await dialog.getByText(`${names.length - 1} of ${names.length}`).waitFor();
    // Pressing on the picture takes the focus, and leaves the keys.
    await dialog.locator(".frame img.here").click();
    await page.keyboard.press("ArrowLeft");
    await dialog.getByText(`${names.length - 2} of ${names.length}`).waitFor();
    await close();
  });

  it("show among the failures, too, with what was wrong and the user's own row", async () => {
    const { page, faults, close } = await openTab(served.address);
    await page
      .getByRole("navigation", { name: "Categories" })
      .getByRole("link", { name: "Failures 1" })
      .click();
    await page.getByText("1 × missing file").waitFor();
    expect(await shownNames(page)).toEqual(["pictures/<gone>.jpg"]);
    await page.locator(".image-grid a").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("missing file: there is no such file").waitFor();
    expect(await dialog.getByText("line one").textContent()).toBe("line one\nline two");
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });
});
