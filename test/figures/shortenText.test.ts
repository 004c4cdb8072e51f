import { describe, expect, it } from "vitest";
import { shortenName, shortenText } from "../../src/figures/shortenText.ts";

describe("shortenText", () => {
  it("leaves a text at the limit alone and marks a longer one", () => {
    expect(shortenText("12345", 5)).toBe("12345");
    expect(shortenText("123456", 5)).toBe("1234…");
  });

  it("counts what people see, not code units", () => {
    expect(shortenText("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2)).toBe("👩‍👩‍👧‍👦👩‍👩‍👧‍👦");
    expect(shortenText("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2)).toBe("👩‍👩‍👧‍👦…");
  });
});

describe("shortenName", () => {
  it("keeps the number and the extension of a long file name", () => {
    expect(shortenName("a-very-long-name-of-a-file-0042.jpg", 17)).toBe("a-very-l…0042.jpg");
  });

  it("leaves a name at the limit alone", () => {
    expect(shortenName("abc.jpg", 7)).toBe("abc.jpg");
    expect(shortenName("abcd.jpg", 7)).toBe("abc…jpg");
  });
});
