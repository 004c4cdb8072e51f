// Fails when a shipped dependency has a known weakness; says so where the registry cannot tell.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { auditOutcome } from "../tools/auditOutcome.ts";

const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], {
  cwd: join(import.meta.dirname, ".."),
  encoding: "utf8",
  shell: process.platform === "win32",
});
const outcome = auditOutcome(stdout);
if (outcome.kind === "clean") process.stdout.write("npm audit: no known weakness in what is shipped\n");
if (outcome.kind === "left out") process.stderr.write(`npm audit was left out: ${outcome.reason}\n`);
if (outcome.kind === "found") {
  process.stderr.write(`npm audit found:\n  ${outcome.lines.join("\n  ")}\n`);
  process.exitCode = 1;
}
