import type { Command } from "commander";
import type { Terminal } from "./terminal.ts";

/** `clipbook import`, and the tables of codings below `clipbook export`. */
export function addExchangeCommands(_program: Command, _exports: Command, _terminal: Terminal): void {}
