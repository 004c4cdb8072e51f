import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parse } from "parse5";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";

const folder = join(packageRoot, "dist/web");
const assets = readdirSync(join(folder, "assets"));

/** A node of parse5's tree, as far as it is looked at here. */
interface Node {
  readonly nodeName: string;
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
  readonly childNodes?: readonly Node[];
  readonly value?: string;
}

function allNodes(node: Node): Node[] {
  return [node, ...(node.childNodes ?? []).flatMap(allNodes)];
}

describe("the built screens", () => {
  it("have less than 150 KB of script, compressed by gzip", () => {
    const scripts = assets.filter((name) => name.endsWith(".js"));
    expect(scripts.length).toBeGreaterThan(4);
    const bytes = scripts.map((name) => gzipSync(readFileSync(join(folder, "assets", name))).length);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
  });

  it("have a page without inline scripts, styles or handlers, whose files are all their own", () => {
    const nodes = allNodes(parse(readFileSync(join(folder, "index.html"), "utf8")) as Node);
    const attributeOf = (node: Node, name: string) =>
      node.attrs?.find((attribute) => attribute.name === name)?.value;
    const scripts = nodes.filter(({ nodeName }) => nodeName === "script");
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      expect(attributeOf(script, "src")).toMatch(/^\/assets\//);
      expect(script.childNodes).toEqual([]);
    }
    expect(nodes.filter(({ nodeName }) => nodeName === "style")).toEqual([]);
    const links = nodes
      .filter(({ nodeName }) => nodeName === "link")
      .map((node) => attributeOf(node, "href"));
    for (const href of links) expect(href).toMatch(/^(\/assets\/|data:,$)/);
    const attributes = nodes.flatMap(({ attrs }) => attrs ?? []).map(({ name }) => name);
    expect(attributes.filter((name) => name.startsWith("on") || name === "style")).toEqual([]);
  });

  it("tell nothing of where they were built, nor does the page for coding offline", () => {
    const dist = join(packageRoot, "dist");
    const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.(js|css|html|json)$/.test(name),
    );
    expect(files).toContain(join("offline", "page.js"));
    expect(files.filter((name) => readFileSync(join(dist, name), "utf8").includes(packageRoot))).toEqual([]);
  });

  it("name no address of another machine in scripts and styles", () => {
    for (const name of assets) {
      const text = readFileSync(join(folder, "assets", name), "utf8");
      // Names of XML languages are no addresses that anybody asks.
      const addresses = [...text.matchAll(/https?:\/\/[\w.-]+/g)].map(([address]) => address);
      expect([name, addresses.filter((address) => address !== "http://www.w3.org")]).toEqual([name, []]);
    }
  });
});
