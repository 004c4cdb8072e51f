import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const bench = join(import.meta.dirname, "../../bench");
const lock = JSON.parse(readFileSync(join(bench, "package-lock.json"), "utf8")) as {
  packages: Record<string, { version?: string; resolved?: string; hasInstallScript?: boolean }>;
};
const manifest = JSON.parse(readFileSync(join(bench, "package.json"), "utf8"));

describe("bench/package-lock.json", () => {
  it("names no download addresses", () => {
    expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  it("has the exact version of every peer, and none is a dependency of Clipbook", () => {
    const root = JSON.parse(readFileSync(join(bench, "../package.json"), "utf8"));
    for (const [name, version] of Object.entries(manifest.dependencies)) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(lock.packages[`node_modules/${name}`]?.version).toBe(version);
      expect({ ...root.dependencies, ...root.devDependencies }).not.toHaveProperty([name]);
    }
  });

  it("keeps ONNX Runtime's install script off, and has the version that Clipbook has", () => {
    const runtime = lock.packages["node_modules/onnxruntime-node"];
    expect(runtime?.hasInstallScript).toBeUndefined();
    expect(manifest.allowScripts["onnxruntime-node"]).toBe(false);
    const root = JSON.parse(readFileSync(join(bench, "../package.json"), "utf8"));
    expect(runtime?.version).toBe(root.dependencies["onnxruntime-node"]);
  });

  it("holds the native packages of every platform that Clipbook runs on", () => {
    for (const platform of ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64", "win32-x64"]) {
      expect(Object.keys(lock.packages)).toContain(`node_modules/@img/sharp-${platform}`);
    }
  });
});
