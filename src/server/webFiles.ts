import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { Handler } from "hono";
import { isErrorCode } from "../errorCode.ts";
import { RequestError } from "./requestError.ts";
import { pagePolicy } from "./securityHeaders.ts";

/** What a build of the screens consists of, beside the one page. */
const mimeTypes: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** A built file: one folder, and a name without anything that could lead out of it. */
const builtFile = /^\/assets\/(\w[\w.-]*)$/;

/** Stands in the built page for the nonce of each response (`html.cspNonce` in web/vite.config.ts). */
const noncePlace = "CLIPBOOK-NONCE";

/** The built screens: files by their names, and the one page for every address of a screen. */
export function webFiles(folder: string): Handler {
  return async (c) => {
    const { path } = c.req;
    if (!path.startsWith("/assets/") && extname(path) === "") {
      const page = await readFile(join(folder, "index.html"), "utf8").catch((cause) => {
        if (!isErrorCode(cause, "ENOENT")) throw cause;
        throw new RequestError(503, "the screens are not built", { hint: "npm run build", cause });
      });
      const nonce = randomBytes(16).toString("base64");
      return c.body(page.replaceAll(noncePlace, nonce), 200, {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": pagePolicy(nonce),
        "Cache-Control": "no-cache",
      });
    }
    const name = builtFile.exec(path)?.[1] ?? "";
    const mimeType = mimeTypes[extname(name)];
    if (mimeType === undefined) throw nothingThere();
    const bytes = await readFile(join(folder, "assets", name)).catch((cause) => {
      throw isErrorCode(cause, "ENOENT") ? nothingThere() : cause;
    });
    return c.body(new Uint8Array(bytes), 200, {
      "Content-Type": mimeType,
      // The names of built files have their content's digest; the page names them.
      "Cache-Control": "public, max-age=31536000, immutable",
    });
  };
}

function nothingThere(): RequestError {
  return new RequestError(404, "there is nothing at this address");
}
