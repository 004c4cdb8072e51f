import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { makeCopies } from "../kill/makePictures.ts";
import { askApp, learnToken } from "../server/askApp.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { startClipbook, waitFor } from "./runClipbook.ts";

/** A folder with the demo's codebook and a folder of pictures. */
export async function workFolder(pictures = 3): Promise<string> {
  const folder = temporaryFolder();
  copyFileSync(join(packageRoot, "demo/codebook.yaml"), join(folder, "codebook.yaml"));
  await makeCopies(join(folder, "pictures"), pictures);
  return folder;
}

/** Starts `clipbook serve` in a folder, and waits until it has printed its addresses. */
export async function serve(
  folder: string,
  args: readonly string[] = ["--no-open"],
  env: Readonly<Record<string, string>> = {},
) {
  const child = startClipbook(["serve", ...args], { cwd: folder, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = waitFor(child);
  const printed = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (more: string) => {
      text += more;
      // All addresses come in one piece.
      if (text.endsWith("\n")) resolve(text);
    });
    void ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  const addresses = printed.trim().split("\n");
  // With --json the test reads them itself.
  const [address] = printed.startsWith("{") ? [""] : addresses.map(learnToken);
  const end = async (signal: NodeJS.Signals = "SIGINT") => {
    const startedMs = performance.now();
    child.kill(signal);
    return { ...(await ended), tookMs: performance.now() - startedMs };
  };
  return { child, printed, addresses, address: address as string, end };
}

/** What `workFolder` is made for. */
export const spec = { inputs: ["pictures"], model: "demo", precision: "float32", scoring: "max" };

/** Posts to a route, as the app does. @param address with a slash at its end */
export function post(address: string, path: string, body?: unknown): Promise<Response> {
  return askApp(`${address}api${path}`, {
    method: "POST",
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

/** The runs that the app knows. */
export async function runsOf(address: string): Promise<number[]> {
  const { runs } = (await (await askApp(`${address}api/study`)).json()) as { runs: { id: number }[] };
  return runs.map(({ id }) => id);
}

/** How many embeddings another process finds in a study. */
export function storedEmbeddings(folder: string): number {
  const database = new DatabaseSync(join(folder, "clipbook.db"), { readOnly: true });
  const stored = Number(database.prepare("SELECT count(*) AS n FROM embedding").get()?.n);
  database.close();
  return stored;
}
