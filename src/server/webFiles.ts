import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import type { Handler } from "hono";
import { isErrorCode } from "../errorCode.ts";
import { RequestError } from "./requestError.ts";

/** What a build of the screens consists of. */
const mimeTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** The built screens: files by their names, and the one page for every address of a screen. */
export function webFiles(folder: string): Handler {
  return async (c) => {
    const path = normalize(c.req.path);
    const mimeType = mimeTypes[extname(path)];
    const isFile = /^\/assets\/[\w.-]+$/.test(path) && mimeType !== undefined;
    if (!isFile && extname(path) !== "") throw new RequestError(404, `there is nothing at ${c.req.path}`);
    const bytes = await readFile(join(folder, isFile ? path : "index.html")).catch((cause) => {
      if (!isErrorCode(cause, "ENOENT")) throw cause;
      if (isFile) throw new RequestError(404, `there is nothing at ${c.req.path}`);
      throw new RequestError(503, "the screens are not built", { hint: "npm run build", cause });
    });
    return c.body(new Uint8Array(bytes), 200, {
      "Content-Type": isFile ? mimeType : (mimeTypes[".html"] as string),
      // The names of built files have their content's digest; the page names them.
      "Cache-Control": isFile ? "public, max-age=31536000, immutable" : "no-cache",
    });
  };
}
