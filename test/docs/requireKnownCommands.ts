import { expect } from "vitest";
import { runClipbook } from "../cli/runClipbook.ts";

/** Fails for a command or an option in the shell blocks of a document that the program does not know. */
export async function requireKnownCommands(document: string): Promise<void> {
  const blocks = [...document.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text as string);
  const used =
    blocks
      .join("\n")
      .replaceAll("\\\n", " ")
      .match(/clipbook [a-z]+[^\n]*/g) ?? [];
  expect(used.length).toBeGreaterThan(4);
  for (const line of new Set(used)) {
    const [command = "", part = ""] = line.split(" ").slice(1);
    const whole = await runClipbook([command, "--help"]);
    const isPart = new RegExp(`^Commands:[^]*^  ${part} `, "m").test(whole.stdout) && part !== "";
    const { code, stdout } = isPart ? await runClipbook([command, part, "--help"]) : whole;
    expect([line, code]).toEqual([line, 0]);
    for (const [option] of line.replace(/#.*/, "").matchAll(/(?<= )--?[a-z][a-z-]*/g)) {
      const listed = new RegExp(`(^|[ ,])${option}(?=[ ,]|$)`, "m").test(stdout);
      expect([line, option, listed]).toEqual([line, option, true]);
    }
  }
}
