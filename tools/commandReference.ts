import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** The command reference: what the built program prints for `--help`, and what each command in it prints, in Markdown. */
export function commandReference(): string {
  const sections = sectionsOf([]);
  return `# Commands\n\nWritten by \`npm run docs\` from \`clipbook <command> --help\`; a test keeps it true.\n\n${sections.join("\n")}`;
}

/** A command's section, and those of its commands. @param command as it is typed, without the program's name */
function sectionsOf(command: readonly string[]): readonly string[] {
  const help = helpOf(command);
  const name = ["clipbook", ...command].join(" ");
  return [
    `## ${name}\n\n\`\`\`text\n${help}\n\`\`\`\n`,
    ...commandsIn(help).flatMap((next) => sectionsOf([...command, next])),
  ];
}

/** The commands that a help text lists, without `help` itself. */
function commandsIn(help: string): readonly string[] {
  const list = help.split("\nCommands:\n")[1] ?? "";
  return [...list.matchAll(/^ {2}([a-z-]+)/gm)]
    .map(([, name]) => name as string)
    .filter((name) => name !== "help");
}

function helpOf(command: readonly string[]): string {
  const launcher = join(root, "bin/clipbook.js");
  const text = execFileSync(process.execPath, [launcher, ...command, "--help"], { encoding: "utf8" });
  return text.trimEnd();
}
