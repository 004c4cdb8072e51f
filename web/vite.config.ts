import { join } from "node:path";
import { defineConfig } from "vite";
import { evaluationSheet } from "../src/figures/evaluation/evaluationSheet.ts";
import { colors } from "../src/report/style/colors.ts";

const root = import.meta.dirname;
/** Sheets that the static pages have, too: the palette, whose contrast is tested, and an evaluation's parts. */
const sharedSheets: Readonly<Record<string, string>> = {
  "virtual:colors.css": colors,
  "virtual:evaluation.css": `.screen-results {\n${evaluationSheet}\n}\n`,
};

export default defineConfig({
  root,
  // The server puts a new nonce in its place for each response.
  html: { cspNonce: "CLIPBOOK-NONCE" },
  plugins: [
    {
      name: "clipbook-shared-sheets",
      resolveId: (id) => (id in sharedSheets ? `\0${id}` : undefined),
      load: (id) => (id.startsWith("\0") ? sharedSheets[id.slice(1)] : undefined),
    },
    {
      // A screen's styles stay when it is left, and must not reach the next one: each folder's hold within its screen only.
      name: "clipbook-screen-styles",
      enforce: "pre",
      transform: (code, id) => {
        const folder = /\/web\/(gallery|review|codebook|indexing|code|sample|results)\/[^?]*\.css$/.exec(
          id,
        )?.[1];
        return folder === undefined ? undefined : { code: `.screen-${folder} {\n${code}\n}\n`, map: null };
      },
    },
  ],
  build: {
    outDir: join(root, "../dist/web"),
    emptyOutDir: true,
    target: "es2024",
    modulePreload: { polyfill: false },
    // A picture inside a script would be a data: address; files keep the policy simple.
    assetsInlineLimit: 0,
  },
});
