import { spawn } from "node:child_process";
import { basename } from "node:path";
import { UserError } from "../src/errors.ts";
import type { TurnAnswer } from "./turns/takeTurn.ts";

/** Whoever takes part, by a key of its own; a turn answers a rate. */
export interface Participant {
  readonly key: string;
  turn(): Promise<number>;
}

/**
 * Lets all participants take turns, `repetitions` times: what slows the machine down for a while hits all of them. Each
 * repetition begins with another one. One that fails is not asked again.
 * @param onValues called after every turn with all values of the participant so far
 */
export async function takeTurns(
  participants: readonly Participant[],
  repetitions: number,
  onValues: (key: string, values: readonly number[], failure?: unknown) => void,
): Promise<void> {
  const values = new Map<string, number[]>(participants.map(({ key }) => [key, []]));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (let i = 0; i < participants.length; i++) {
      const { key, turn } = participants[(i + repetition) % participants.length] as Participant;
      const own = values.get(key);
      if (own === undefined) continue;
      try {
        own.push(await turn());
        onValues(key, own);
      } catch (failure) {
        values.delete(key);
        onValues(key, [], failure);
      }
    }
  }
}

/**
 * Runs a contestant's program and reads its answer, the last line of its output. Nothing is fetched.
 * @throws UserError with the end of what it said when it fails
 */
export async function runTurn(program: string, args: readonly string[]): Promise<TurnAnswer> {
  const child = spawn(program, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, HF_HUB_OFFLINE: "1", TRANSFORMERS_OFFLINE: "1" },
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    err += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) {
    throw new UserError(
      `${basename(args[0] ?? program)} ended with ${code}: ${err.trim().split("\n").slice(-3).join(" ")}`,
    );
  }
  return JSON.parse(out.trim().split("\n").at(-1) as string) as TurnAnswer;
}
