import { Unreachable } from "./unreachable.ts";

/** How a file is fetched. */
export interface FetchOptions {
  /** As the job has it: neither less nor more is taken. */
  readonly sizeBytes: number;
  readonly signal: AbortSignal;
  /** From the request to the last byte. */
  readonly timeoutMs: number;
}

/**
 * Fetches a file below a root that is an address. Redirections could lead anywhere and are not followed.
 * @param addresses of the same file in several forms; the next one is asked for where the one before answers 404
 * @throws Unreachable unless one answers with so many bytes; the signal's reason
 */
export async function fetchFile(addresses: readonly string[], options: FetchOptions): Promise<Buffer> {
  const { signal, timeoutMs } = options;
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    let answer: Response | undefined;
    for (const address of addresses) {
      await answer?.body?.cancel();
      answer = await fetch(address, { redirect: "manual", signal: AbortSignal.any([signal, timeout]) });
      if (answer.status !== 404) break;
    }
    return await bytesOf(answer as Response, options);
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof Unreachable) throw cause;
    if (timeout.aborted) throw new Unreachable("timeout", "a worker's address took too long", { cause });
    throw new Unreachable("missing_file", "a worker's address cannot be reached, or broke off", { cause });
  }
}

async function bytesOf(answer: Response, { sizeBytes }: FetchOptions): Promise<Buffer> {
  const { ok, status, body } = answer;
  if (!ok) {
    await body?.cancel();
    if (status >= 300 && status < 400)
      throw new Unreachable("missing_file", `a worker's address leads elsewhere (${status})`);
    const code = status === 401 || status === 403 ? "permission_denied" : "missing_file";
    throw new Unreachable(code, `a worker's address answered ${status}`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop ends the answer.
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > sizeBytes) break;
    chunks.push(chunk);
  }
  if (length === sizeBytes) return Buffer.concat(chunks);
  throw new Unreachable("changed_during_read", "a worker's address answered with another file");
}
