import { join } from "node:path";
import type { InlineConfig } from "vite";

const root = join(import.meta.dirname, "..");

/** How the page for coding without a server is built: one script and one style sheet, which are put into each page. */
export const offlineBuild: InlineConfig = {
  configFile: false,
  root,
  logLevel: "warn",
  build: {
    outDir: join(root, "../dist/offline"),
    emptyOutDir: true,
    target: "es2022",
    lib: {
      entry: join(root, "offline/main.tsx"),
      formats: ["iife"],
      name: "clipbookCoding",
      fileName: () => "page.js",
      cssFileName: "page",
    },
  },
};
