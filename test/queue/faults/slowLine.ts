import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** Pictures behind a slow line: they take long to embed, and no processor. */
export interface SlowLine {
  /** `http://127.0.0.1:PORT/`, for a worker's root. */
  readonly address: string;
  /** How many pictures were asked for. */
  asked(): number;
  /** Lets the pictures come at once from now on. */
  speedUp(): void;
}

/** @param pace each picture takes so long; or all of them together come at no more than so many per second */
export async function startSlowLine(
  folder: string,
  { delayMs = 0, perSecond = Number.POSITIVE_INFINITY }: { delayMs?: number; perSecond?: number },
): Promise<SlowLine> {
  let asked = 0;
  let isSlow = true;
  let nextMs = 0;
  const turn = async (isWanted: () => boolean) => {
    // Who has left the line is passed over.
    while (isSlow && isWanted()) {
      const now = performance.now();
      if (nextMs <= now) {
        nextMs = now + 1000 / perSecond;
        return;
      }
      await wait(Math.min(100, nextMs - now));
    }
  };
  const server = createServer(async (request, response) => {
    asked += 1;
    if (isSlow) await wait(delayMs);
    await turn(() => !response.destroyed);
    if (response.destroyed) return;
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://x").pathname);
    response.end(await readFile(join(folder, path)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { port: number };
  return {
    address: `http://127.0.0.1:${port}/`,
    asked: () => asked,
    speedUp: () => {
      isSlow = false;
    },
  };
}
