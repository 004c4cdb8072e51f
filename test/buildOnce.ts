import { build } from "../tools/build.ts";

/** Vitest's global set-up: the tests of the command line start the built program, so it is built first. */
export async function setup(): Promise<void> {
  await build();
}
