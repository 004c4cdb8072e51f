import { join } from "node:path";
import { defineConfig } from "vite";
import { colors } from "../src/report/style/colors.ts";

const root = import.meta.dirname;
const colorSheet = "virtual:colors.css";

export default defineConfig({
  root,
  plugins: [
    {
      // The static pages' colours: one palette, whose contrast is tested.
      name: "clipbook-colors",
      resolveId: (id) => (id === colorSheet ? `\0${colorSheet}` : undefined),
      load: (id) => (id === `\0${colorSheet}` ? colors : undefined),
    },
    {
      // A screen's styles stay when it is left, and must not reach the next one: each folder's hold within its screen only.
      name: "clipbook-screen-styles",
      enforce: "pre",
      transform: (code, id) => {
        const folder = /\/web\/(gallery|review|codebook|indexing|code|sample)\/[^?]*\.css$/.exec(id)?.[1];
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
