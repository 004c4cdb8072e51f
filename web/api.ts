import { hc } from "hono/client";
import type { Api } from "../src/server/createApi.ts";
import type { ErrorBody } from "../src/server/describeError.ts";
import { fetchWithToken } from "./access/fetchWithToken.ts";

/** The server's routes, typed; each request carries the token. */
export const api = hc<Api>("/api", { fetch: fetchWithToken });

/** An answer that is no answer: what was wrong, and what to do. */
export class ApiError extends Error {
  /** HTTP status; 0 where the server could not be reached. */
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.error);
    this.name = "ApiError";
    this.status = status;
    this.body = body;
  }
}

/**
 * The JSON of a response.
 * @throws ApiError for an error of the server, or none at all
 */
export async function answer<
  Response extends { readonly ok: boolean; readonly status: number; json(): Promise<unknown> },
>(request: Promise<Response>): Promise<Exclude<Awaited<ReturnType<Response["json"]>>, ErrorBody>> {
  const response = await request.catch((cause: unknown) => {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, {
      error: "the server does not answer",
      hint: "is `clipbook serve` still running? Start it again and open its new address in another tab: nothing that was saved is lost",
    });
  });
  if (response.ok) {
    return (await response.json()) as Exclude<Awaited<ReturnType<Response["json"]>>, ErrorBody>;
  }
  const body = await response
    .json()
    .catch(() => ({ error: `the server answers with status ${response.status}` }));
  throw new ApiError(response.status, body as ErrorBody);
}
