import type { ErrorBody } from "../../src/server/describeError.ts";
import { browserStores } from "../shell/browserStores.ts";
import { keepText } from "../shell/keepText.ts";
import { changeAccess } from "./access.ts";

const storageKey = "clipbook-token";

/** The token that this tab kept, through reloads. */
export function maybeKeptToken(): string | undefined {
  const [tab] = browserStores();
  return tab?.getItem(storageKey) ?? undefined;
}

/**
 * Exchanges a secret (the token, or a code that is good once) for the token, which the tab keeps, and for the cookie that pictures
 * need.
 * @returns what the server says against it; undefined when it was taken
 */
export async function enterStudy(secret: string): Promise<string | undefined> {
  const response = await fetch("/api/session", {
    method: "POST",
    body: JSON.stringify({ secret }),
    headers: { "content-type": "application/json" },
  }).catch(() => undefined);
  if (response === undefined) return "the server does not answer";
  // A program between the two, or a refusal before the app is asked, says it in another form.
  const body = (await response.json().catch(() => undefined)) as
    | { readonly token: string }
    | ErrorBody
    | undefined;
  if (body === undefined) return `the server gives no answer that can be read (status ${response.status})`;
  if (!("token" in body)) return body.hint === undefined ? body.error : `${body.error}: ${body.hint}`;
  const [tab] = browserStores();
  keepText(tab, storageKey, body.token);
  changeAccess({ token: body.token, problem: undefined });
  return undefined;
}
