import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { UserError } from "../src/errors.ts";

const program = join(import.meta.dirname, "../bin/clipbook.js");

/** `clipbook serve` as a process of its own. */
export interface ServeProcess {
  /** Where it answers, without a slash at the end. */
  readonly address: string;
  /** What its requests have to carry. */
  readonly token: string;
  readonly pid: number;
  end(): Promise<void>;
}

/**
 * Starts the built command line's server.
 * @throws UserError with what it said when it ends
 */
export async function startServeProcess(study: string, codebook: string): Promise<ServeProcess> {
  const args = ["serve", "--study", study, "--codebook", codebook, "--no-open", "--json"];
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const said: string[] = [];
  createInterface(child.stderr).on("line", (line) => said.push(line));
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const whole = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once("line", (line) => {
      resolve((JSON.parse(line) as { address: string }).address);
    });
    child.once("error", reject);
    child.once("close", (code) =>
      reject(new UserError(`clipbook serve ended with ${code}: ${said.join(" ")}`)),
    );
  });
  return {
    ...addressAndToken(whole),
    pid: child.pid as number,
    end: async () => {
      child.kill("SIGINT");
      await ended;
    },
  };
}

/** The parts of an address as the server tells it. */
export function addressAndToken(whole: string): Pick<ServeProcess, "address" | "token"> {
  const { origin, hash } = new URL(whole);
  return { address: origin, token: hash.replace("#token=", "") };
}
