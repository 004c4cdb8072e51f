import { describe, expect, it } from "vitest";
import { codingFileName } from "../../src/validation/codingFileName.ts";
import { attackStrings } from "../attack/attackStrings.ts";

describe("the name of a coder's file", () => {
  it("keeps letters of all scripts and nothing that a system takes for something else", () => {
    expect(codingFileName("test", "Anna Müller", ".html")).toBe("test--Anna-Müller.html");
    expect(codingFileName("Pilot 2", "محمد", ".html")).toBe("Pilot-2--محمد.html");
    expect(codingFileName("../../etc", `a/b\\c:"*?<>|`, ".html")).toBe("etc--a-b-c.html");
    expect(codingFileName("🎉", "...", ".html")).toBe("sample--coder.html");
  });

  it("differs where hyphens stand elsewhere", () => {
    expect(codingFileName("a", "b-c", ".html")).toBe("a--b-c.html");
    expect(codingFileName("a-b", "c", ".html")).toBe("a-b--c.html");
    expect(codingFileName(`${"x".repeat(29)} y`, "- c", ".html")).toBe(`${"x".repeat(29)}--c.html`);
  });

  it("fits into 255 bytes", () => {
    const name = codingFileName("𠮷".repeat(90), "𠮷".repeat(80), "-codings.json");
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });

  it.each(Object.entries(attackStrings))("is a plain one for an attack: %s", (_, text) => {
    const name = codingFileName(text, text, ".html");
    expect(name).toMatch(/^[\p{L}\p{M}\p{N}_-]+--[\p{L}\p{M}\p{N}_-]+\.html$/u);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });
});
