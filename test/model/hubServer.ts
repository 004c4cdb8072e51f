import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What goes wrong with a file's bytes, for a number of answers. */
export type Fault =
  | { readonly kind: "break"; readonly afterBytes: number }
  | { readonly kind: "stall"; readonly afterBytes: number }
  | { readonly kind: "status"; readonly status: number }
  /** Goes on after the content for ever, with no length in front. */
  | { readonly kind: "endless" }
  /** Announces so many bytes in its length, and sends the content. */
  | { readonly kind: "claim"; readonly bytes: number }
  | { readonly kind: "redirect"; readonly location: string }
  | { readonly kind: "ignoreRange" }
  | { readonly kind: "otherContent" };

/** An answer that the server gave. */
export interface ServedAnswer {
  readonly path: string;
  readonly range: string | undefined;
  readonly status: number;
  readonly authorization: string | undefined;
  bytes: number;
}

export interface HubServer {
  readonly url: string;
  /** Every answer; those to `bytes=0-0` ask for the size only. */
  readonly answers: readonly ServedAnswer[];
  /** Answers that carried a file's bytes. */
  served(path: string): readonly ServedAnswer[];
  /** Makes the next answers with a file's bytes go wrong, one fault each. */
  fail(path: string, ...faults: readonly Fault[]): void;
  /** Sends large files' content from another server. */
  redirectContentTo(origin: string): void;
  /** Answers every request with a page, as a network does that wants a login. */
  answerEverythingWith(page: string): void;
  close(): Promise<void>;
}

/**
 * Serves one revision of a repository on 127.0.0.1 with the Hub's paths and headers. Graphs and their weights are
 * large files: named by SHA-256, and sent through a redirect to another path as from the Hub's content network, or
 * with `xet` described as the Hub describes files in its chunked storage. All else is named by Git's object id.
 */
export async function startHubServer(options: {
  readonly repository: string;
  readonly revision: string;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly xet?: boolean;
}): Promise<HubServer> {
  const answers: ServedAnswer[] = [];
  const faults = new Map<string, Fault[]>();
  let contentOrigin = "";
  let page: string | undefined;
  const prefix = `/${options.repository}/resolve/${options.revision}/`;

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (page !== undefined) {
      response.writeHead(200, { "content-type": "text/html" }).end(page);
      return;
    }
    const isContent = url.pathname.startsWith("/content/");
    const path = decodeURIComponent(url.pathname.slice(isContent ? "/content/".length : prefix.length));
    const content = options.files.get(path);
    if (content === undefined || (!isContent && !url.pathname.startsWith(prefix))) {
      answers.push(answer(request, path, 404));
      response.writeHead(404, { "x-error-code": "EntryNotFound" }).end("Entry not found");
      return;
    }
    const isSizeOnly = request.headers.range === "bytes=0-0";
    const fault = isSizeOnly ? undefined : faults.get(path)?.[0];
    const isLarge = path.includes(".onnx");
    const named = isLarge
      ? { "x-linked-etag": `"${sha256(content)}"`, "x-linked-size": String(content.length) }
      : { etag: `"${gitObjectId(content)}"` };
    const hubHeaders = { ...named, "x-repo-commit": options.revision };
    if (isLarge && options.xet && request.headers.accept?.includes("application/vnd.xet-fileinfo+json")) {
      answers.push(answer(request, path, 200));
      const link = `<${origin}/xet-token>; rel="xet-auth", <${origin}/xet>; rel="xet-reconstruction-info"`;
      response.writeHead(200, {
        ...hubHeaders,
        "content-type": "application/vnd.xet-fileinfo+json",
        "x-xet-hash": "0".repeat(64),
        link,
      });
      response.end("{}");
      return;
    }
    if (isLarge && !isContent) {
      answers.push(answer(request, path, 302));
      response.writeHead(302, { ...hubHeaders, location: `${contentOrigin}/content/${path}` }).end();
      return;
    }
    if (fault !== undefined) faults.get(path)?.shift();
    // The content network has names of its own for what it sends.
    const headers = isContent ? { etag: '"content-network"' } : hubHeaders;
    sendContent(request, response, path, content, headers, fault);
  });

  function sendContent(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    content: Buffer,
    headers: Record<string, string>,
    fault: Fault | undefined,
  ): void {
    if (fault?.kind === "status") {
      answers.push(answer(request, path, fault.status));
      response.writeHead(fault.status).end();
      return;
    }
    if (fault?.kind === "redirect") {
      answers.push(answer(request, path, 302));
      response.writeHead(302, { location: fault.location }).end();
      return;
    }
    if (fault?.kind === "endless") {
      const logged = answer(request, path, 200);
      answers.push(logged);
      response.writeHead(200, headers).write(content);
      const more = Buffer.alloc(65_536);
      const pour = () => {
        logged.bytes += more.length;
        if (!response.destroyed && response.write(more)) setImmediate(pour);
      };
      response.on("drain", pour);
      pour();
      return;
    }
    const bytes = fault?.kind === "otherContent" ? Buffer.alloc(content.length, 7) : content;
    const range =
      fault?.kind === "ignoreRange" ? null : /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
    const start = Number(range?.[1] ?? 0);
    const end = range?.[2] ? Math.min(Number(range[2]) + 1, bytes.length) : bytes.length;
    const status = range ? 206 : 200;
    const part = bytes.subarray(start, end);
    const cutAt = fault && "afterBytes" in fault ? fault.afterBytes : part.length;
    const logged = answer(request, path, status);
    logged.bytes = Math.min(cutAt, part.length);
    answers.push(logged);
    response.writeHead(status, {
      ...headers,
      "content-length": String(fault?.kind === "claim" ? fault.bytes : part.length),
      ...(range && { "content-range": `bytes ${start}-${end - 1}/${bytes.length}` }),
    });
    if (fault?.kind === "break") response.write(part.subarray(0, cutAt), () => response.destroy());
    else if (fault?.kind === "stall") response.write(part.subarray(0, cutAt));
    else if (fault?.kind === "claim") response.write(part, () => response.destroy());
    else response.end(part);
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin,
    answers,
    served: (path) =>
      answers.filter(
        (a) => a.path === path && a.range !== "bytes=0-0" && (a.status === 200 || a.status === 206),
      ),
    fail: (path, ...next) => faults.set(path, [...next]),
    redirectContentTo: (other) => {
      contentOrigin = other;
    },
    answerEverythingWith: (next) => {
      page = next;
    },
    close: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function answer(request: IncomingMessage, path: string, status: number): ServedAnswer {
  const { range, authorization } = request.headers;
  return { path, range, status, authorization, bytes: 0 };
}

export function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

export function gitObjectId(content: Buffer): string {
  return createHash("sha1").update(`blob ${content.length}\0`).update(content).digest("hex");
}
