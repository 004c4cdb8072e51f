import { execFileSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/** Every command of Clipbook, as it is typed. */
const commands = [
  [],
  ["demo"],
  ["init"],
  ["check"],
  ["classify"],
  ["overview"],
  ["serve"],
  ["export"],
  ["export", "reviews"],
  ["models"],
  ["models", "list"],
  ["models", "download"],
  ["models", "compare"],
] as const;

/** The command reference: what the built program prints for `--help`, in Markdown. */
export function commandReference(): string {
  const sections = commands.map((command) => {
    const name = ["clipbook", ...command].join(" ");
    return `## ${name}\n\n\`\`\`text\n${helpOf(command)}\n\`\`\`\n`;
  });
  return `# Commands\n\nWritten by \`npm run docs\` from \`clipbook <command> --help\`; a test keeps it true.\n\n${sections.join("\n")}`;
}

function helpOf(command: readonly string[]): string {
  const launcher = join(root, "bin/clipbook.js");
  const text = execFileSync(process.execPath, [launcher, ...command, "--help"], { encoding: "utf8" });
  return text.trimEnd();
}
