import { describe, expect, it } from "vitest";
import { escapedName } from "../../src/images/escapedName.ts";

describe("escapedName", () => {
  it("is the text of a name in UTF-8", () => {
    for (const name of ["a.jpg", "ä😀中.jpg", "\ufffd.jpg", "\\xfc.jpg", "", "line\nend"])
      expect(escapedName(Buffer.from(name))).toBe(name);
  });

  it("shows bytes that are no UTF-8 one by one, and the characters round them as they are", () => {
    const name = (hex: string) => escapedName(Buffer.from(hex.replaceAll(" ", ""), "hex"));
    expect(name("fc 2e 6a 70 67")).toBe("\\xfc.jpg");
    // Cut within a character, an overlong slash, half a surrogate pair, beyond U+10FFFF.
    expect(name("c3 a4 e2 82")).toBe("ä\\xe2\\x82");
    expect(name("c0 af")).toBe("\\xc0\\xaf");
    expect(name("ed a0 80")).toBe("\\xed\\xa0\\x80");
    expect(name("f4 90 80 80 f0 9f 98 80")).toBe("\\xf4\\x90\\x80\\x80😀");
  });
});
