import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
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

/** A built file: one folder, and a name without anything that could lead out of it. */
const builtFile = /^\/assets\/(\w[\w.-]*)$/;

/** The built screens: files by their names, and the one page for every address of a screen. */
export function webFiles(folder: string): Handler {
  return async (c) => {
    const { path } = c.req;
    const name = builtFile.exec(path)?.[1];
    const mimeType = mimeTypes[name === undefined ? ".html" : extname(name)];
    const isScreen = !path.startsWith("/assets/") && extname(path) === "";
    if (mimeType === undefined || (name === undefined && !isScreen)) throw nothingAt(path);
    const file = name === undefined ? join(folder, "index.html") : join(folder, "assets", name);
    const bytes = await readFile(file).catch((cause) => {
      if (!isErrorCode(cause, "ENOENT")) throw cause;
      if (name !== undefined) throw nothingAt(path);
      throw new RequestError(503, "the screens are not built", { hint: "npm run build", cause });
    });
    return c.body(new Uint8Array(bytes), 200, {
      "Content-Type": mimeType,
      // The names of built files have their content's digest; the page names them.
      "Cache-Control": name === undefined ? "no-cache" : "public, max-age=31536000, immutable",
    });
  };
}

function nothingAt(path: string): RequestError {
  return new RequestError(404, `there is nothing at ${path}`);
}
