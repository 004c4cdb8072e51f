import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import { z } from "zod";
import { type AccessKeys, isSameSecret } from "./accessKeys.ts";
import { checkedJson } from "./checkedInput.ts";
import { cookieName } from "./cookieName.ts";
import { RequestError } from "./requestError.ts";

const sessionBody = z.strictObject({ secret: z.string().max(200) });

/**
 * Exchanges what stood in the address's fragment (the token, or the code with which the browser was started) for the token and the
 * cookie. The browser is started with a code because other users of the machine can read what programs are started with; one who is
 * faster than the browser uses it up, so that the owner hears of it.
 */
export function sessionRoutes(keys: AccessKeys) {
  return new Hono().post("/session", checkedJson(sessionBody), (c) => {
    const { secret } = c.req.valid("json");
    if (!isSameSecret(secret, keys.token)) requireCode(keys, secret);
    setCookie(c, cookieName(c.req.header("host") ?? ""), keys.cookie, {
      httpOnly: true,
      sameSite: "Strict",
      path: "/api",
    });
    return c.json({ token: keys.token });
  });
}

/** @throws RequestError 403 for a code that is not good any more, and for anything else */
function requireCode(keys: AccessKeys, secret: string): void {
  const outcome = keys.takeCode(secret);
  if (outcome === "good") return;
  throw new RequestError(
    403,
    outcome === "used" ? "this address was opened before" : "this address is not the study's any more",
    {
      hint:
        outcome === "used"
          ? "open the address that the terminal shows; if nobody of you opened this one, end the server: another user of this machine did"
          : "open the address that the terminal shows",
      needs: "token",
    },
  );
}
