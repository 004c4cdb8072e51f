import { createHash, timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
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
 * rebinding), another origin is another site's page. With a token, the link's `?token=` is exchanged for a cookie.
 */
export function guardAccess({ hosts, token }: AccessRules): MiddlewareHandler {
  return async (c, next) => {
    const host = c.req.header("host") ?? "";
    if (hosts !== undefined && !hosts.includes(host.toLowerCase())) {
      throw new RequestError(403, `this server does not answer as "${host}"`, {
        hint: `open http://${hosts[0]}/`,
      });
    }
    requireOwnOrigin(c.req.header("origin"), c.req.header("sec-fetch-site"), host, {
      isPage: !c.req.path.startsWith("/api/") && c.req.method === "GET",
    });
    if (token !== undefined) {
      const cookie = `clipbook-${host.split(":").at(-1)}`;
      const given = c.req.query("token");
      if (given !== undefined && isSame(given, token) && c.req.method === "GET") {
        setCookie(c, cookie, token, { httpOnly: true, sameSite: "Strict", path: "/" });
        const address = new URL(c.req.url);
        address.searchParams.delete("token");
        return c.redirect(`${address.pathname}${address.search}`);
      }
      if (!isSame(getCookie(c, cookie) ?? "", token)) {
        throw new RequestError(403, "this study is open for those who have its link", {
          hint: "open the whole address that the terminal shows, with its token",
        });
      }
    }
    return next();
  };
}

/** @throws RequestError 403 for a request that another site's page has made */
function requireOwnOrigin(
  origin: string | undefined,
  site: string | undefined,
  host: string,
  { isPage }: { readonly isPage: boolean },
): void {
  const isForeign = origin !== undefined && origin !== `http://${host}`;
  // Browsers say where a request comes from; a link from elsewhere may open a page, and nothing else.
  const isFromElsewhere = site !== undefined && site !== "same-origin" && site !== "none";
  if (!isForeign && (isPage || !isFromElsewhere)) return;
  throw new RequestError(403, "this request came from another site's page");
}

/** Compares in the same time wherever the texts differ. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
