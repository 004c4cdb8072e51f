import { createHash, timingSafeEqual } from "node:crypto";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { html } from "hono/html";
import { RequestError } from "./requestError.ts";

/** Who may ask. */
export interface AccessRules {
  /** `Host` headers that are answered, with their port; undefined: any, because a token is demanded. */
  readonly hosts: readonly string[] | undefined;
  /** What the link has to carry, once; undefined on the loopback interface. */
  readonly token: string | undefined;
}

/**
 * Turns away what did not come from the app's own pages: another `Host` is a name that somebody pointed at this machine (DNS
 * rebinding), another origin is another site's page. With a token, the link's `?token=` is exchanged for a cookie; only what a coder's
 * own link leads to is answered without it.
 */
export function guardAccess({ hosts, token }: AccessRules): MiddlewareHandler {
  return async (c, next) => {
    const host = (c.req.header("host") ?? "").toLowerCase();
    if (hosts !== undefined && !hosts.includes(host)) {
      throw new RequestError(403, `this server does not answer as "${host}"`, {
        hint: `open http://${hosts[0]}/`,
      });
    }
    const isPage = ["GET", "HEAD"].includes(c.req.method) && !c.req.path.startsWith("/api/");
    requireOwnPage(c, host, isPage);
    if (token === undefined || isOpenToCoders(c.req.path, isPage)) return next();
    const cookie = cookieName(host);
    const given = isPage ? c.req.query("token") : undefined;
    if (given !== undefined && isSame(given, token)) {
      setCookie(c, cookie, token, { httpOnly: true, sameSite: "Strict", path: "/" });
      return c.html(forwardingPage(addressWithoutToken(c.req.url)));
    }
    if (!isSame(getCookie(c, cookie) ?? "", token)) {
      throw new RequestError(403, "this study is open for those who have its link", {
        hint: "open the whole address that the terminal shows, with its token",
      });
    }
    return next();
  };
}

/** @throws RequestError 403 for a request that another site's page has made */
function requireOwnPage(c: Context, host: string, isPage: boolean): void {
  const origin = c.req.header("origin");
  // Browsers of the last years say where a request comes from (Fetch Metadata); others say it of posts only.
  const site = c.req.header("sec-fetch-site") ?? "none";
  const isForeign =
    (origin !== undefined && origin.toLowerCase() !== `http://${host}`) ||
    (site !== "same-origin" && site !== "none" && !(isPage && isNavigation(c)));
  if (isForeign) throw new RequestError(403, "this request came from another site's page");
}

/**
 * What a coder's link leads to: its page, the built files that every page needs and that know nothing of the study, and the routes
 * that ask for the link themselves.
 */
function isOpenToCoders(path: string, isPage: boolean): boolean {
  return isPage ? /^\/(code|assets)\/[\w.-]*$/.test(path) : /^\/api\/coding\/[\w-]+(\/|$)/.test(path);
}

/** A link from elsewhere may open a page in a tab; nothing may load its parts or show it in a frame. */
function isNavigation(c: Context): boolean {
  return c.req.header("sec-fetch-mode") === "navigate" && c.req.header("sec-fetch-dest") === "document";
}

/** Cookies do not tell ports apart: the study on another port of the same host has its own name for it. */
function cookieName(host: string): string {
  return `clipbook-${/:(\d{1,5})$/.exec(host)?.[1] ?? "80"}`;
}

/** The same page of this server. */
function addressWithoutToken(url: string): string {
  const address = new URL(url);
  address.searchParams.delete("token");
  // Two slashes in front would lead to another host.
  return `/${address.pathname.replace(/^\/+/, "")}${address.search}`;
}

/**
 * Goes on to the address by itself. A redirect would not do: it counts as the work of the site whose link was followed, a
 * mail program's for one, and the browser would not send the strict cookie along.
 */
function forwardingPage(address: string) {
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<meta http-equiv="refresh" content="0; url=${address}" />
<title>Clipbook</title>
<p><a href="${address}">Open the study</a></p>
</html>`;
}

/** Compares in the same time wherever the texts differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
