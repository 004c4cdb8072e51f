import { UserError } from "../errors.ts";
import type { Environment } from "./cacheHome.ts";

/** How long to wait and how often to try again. */
export interface ConnectionOptions {
  /** A connection that brings nothing for so long is given up; 30 seconds by default. */
  readonly stallMs?: number;
  /** Waits before trying again, doubled each time; 1 second by default. */
  readonly retryMs?: number;
  /** Tries in a row that bring nothing before giving up; 5 by default. */
  readonly tries?: number;
  readonly signal?: AbortSignal | undefined;
}

/** A request that failed on the way; whether it is worth another try. */
export class ConnectionFailure extends Error {
  readonly retriable: boolean;
  constructor(message: string, options: { readonly cause?: unknown; readonly retriable: boolean }) {
    super(message, { cause: options.cause });
    this.name = "ConnectionFailure";
    this.retriable = options.retriable;
  }
}

/** The Hub, or a mirror of it, for the time of a download. */
export interface HubConnection {
  /** Without a slash at the end. */
  readonly endpoint: string;
  readonly isOffline: boolean;
  readonly stallMs: number;
  readonly retryMs: number;
  readonly tries: number;
  readonly signal: AbortSignal | undefined;
  /** True once the server has answered anything. */
  wasReached(): boolean;
  /** `fetch` with the user's token, a limit on silence, and redirects that keep the Hub's own headers. */
  readonly fetch: typeof fetch;
}

const publicHub = "https://huggingface.co";
const mostRedirects = 5;
// Where the Hub sends a file's own name and size when the bytes come from elsewhere.
const hubHeaders = ["x-linked-etag", "x-linked-size", "x-repo-commit"];

/**
 * Reads `HF_ENDPOINT`, `HF_TOKEN` and `HF_HUB_OFFLINE` (or `TRANSFORMERS_OFFLINE`), as Python's Hub library does.
 * @throws UserError when HF_ENDPOINT is no web address
 */
export function connectHub(environment: Environment, options: ConnectionOptions = {}): HubConnection {
  const endpoint = (environment.HF_ENDPOINT || publicHub).replace(/\/+$/, "");
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    throw new UserError(`HF_ENDPOINT: "${endpoint}" is no web address`, {
      hint: `set it to the address of a Hub mirror, or unset it for ${publicHub}`,
    });
  }
  const stallMs = options.stallMs ?? 30_000;
  let reached = false;
  const request = async (url: URL, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    // A compressed answer has other byte positions than the file.
    headers.set("Accept-Encoding", "identity");
    const isHub = url.origin === new URL(endpoint).origin;
    if (environment.HF_TOKEN && isHub) headers.set("Authorization", `Bearer ${environment.HF_TOKEN}`);
    else headers.delete("Authorization");
    try {
      const response = await withinSilence(stallMs, [options.signal, init.signal], (signal) =>
        fetch(url, { ...init, headers, redirect: "manual", signal }),
      );
      reached = true;
      return response;
    } catch (error) {
      throw asConnectionFailure(error);
    }
  };
  return {
    endpoint,
    isOffline: isSet(environment.HF_HUB_OFFLINE || environment.TRANSFORMERS_OFFLINE),
    stallMs,
    retryMs: options.retryMs ?? 1000,
    tries: options.tries ?? 5,
    signal: options.signal,
    wasReached: () => reached,
    fetch: (input, init = {}) =>
      followRedirects(new URL(input instanceof Request ? input.url : input), init, request),
  };
}

/**
 * Waits for an answer, but not for ever: `start` gets a signal that ends it after `stallMs`.
 * @throws ConnectionFailure when it took too long; an aborted signal's reason, and whatever `start` throws, as it is
 */
export async function withinSilence<T>(
  stallMs: number,
  signals: readonly (AbortSignal | null | undefined)[],
  start: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(), stallMs);
  const given = signals.filter((signal) => signal != null);
  try {
    return await start(AbortSignal.any([...given, silence.signal]));
  } catch (cause) {
    for (const signal of given) signal.throwIfAborted();
    if (!silence.signal.aborted) throw cause;
    throw new ConnectionFailure(`no answer for ${stallMs / 1000} s`, { cause, retriable: true });
  } finally {
    clearTimeout(timer);
  }
}

/** What a failed `fetch` or a broken body throws, as a failure that is worth another try; other errors as they are. */
export function asConnectionFailure(error: unknown): unknown {
  // undici throws TypeError for every failure of the network, with what happened in the cause.
  if (!(error instanceof TypeError)) return error;
  const { cause } = error;
  const what = cause instanceof Error && cause.message ? cause.message : error.message;
  return new ConnectionFailure(what, { cause: error, retriable: true });
}

async function followRedirects(
  start: URL,
  init: RequestInit,
  request: (url: URL, init: RequestInit) => Promise<Response>,
): Promise<Response> {
  const kept = new Headers();
  let url = start;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await request(url, init);
    for (const name of hubHeaders) {
      const value = response.headers.get(name);
      if (value !== null && !kept.has(name)) kept.set(name, value);
    }
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null)
      return withHeaders(response, kept);
    await response.body?.cancel();
    const next = new URL(location, url);
    const isSafe = next.protocol === "https:" || (next.protocol === "http:" && url.protocol === "http:");
    if (!isSafe)
      throw new ConnectionFailure(`${url.host} redirects to ${next.protocol}`, { retriable: false });
    url = next;
  }
  throw new ConnectionFailure(`${start.host} redirects more than ${mostRedirects} times`, {
    retriable: false,
  });
}

function withHeaders(response: Response, kept: Headers): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of kept) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

function isSet(value: string | undefined): boolean {
  return ["1", "ON", "YES", "TRUE"].includes((value ?? "").toUpperCase());
}
