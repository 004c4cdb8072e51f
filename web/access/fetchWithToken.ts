import type { tokenHeader } from "../../src/server/accessKeys.ts";
import type { ErrorBody } from "../../src/server/describeError.ts";
import { changeAccess, currentAccess } from "./access.ts";
import { askTabs } from "./otherTabs.ts";

/** The server's name for it. */
const header: typeof tokenHeader = "X-Clipbook-Token";

/**
 * Fetches with the tab's token. Where the server wants another one, because it was started anew, the other tabs are asked, and the
 * request is sent once more.
 */
export async function fetchWithToken(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(input, withToken(init));
  // A coder's page has no token, and the link is in the path.
  if (response.status !== 403 || !(await isTokenNeeded(response))) return response;
  if (await askTabs()) return fetch(input, withToken(init));
  changeAccess({ token: undefined });
  return response;
}

function withToken(init: RequestInit): RequestInit {
  const headers = new Headers(init.headers);
  const { token } = currentAccess();
  if (token !== undefined) headers.set(header, token);
  // The server takes nothing else, also where there is nothing to say.
  if (init.method !== undefined && init.method !== "GET") headers.set("content-type", "application/json");
  return { ...init, headers };
}

async function isTokenNeeded(response: Response): Promise<boolean> {
  if (!response.headers.get("content-type")?.startsWith("application/json")) return false;
  const body = (await response.clone().json()) as ErrorBody;
  return body.needs === "token";
}
