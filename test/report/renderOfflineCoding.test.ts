import { createHash } from "node:crypto";
import { parse } from "parse5";
import { describe, expect, it } from "vitest";
import { renderOfflineCoding } from "../../src/report/renderOfflineCoding.ts";
import { type OfflinePage, offlineDataId } from "../../src/validation/offlinePage.ts";

const hostile = `</script><script>alert(1)</script><!-- "' & \u2028`;
const page: OfflinePage = {
  sample: hostile,
  sampleDigest: "0".repeat(64),
  coder: hostile,
  title: hostile,
  categories: [{ name: hostile, description: undefined, instructions: hostile }],
  images: ["a".repeat(64), "b".repeat(64)],
};
const program = { script: "let a = 1 < 2;", style: "p { color: red }" };

/** The scripts and styles of a page as a browser finds them. */
function elements(html: string, name: string) {
  interface Node {
    readonly nodeName: string;
    readonly attrs?: readonly { readonly name: string; readonly value: string }[];
    readonly childNodes?: readonly Node[];
    readonly value?: string;
  }
  const found: { readonly attributes: Record<string, string>; readonly text: string }[] = [];
  const walk = (node: Node) => {
    if (node.nodeName === name) {
      const attributes = Object.fromEntries((node.attrs ?? []).map((a) => [a.name, a.value]));
      found.push({ attributes, text: (node.childNodes ?? []).map(({ value }) => value ?? "").join("") });
    }
    for (const child of node.childNodes ?? []) walk(child);
  };
  walk(parse(html) as unknown as Node);
  return found;
}

describe("the page for coding without a server", () => {
  it("holds the user's text as data, whatever is in it", () => {
    const scripts = elements(renderOfflineCoding(page, ["QUJD", undefined], program), "script");
    expect(scripts.map(({ attributes }) => attributes)).toEqual([
      { type: "application/json", id: offlineDataId },
      { type: "text/plain", id: "picture-0" },
      { type: "text/plain", id: "picture-1" },
      {},
    ]);
    expect(JSON.parse(scripts[0]?.text ?? "")).toEqual(page);
    expect(scripts.slice(1).map(({ text }) => text)).toEqual(["QUJD", "", program.script]);
  });

  it("allows its own script and style by their digests, pictures in itself, and nothing else", () => {
    const html = renderOfflineCoding(page, ["QUJD", undefined], program);
    const policy = elements(html, "meta").find(({ attributes }) => attributes["http-equiv"] !== undefined);
    const style = elements(html, "style")[0]?.text ?? "";
    const hash = (text: string) => createHash("sha256").update(text).digest("base64");
    expect(policy?.attributes.content).toBe(
      `default-src 'none'; script-src 'sha256-${hash(program.script)}'; style-src 'sha256-${hash(style)}'; ` +
        "img-src data:; base-uri 'none'; form-action 'none'",
    );
    expect(style).toContain(program.style);
  });

  it("refuses what would end its elements", () => {
    expect(() => renderOfflineCoding(page, ["QUJD"], program)).toThrow(RangeError);
    expect(() => renderOfflineCoding(page, ["<", undefined], program)).toThrow(RangeError);
    for (const script of ["'</script>'", "a <!-- b", "a\r\nb"]) {
      expect(() => renderOfflineCoding(page, ["", ""], { ...program, script })).toThrow(RangeError);
    }
  });
});
