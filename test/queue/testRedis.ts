import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";
import { freePort } from "../../bench/freePort.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

const isThere = spawnSync("redis-server", ["--version"]).error === undefined;

/** A Redis of a test's own, on a free port of this machine, without a disk. */
export interface TestRedis {
  readonly port: number;
  /** `redis://127.0.0.1:PORT/0` */
  readonly address: string;
  readonly pid: number;
  /** Ends it by kill -9. */
  kill(): Promise<void>;
  /** Starts it again on the same port, empty. */
  restart(): Promise<void>;
}

/**
 * Starts a Redis that ends with the test.
 * @returns undefined, with a message, where redis-server is not installed: then the test is left out
 */
export async function maybeRedis(options: readonly string[] = []): Promise<TestRedis | undefined> {
  if (!isThere) {
    process.stderr.write("left out: work on a queue is tested with redis-server, which is not installed\n");
    return undefined;
  }
  const port = await freePort();
  let child = await start(port, options);
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  onTestFinished(kill);
  return {
    port,
    address: `redis://127.0.0.1:${port}/0`,
    get pid() {
      return child.pid as number;
    },
    kill,
    restart: async () => {
      child = await start(port, options);
    },
  };
}

async function start(port: number, options: readonly string[]) {
  const folder = temporaryFolder();
  const child = spawn(
    "redis-server",
    ["--port", `${port}`, "--bind", "127.0.0.1", "--save", "", "--dir", folder, ...options],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  while (!said.includes("Ready to accept connections")) {
    if (child.exitCode !== null) throw new Error(`redis-server ended:\n${said}`);
    await wait(20);
  }
  return child;
}
