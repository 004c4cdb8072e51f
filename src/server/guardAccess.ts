import type { Context, MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";
import { type AccessKeys, isSameSecret, tokenHeader } from "./accessKeys.ts";
import { cookieName } from "./cookieName.ts";
import { RequestError } from "./requestError.ts";

/** Who may ask. */
export interface AccessRules {
  /** `Host` headers that are answered, with their port; undefined: any, where the server is to be reached from elsewhere. */
  readonly hosts: readonly string[] | undefined;
  readonly keys: AccessKeys;
}

/**
 * Turns away what did not come from the app's own pages: another `Host` is a name that somebody pointed at this machine (DNS
 * rebinding), another origin is another site's page. What remains has to prove itself, also on the loopback interface, which every
 * user of a machine reaches: reading takes the token or the cookie, everything else the token. Open are the built screens, which know
 * nothing of the study, the exchange of secrets, and what a coder's own link leads to.
 */
export function guardAccess({ hosts, keys }: AccessRules): MiddlewareHandler {
  return async (c, next) => {
    const host = (c.req.header("host") ?? "").toLowerCase();
    if (hosts !== undefined && !hosts.includes(host)) {
      throw new RequestError(403, `this server does not answer as "${host}"`, {
        hint: `open http://${hosts[0]}/`,
      });
    }
    const isReading = ["GET", "HEAD"].includes(c.req.method);
    const isPage = isReading && !c.req.path.startsWith("/api/");
    requireOwnPage(c, host, isPage);
    if (isPage || isOpen(c)) return next();
    if (isSameSecret(c.req.header(tokenHeader) ?? "", keys.token)) return next();
    if (isReading && isSameSecret(getCookie(c, cookieName(host)) ?? "", keys.cookie)) return next();
    throw new RequestError(
      403,
      isReading
        ? "this study is open for those who have its whole address"
        : "nothing can be changed from here: the token of the study's address is missing",
      { hint: "open the address that the terminal shows", needs: "token" },
    );
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

/** What asks for a secret of its own: the exchange, and the routes of a coder's link. */
export function isOpen({ req }: Context): boolean {
  return (
    (req.method === "POST" && req.path === "/api/session") || /^\/api\/coding\/[\w-]+(\/|$)/.test(req.path)
  );
}

/** A link from elsewhere may open a page in a tab; nothing may load its parts or show it in a frame. */
function isNavigation(c: Context): boolean {
  return c.req.header("sec-fetch-mode") === "navigate" && c.req.header("sec-fetch-dest") === "document";
}
