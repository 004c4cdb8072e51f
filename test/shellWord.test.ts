import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { shellWord } from "../src/shellWord.ts";

describe("a word of a command that is shown", () => {
  it("stays as it is where a shell does nothing to it", () => {
    for (const text of ["emb", "laion-part_0", "./a/b.c", "Bilder-für-später"])
      expect(shellWord(text)).toBe(text);
  });

  it.runIf(process.platform !== "win32")("is to a shell one word, and nothing that it runs", () => {
    for (const text of [
      "a b",
      "$(echo run)",
      "`echo run`",
      "it's",
      '"',
      "a\\",
      "!!",
      "",
      "~",
      "*",
      "a;b",
      "-x",
    ]) {
      const printed = execFileSync("sh", ["-c", `printf '%s|' ${shellWord(text)}`], { encoding: "utf8" });
      expect(printed).toBe(`${text}|`);
    }
  });
});
