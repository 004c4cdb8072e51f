import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { UserError } from "../src/errors.ts";
import { freePort } from "./freePort.ts";

/** A Redis of the benchmark's own, on a free port of this machine, that writes nothing to a disk. */
export interface RedisProcess {
  /** `redis://127.0.0.1:PORT/0` */
  readonly address: string;
  readonly pid: number;
  /** A number from its INFO. */
  field(name: string): Promise<number>;
  end(): Promise<void>;
}

/** Why no Redis can be started here; undefined where one can. */
export function maybeRedisMissing(): string | undefined {
  return spawnSync("redis-server", ["--version"]).error === undefined
    ? undefined
    : "redis-server is not installed";
}

/** @throws UserError with what it said when it ends */
export async function startRedisProcess(): Promise<RedisProcess> {
  const port = await freePort();
  const args = ["--port", `${port}`, "--bind", "127.0.0.1", "--save", ""];
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  while (!said.includes("Ready to accept connections")) {
    if (child.exitCode !== null) throw new UserError(`redis-server ended with ${child.exitCode}: ${said}`);
    await wait(20);
  }
  const client = new Redis({ port, protocol: 2 });
  return {
    address: `redis://127.0.0.1:${port}/0`,
    pid: child.pid as number,
    field: async (name) => Number(new RegExp(`^${name}:(\\d+)`, "m").exec(await client.info())?.[1]),
    end: async () => {
      client.disconnect();
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
