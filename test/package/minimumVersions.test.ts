import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const read = (name: string) => JSON.parse(readFileSync(join(root, name), "utf8"));
const lock = read("package-lock.json") as {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly dev?: boolean }>>;
};

/** The lowest version of each package that the named fault is mended in. */
const lowest: readonly (readonly [name: string, version: string, why: string])[] = [
  [
    "sharp",
    "0.35.0",
    "libvips 8.18, with loaders that can be blocked one by one; libwebp's CVE-2023-4863 was mended in 0.32.6",
  ],
  [
    "@hono/node-server",
    "2.1.3",
    "slashes that got past CVE-2026-29087 and CVE-2026-39406, mended in 1.19.10 and 1.19.13",
  ],
  ["hono", "4.12.25", "CVE-2026-29045, CVE-2026-47673 to 47676 and CVE-2026-54290"],
  ["preact", "10.28.2", "JSON taken for elements, CVE-2026-22028"],
  ["yaml", "2.2.2", "an uncaught exception of the parser, CVE-2023-2251"],
  ["zod", "3.22.3", "a regular expression without end, CVE-2023-4316"],
  ["semver", "7.5.2", "a regular expression without end, CVE-2022-25883"],
  ["adm-zip", "0.6.0", "memory for sizes that an archive only claims, CVE-2026-39244"],
  ["onnxruntime-node", "1.30.0", "whose arithmetic and refusals these tests hold"],
];

/** Every place in the lockfile where a package is, its copies within others included. */
function lockedVersions(name: string): readonly string[] {
  return Object.entries(lock.packages)
    .filter(
      ([path, { dev }]) =>
        !dev && (path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`)),
    )
    .map(([, { version }]) => version ?? "none");
}

function isAtLeast(version: string, least: string): boolean {
  const [a, b] = [version, least].map((text) => text.split(".").map(Number)) as [number[], number[]];
  const differing = a.findIndex((part, i) => part !== b[i]);
  return differing === -1 || (a[differing] as number) > (b[differing] as number);
}

describe("the shipped dependencies", () => {
  it.each(lowest)("have %s at %s or newer: %s", (name, least) => {
    const versions = lockedVersions(name);
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter((version) => !isAtLeast(version, least))).toEqual([]);
  });

  it("have libvips in the version that sharp 0.35 brings, on every platform", () => {
    const native = Object.entries(lock.packages).filter(([path]) => path.includes("@img/sharp-libvips-"));
    expect(native.length).toBeGreaterThan(4);
    for (const [, { version }] of native) expect(isAtLeast(version ?? "0.0.0", "1.3.0")).toBe(true);
  });

  it("are installed from the lockfile only", () => {
    expect(readFileSync(join(root, ".ci/run"), "utf8")).toMatch(/^npm ci /m);
    expect(lock.packages[""]).toMatchObject({ dependencies: read("package.json").dependencies });
    expect(readFileSync(join(root, ".ci/run"), "utf8")).toMatch(
      /^node_modules\/\.bin\/node \.ci\/audit\.mjs$/m,
    );
  });

  it("are compared number by number", () => {
    expect([
      isAtLeast("0.35.5", "0.35.0"),
      isAtLeast("0.9.0", "0.35.0"),
      isAtLeast("10.0.0", "9.9.9"),
    ]).toEqual([true, false, true]);
    expect(isAtLeast("2.1.3", "2.1.3")).toBe(true);
  });
});
