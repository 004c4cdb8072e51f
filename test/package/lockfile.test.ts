import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
  packages: Record<
    string,
    { version?: string; resolved?: string; hasInstallScript?: boolean; license?: string }
  >;
};
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

describe("package-lock.json", () => {
  it("names no download addresses", () => {
    const addressed = Object.entries(lock.packages).filter(([, { resolved }]) =>
      resolved?.startsWith("http"),
    );
    expect(addressed).toEqual([]);
  });

  it("keeps ONNX Runtime's install script off, for npm 10 too (node tools/dropInstallScript.ts mends it)", () => {
    const withScript = Object.keys(lock.packages).filter((name) => lock.packages[name]?.hasInstallScript);
    // fsevents is for macOS alone and ships its binary.
    expect(withScript.filter((name) => name !== "node_modules/fsevents")).toEqual(["node_modules/node"]);
    expect(manifest.allowScripts).toEqual({
      "msgpackr-extract": false,
      node: true,
      "onnxruntime-node": false,
    });
  });

  it("has exact versions of every dependency", () => {
    const { dependencies, devDependencies } = manifest;
    for (const version of Object.values({ ...dependencies, ...devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it("holds the native packages of every platform that Clipbook runs on", () => {
    for (const platform of ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"]) {
      expect(Object.keys(lock.packages)).toContain(`node_modules/@img/sharp-${platform}`);
    }
  });

  it("has licences that go with MIT", () => {
    const licences = new Set(Object.values(lock.packages).map(({ license }) => license ?? "none"));
    const compatible =
      /^(MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|BlueOak-1\.0\.0|MPL-2\.0|LGPL-3\.0(-or-later)?|Python-2\.0|CC0-1\.0|MIT-0)$/;
    const other = [...licences].filter((licence) =>
      licence
        .replace(/[()]/g, "")
        .split(/ (?:OR|AND) /)
        .every((part) => !compatible.test(part)),
    );
    expect(other).toEqual([]);
  });
});
