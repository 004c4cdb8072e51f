import type { Command } from "commander";
import type { Terminal } from "./terminal.ts";

/** `clipbook sample` and `clipbook freeze`. */
export function addSampleCommands(_program: Command, _terminal: Terminal): void {}
