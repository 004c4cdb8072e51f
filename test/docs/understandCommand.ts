import { execFileSync } from "node:child_process";
import { Writable } from "node:stream";
import type { Command } from "commander";
import { createProgram } from "../../src/cli/createProgram.ts";

/** What the command line understands of a command, without running it. @throws CommanderError for what it does not */
export async function understandCommand(words: readonly string[]) {
  const program = createProgram({
    stdout: () => undefined,
    stdoutStream: new Writable(),
    stderr: () => undefined,
    redraw: () => undefined,
    isInteractive: false,
    columns: 80,
    signal: new AbortController().signal,
    environment: {},
  });
  let found: { command: string; args: readonly string[]; options: Record<string, unknown> } | undefined;
  const catchIn = (command: Command): void => {
    command.action((...given: unknown[]) => {
      const called = given.at(-1) as Command;
      found = { command: called.name(), args: called.args, options: called.opts() };
    });
    for (const inner of command.commands) catchIn(inner);
  };
  for (const command of program.commands) catchIn(command);
  await program.parseAsync(words, { from: "user" });
  if (found === undefined) throw new Error(`no command: ${words.join(" ")}`);
  return found;
}

/** The words of a command as a shell hands them over. */
export function wordsOf(line: string, environment: Readonly<Record<string, string>>): string[] {
  const script = `set -u; set -- ${line}; printf '%s\\0' "$@"`;
  const text = execFileSync("sh", ["-c", script], {
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", ...environment },
  });
  return text.split("\0").slice(0, -1);
}
