import { describe, expect, it } from "vitest";
import { codeLifeMs, createAccessKeys, isSameSecret } from "../../src/server/accessKeys.ts";

describe("the secrets of a start", () => {
  it("have 144 bits each, and are new each time", () => {
    const secrets = Array.from({ length: 50 }, () => createAccessKeys()).flatMap((keys) => [
      keys.token,
      keys.cookie,
      keys.newCode(),
    ]);
    expect(new Set(secrets).size).toBe(150);
    for (const secret of secrets) {
      expect(secret).toMatch(/^[\w-]{24}$/);
      expect(Buffer.from(secret, "base64url")).toHaveLength(144 / 8);
    }
  });

  it("are the same only when every character is", () => {
    const { token } = createAccessKeys();
    expect(isSameSecret(token, token)).toBe(true);
    for (const other of ["", token.slice(1), `${token} `, token.toLowerCase(), "x".repeat(24)])
      expect(isSameSecret(other, token)).toBe(false);
  });
});

describe("a code", () => {
  it("is good once, and says when it was used", () => {
    const keys = createAccessKeys();
    const [code, other] = [keys.newCode(), keys.newCode()];
    expect([keys.takeCode(code), keys.takeCode(code), keys.takeCode(code)]).toEqual(["good", "used", "used"]);
    expect(keys.takeCode(other)).toBe("good");
    for (const wrong of ["", "x", keys.token, keys.cookie, createAccessKeys().newCode()])
      expect(keys.takeCode(wrong)).toBe("unknown");
  });

  it("is good for a minute", () => {
    let elapsedMs = 5_000;
    const keys = createAccessKeys(() => elapsedMs);
    const [early, late] = [keys.newCode(), keys.newCode()];
    expect(codeLifeMs).toBe(60_000);
    elapsedMs += codeLifeMs;
    expect(keys.takeCode(early)).toBe("good");
    elapsedMs += 1;
    expect(keys.takeCode(late)).toBe("unknown");
  });
});
