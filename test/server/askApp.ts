import { tokenHeader } from "../../src/server/accessKeys.ts";

/** Tokens of the servers that this test has started, by their addresses. */
const tokens = new Map<string, string>();

/** Remembers the token of a server. @param whole the address as the terminal shows it @returns the address without it */
export function learnToken(whole: string): string {
  const { origin, hash } = new URL(whole);
  tokens.set(origin, hash.replace("#token=", ""));
  return `${origin}/`;
}

/** Asks a server as the app does: with the token, and with JSON. */
export function askApp(url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set(tokenHeader, tokens.get(new URL(url).origin) ?? "");
  if (init.method !== undefined && !headers.has("content-type"))
    headers.set("content-type", "application/json");
  return fetch(url, { ...init, headers });
}

/** The address with which the terminal would open a page; a coder's link, and another site's page, need no token. */
export function wholeAddress(url: string): string {
  if (url.startsWith("file:")) return url;
  const { origin, pathname } = new URL(url);
  const token = tokens.get(origin);
  return token === undefined || pathname.startsWith("/code/") ? url : `${url}#token=${token}`;
}
