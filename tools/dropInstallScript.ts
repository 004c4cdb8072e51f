import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// ONNX Runtime's install script fetches CUDA libraries wherever it finds a CUDA compiler, and fails without internet.
// That of msgpackr-extract only looks whether to compile what comes compiled.
// npm 11 heeds `allowScripts` in package.json; npm 10 runs what the lockfile says has a script. Run after `npm install`.
for (const name of ["../package-lock.json", "../bench/package-lock.json"]) {
  const path = join(import.meta.dirname, name);
  const lock = JSON.parse(readFileSync(path, "utf8")) as {
    packages: Record<string, { hasInstallScript?: boolean }>;
  };
  for (const folder of ["onnxruntime-node", "msgpackr-extract"])
    delete lock.packages[`node_modules/${folder}`]?.hasInstallScript;
  writeFileSync(path, `${JSON.stringify(lock, undefined, 2)}\n`);
}
