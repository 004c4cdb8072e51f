import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256, textDigest } from "../../src/validation/sha256.ts";

describe("sha256", () => {
  it("equals NIST's examples", () => {
    // FIPS 180-2, B.1 and B.2.
    expect(textDigest("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(textDigest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")).toBe(
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    );
  });

  it("equals OpenSSL's for every length about the ends of blocks", () => {
    for (let length = 0; length < 260; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 37 + length) % 256);
      expect(Buffer.from(sha256(bytes)), `${length}`).toEqual(createHash("sha256").update(bytes).digest());
    }
  });

  it("takes a text as UTF-8", () => {
    const text = "Müller 🎉 مظاهرات".repeat(1000);
    expect(textDigest(text)).toBe(createHash("sha256").update(text).digest("hex"));
  });
});
