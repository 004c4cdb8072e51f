import {
  type OfflinePage,
  offlineDataId,
  offlinePageMark,
  offlinePictureId,
} from "../validation/offlinePage.ts";
import { sha256 } from "../validation/sha256.ts";
import { colors } from "./style/colors.ts";

/** The page's program and style sheet, as the build makes them of `web/offline`. */
export interface OfflineProgram {
  readonly script: string;
  readonly style: string;
}

/**
 * A page on which somebody codes a sample from the disk, without a server or a network: one self-contained HTML document. Its policy
 * allows its own script, its own style and its own pictures, and nothing else: it cannot send anything anywhere.
 * @param pictures base64 JPEG of each image in the page's order; undefined for one that cannot be shown
 * @throws RangeError for a script or style that would end its element, or pictures that do not fit the page
 */
export function renderOfflineCoding(
  page: OfflinePage,
  pictures: readonly (string | undefined)[],
  program: OfflineProgram,
): string {
  if (pictures.length !== page.images.length) {
    throw new RangeError(`${pictures.length} pictures for ${page.images.length} images`);
  }
  const script = inElement(program.script, "script");
  const style = inElement(colors + program.style, "style");
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const lines = [
    "<!doctype html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="generator" content="Clipbook coding page">',
    `<meta name="clipbook" content="${offlinePageMark(page)}">`,
    `<title>${escapeHtml(`${page.sample} · ${page.coder} · Clipbook coding`)}</title>`,
    '<link rel="icon" href="data:,">',
    `<style>${style}</style>`,
    '<div id="app"></div>',
    "<noscript>This page needs JavaScript. It uses no network.</noscript>",
    `<script type="application/json" id="${offlineDataId}">${scriptJson(page)}</script>`,
    ...pictures.map(
      (picture, index) =>
        `<script type="text/plain" id="${offlinePictureId(index)}">${requireBase64(picture ?? "")}</script>`,
    ),
    `<script>${script}</script>`,
    "</html>",
  ];
  return `${lines.join("\n")}\n`;
}

/** JSON that can stand in a script element: no text in it can end the element or begin a comment. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** @throws RangeError for text that would end its element, or that the browser changes before it compares its hash */
function inElement(text: string, name: "script" | "style"): string {
  if (/<\/(script|style)|<!--|\r|\0/i.test(text))
    throw new RangeError(`the page's ${name} cannot be embedded`);
  return text;
}

function requireBase64(text: string): string {
  if (!/^[A-Za-z0-9+/=]*$/.test(text)) throw new RangeError("a picture that is not base64");
  return text;
}

/** As a policy names a text (Content Security Policy Level 3, 2.3.1). */
function hashOf(text: string): string {
  return `sha256-${btoa(String.fromCharCode(...sha256(new TextEncoder().encode(text))))}`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
