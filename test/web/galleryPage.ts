import type { Page } from "playwright-core";

/** What has the focus, as it is called. */
export function focusedText(page: Page): Promise<string> {
  return page.evaluate(
    () => (document.activeElement as HTMLElement | null)?.innerText.replaceAll("\n", " ") ?? "",
  );
}

/** Presses the tabulator until what has the focus is called so. */
export async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    if (name.test(await focusedText(page))) return;
  }
  throw new Error(`the tabulator does not come to ${name}`);
}

/** The names of the images that the grid shows, in order, once it shows the listing that was asked for last. */
export async function shownNames(page: Page): Promise<string[]> {
  await page.locator(".image-grid .name").first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  return page
    .locator(".image-grid .name")
    .evaluateAll((names) => names.map((name) => name.getAttribute("title") ?? ""));
}

/** Whether the page is wider than the screen. */
export function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
}
