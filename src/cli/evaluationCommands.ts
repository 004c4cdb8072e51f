import type { Command } from "commander";
import type { Terminal } from "./terminal.ts";

/** `clipbook evaluate`. */
export function addEvaluationCommands(_program: Command, _terminal: Terminal): void {}
