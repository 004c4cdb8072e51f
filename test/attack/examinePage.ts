import type { Page } from "playwright-core";
import { hackedFlag } from "./attackStrings.ts";

/** Widths of a laptop's and a phone's window, in CSS pixels. */
export const examinedWidths = [1280, 390] as const;

/** What is wrong with a page as it stands. */
export interface PageFaults {
  /** Whether a payload ran. */
  readonly hacked: boolean;
  /** Elements that no page of Clipbook's has, and attributes that run something. */
  readonly foreign: readonly string[];
  /** How much wider than its window the page is, in pixels. */
  readonly sideways: number;
  /** Elements that stick out of the window or whose text sticks out of them. */
  readonly sticksOut: readonly string[];
  /** Buttons and links that something else lies upon. */
  readonly covered: readonly string[];
}

/** A page without faults. */
export const noFaults: PageFaults = { hacked: false, foreign: [], sideways: 0, sticksOut: [], covered: [] };

/** Looks for what an attack string may have done to a page. @param widthPx of the window */
export async function examinePage(page: Page, widthPx: number): Promise<PageFaults> {
  await page.setViewportSize({ width: widthPx, height: 900 });
  // What follows the window's width does so a frame later.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await page.waitForTimeout(150);
  return page.evaluate((flag) => {
    const nameOf = (element: Element) => {
      const { tagName, className, id } = element;
      const text = (element.textContent ?? "").trim().slice(0, 30);
      return `${tagName.toLowerCase()}${id && `#${id.slice(0, 30)}`}.${String(className).slice(0, 30)} ${JSON.stringify(text)}`;
    };
    const all = [...document.querySelectorAll("body *")];
    const foreign = all.filter(
      (element) =>
        /^(iframe|frame|object|embed|base|form|marquee|animate|applet|x-attack|meta|textarea-x)$/i.test(
          element.tagName,
        ) && !(element.tagName === "FORM" && !element.hasAttribute("action")),
    );
    const running = all.filter((element) =>
      element
        .getAttributeNames()
        .some(
          (name) =>
            name.startsWith("on") ||
            (/^\s*(javascript|vbscript):/i.test(element.getAttribute(name) ?? "") &&
              ["href", "src", "action", "formaction", "xlink:href"].includes(name)),
        ),
    );
    const isShown = (element: Element) =>
      element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    // What scrolls or cuts its content may hold wider ones.
    const holder = (element: Element) => {
      for (
        let at = element.parentElement;
        at !== null && at !== document.body && at.tagName !== "MAIN";
        at = at.parentElement
      )
        if (getComputedStyle(at).overflowX !== "visible") return at;
      return undefined;
    };
    // Pictures may go to the window's edges, beyond what holds them.
    const isText = (element: Element) =>
      element.textContent?.trim() !== "" &&
      [...element.children].every((child) => /^inline|contents/.test(getComputedStyle(child).display));
    const sticksOut = all.filter((element) => {
      if (
        !isShown(element) ||
        element.closest("svg") !== null ||
        element.closest(".skip, .unseen, .visually-hidden") !== null
      )
        return false;
      const box = element.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) return false;
      // A letter with hundreds of marks is one that no line can break: it may be cut, but must not widen the page.
      if (/\p{M}{31}/u.test(element.textContent ?? "")) return false;
      if (holder(element) === undefined && (box.right > innerWidth + 1 || box.left < -1)) return true;
      const style = getComputedStyle(element);
      const { scrollWidth, clientWidth } = element as HTMLElement;
      return (
        element.tagName !== "SELECT" &&
        isText(element) &&
        element.parentElement !== holder(element) &&
        style.display !== "inline" &&
        style.overflowX === "visible" &&
        clientWidth > 0 &&
        scrollWidth > clientWidth + 2
      );
    });
    // What lies behind an open dialog is meant to be out of reach, and the link past the navigation shows itself when it has the focus.
    const dialogs = all.filter((element) =>
      element.matches("dialog[open], [role=dialog], [aria-modal=true]"),
    );
    const isInReach = (element: Element) =>
      !element.matches(".skip") && dialogs.every((dialog) => dialog.contains(element));
    const controls = all
      .filter(
        (element) =>
          element.matches("button:not(:disabled), a[href], select, summary") &&
          isShown(element) &&
          isInReach(element),
      )
      .slice(0, 80);
    const covered = controls.filter((element) => {
      element.scrollIntoView({ block: "center", inline: "end", behavior: "instant" });
      // A long link has many lines: its middle one is where it was scrolled to.
      const boxes = element.getClientRects();
      const box = boxes[Math.floor(boxes.length / 2)];
      if (box === undefined || box.width < 2 || box.height < 2) return false;
      const found = document.elementFromPoint(
        box.left + Math.min(box.width / 2, 40),
        box.top + box.height / 2,
      );
      return (
        found === null ||
        !(element.contains(found) || found.contains(element) || found.closest("label")?.contains(element))
      );
    });
    scrollTo({ top: 0, behavior: "instant" });
    return {
      hacked: flag in window,
      foreign: [...foreign, ...running].map(nameOf),
      sideways: Math.max(0, (document.scrollingElement?.scrollWidth ?? 0) - innerWidth),
      sticksOut: sticksOut.slice(0, 12).map(nameOf),
      covered: covered.slice(0, 12).map(nameOf),
    };
  }, hackedFlag);
}
