import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { startClipbook } from "../cli/runClipbook.ts";
import { askApp, learnToken } from "../server/askApp.ts";

/** A judgement to be posted. */
export interface Post {
  /** Behind `/api`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a server did until it was killed. */
export interface PostedUntilKilled {
  /** What it answered to posts that it accepted, with the post. */
  readonly acknowledged: readonly { readonly post: Post; readonly answer: unknown }[];
  /** Posts that were sent and not answered when it was killed. */
  readonly underWay: number;
}

/** How many posts are under way at once, as from so many tabs. */
const tabs = 3;

/**
 * Starts `clipbook serve` for a study, posts judgements one after the other in each of three tabs, and kills it with SIGKILL so many milliseconds
 * after the given number of them was acknowledged.
 */
export async function postUntilKilled(
  study: string,
  posts: Iterable<Post>,
  { afterAnswers, afterMs }: { readonly afterAnswers: number; readonly afterMs: number },
): Promise<PostedUntilKilled> {
  const server = startClipbook(["serve", "--study", study, "--no-open", "--json"]);
  const ended = once(server, "exit");
  const { value: line } = await createInterface({ input: server.stdout as NodeJS.ReadableStream })
    [Symbol.asyncIterator]()
    .next();
  const { address: whole } = JSON.parse(line ?? "{}") as { readonly address: string };
  const address = learnToken(whole);
  const acknowledged: { post: Post; answer: unknown }[] = [];
  const queue = posts[Symbol.iterator]();
  let isKilled = false;
  let underWay = 0;
  let underWayThen = 0;
  const kill = async () => {
    await wait(afterMs);
    underWayThen = underWay;
    server.kill("SIGKILL");
    isKilled = true;
  };
  const goOn = async (): Promise<void> => {
    for (;;) {
      const { value: post } = queue.next();
      if (post === undefined || isKilled) return;
      underWay += 1;
      const answer = await answerTo(address, post);
      if (answer === undefined) return;
      underWay -= 1;
      acknowledged.push({ post, answer });
      if (acknowledged.length === afterAnswers) void kill();
    }
  };
  await Promise.all(Array.from({ length: tabs }, goOn));
  if (!isKilled) await wait(afterMs + 1);
  await ended;
  return { acknowledged, underWay: underWayThen };
}

/** The answer; undefined when the server is gone. @throws Error when it refuses */
async function answerTo(address: string, { path, body }: Post): Promise<unknown> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  let response: Response;
  let text: string;
  try {
    response = await askApp(`${address}api${path}`, init);
    text = await response.text();
  } catch {
    // It was killed: undici says so in many ways.
    return undefined;
  }
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}
