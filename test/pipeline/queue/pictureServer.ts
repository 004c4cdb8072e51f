import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A server of files on this machine that ends with the test. */
export interface PictureServer {
  /** With a slash at its end. */
  readonly url: string;
  /** Paths as they were asked for. */
  readonly asked: readonly string[];
}

/** @param answer to each request */
export async function startPictureServer(answer: RequestListener): Promise<PictureServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    answer(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, asked };
}
