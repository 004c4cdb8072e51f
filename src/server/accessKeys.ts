import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** The secrets of one start of the server; nothing of them is written anywhere. */
export interface AccessKeys {
  /** What every write has to carry in `tokenHeader`; in the fragment of the address that the terminal shows. */
  readonly token: string;
  /** What the cookie carries, with which images and downloads can be read. */
  readonly cookie: string;
  /** A code that can be exchanged for the token once, within `codeLifeMs`. */
  newCode(): string;
  /** What becomes of a code: only the first time it is good. */
  takeCode(code: string): "good" | "used" | "unknown";
}

/** The header of the token: pages of other sites cannot set it without asking, and they are told no. */
export const tokenHeader = "X-Clipbook-Token";

/** So long a code is good: a browser that is started takes seconds. */
export const codeLifeMs = 60_000;

/**
 * Makes new secrets of 144 bits each, more than anybody can try. The cookie has another one than the token: browsers send cookies to
 * every port of a host, so that another user's server on this machine may come to see it.
 * @param elapsedMs milliseconds, to tell how old a code is
 */
export function createAccessKeys(elapsedMs: () => number = () => performance.now()): AccessKeys {
  const codes = new Map<string, { readonly madeMs: number; isUsed: boolean }>();
  return {
    token: newSecret(),
    cookie: newSecret(),
    newCode: () => {
      const code = newSecret();
      codes.set(digestOf(code).toString("hex"), { madeMs: elapsedMs(), isUsed: false });
      return code;
    },
    takeCode: (code) => {
      // Found by its digest: how long that takes says nothing about the code.
      const known = codes.get(digestOf(code).toString("hex"));
      if (known === undefined) return "unknown";
      if (known.isUsed) return "used";
      known.isUsed = true;
      return elapsedMs() - known.madeMs <= codeLifeMs ? "good" : "unknown";
    },
  };
}

/** Compares two secrets in the same time wherever they differ. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(expected));
}

function newSecret(): string {
  return randomBytes(18).toString("base64url");
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
