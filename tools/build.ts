import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build as buildWeb } from "vite";
import { offlineBuild } from "../web/offline/offlineBuild.ts";
import webConfig from "../web/vite.config.ts";

/**
 * Builds `dist/` from nothing, so that a file that was removed from `src/` is gone from the package too.
 * @throws Error when the types do not check
 */
export async function build(): Promise<void> {
  const root = join(import.meta.dirname, "..");
  const dist = join(root, "dist");
  rmSync(dist, { recursive: true, force: true });
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.build.json")], { stdio: "inherit" });
  const schema = (await import(pathToFileURL(join(dist, "src/codebook/codebookJsonSchema.js")).href)) as {
    codebookJsonSchema: () => object;
  };
  writeFileSync(
    join(dist, "codebook.schema.json"),
    `${JSON.stringify(schema.codebookJsonSchema(), undefined, 2)}\n`,
  );
  await forUsers(async () => {
    await buildWeb({ ...webConfig, configFile: false, logLevel: "warn" });
    await buildWeb(offlineBuild);
  });
}

/** For its developers Vite writes into each element where its source lies: that is no business of whoever gets the page. */
async function forUsers(work: () => Promise<void>): Promise<void> {
  const { NODE_ENV: before } = process.env;
  process.env.NODE_ENV = "production";
  try {
    await work();
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

if (import.meta.main) await build();
