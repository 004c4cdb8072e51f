import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { parseQueueAddress } from "../../src/queue/queueAddress.ts";
import { requireQueue } from "../../src/queue/queueConnection.ts";
import { runClipbook } from "../cli/runClipbook.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { maybeRedis } from "./testRedis.ts";

const required = (address: string) => requireQueue(parseQueueAddress(address));

/** Something that answers each command of a client with a text. */
async function fakeServer(answer: (command: string, socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      for (const [, command] of chunk.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g))
        answer((command as string).toLowerCase(), socket);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `redis://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;

describe("a Redis that can be used", () => {
  it("is one with a password, when it is given", async () => {
    const redis = await maybeRedis(["--requirepass", "p@ss/w:rd#%"]);
    if (redis === undefined) return;
    const at = (user: string) => `redis://${user}127.0.0.1:${redis.port}`;
    await required(at(`:${encodeURIComponent("p@ss/w:rd#%")}@`));
    await expect(required(at(""))).rejects.toMatchObject({
      message: `redis://127.0.0.1:${redis.port}/0: Redis wants a password`,
      hint: expect.stringContaining("CLIPBOOK_QUEUE"),
    });
    const wrong = required(at(":SECRET@"));
    await expect(wrong).rejects.toThrow(`redis://127.0.0.1:${redis.port}/0: Redis refuses the password`);
    await expect(wrong).rejects.not.toThrow("SECRET");
    await expect(required(at("me:SECRET@"))).rejects.toThrow("Redis refuses the user or the password");
  });

  it("is one with a user who has the queue's keys alone", async () => {
    const redis = await maybeRedis(["--user", ..."worker on >secret ~clipbook:* &* +@all".split(" ")]);
    if (redis === undefined) return;
    await required(`redis://worker:secret@127.0.0.1:${redis.port}`);
  });

  it("is none for a user who may not do what it takes", async () => {
    const redis = await maybeRedis(["--user", ..."reader on >secret ~clipbook:* -@all +get".split(" ")]);
    if (redis === undefined) return;
    await expect(required(`redis://reader:secret@127.0.0.1:${redis.port}`)).rejects.toMatchObject({
      message: expect.stringContaining("Redis does not allow this user what a queue needs"),
      hint: expect.stringContaining("ACL SETUSER"),
    });
  });

  it("is none that has no password where one is given: it would be open to all, or another", async () => {
    const redis = await maybeRedis();
    if (redis === undefined) return;
    await expect(required(`redis://:SECRET@127.0.0.1:${redis.port}`)).rejects.toThrow(
      "this Redis has no password, and one was given",
    );
  });

  it("is one that has the database", async () => {
    const redis = await maybeRedis(["--databases", "4"]);
    if (redis === undefined) return;
    await required(`redis://127.0.0.1:${redis.port}/3`);
    await expect(required(`redis://127.0.0.1:${redis.port}/4`)).rejects.toThrow(
      "Redis has no database of this number",
    );
  });

  it("is none that throws entries away", async () => {
    const redis = await maybeRedis(["--maxmemory-policy", "allkeys-lru"]);
    if (redis === undefined) return;
    await expect(required(redis.address)).rejects.toMatchObject({
      message: `${redis.address}: this Redis throws entries away when its memory is full (allkeys-lru)`,
      hint: "a queue must not lose any: redis-cli config set maxmemory-policy noeviction",
    });
  });

  it("is none before version 5", async () => {
    const info = (version: string) => bulk(`redis_version:${version}\r\nmaxmemory_policy:noeviction\r\n`);
    const old = await fakeServer((command, socket) =>
      socket.write(command === "info" ? info("4.0.14") : "+OK\r\n"),
    );
    await expect(required(old)).rejects.toThrow("this is Redis 4.0.14, and Clipbook needs 5 or newer");
    const fit = await fakeServer((command, socket) =>
      socket.write(command === "info" ? info("10.1.0") : "+OK\r\n"),
    );
    await required(fit);
  });

  it("is none where nothing answers, and that is said", async () => {
    await expect(required("redis://127.0.0.1:1")).rejects.toThrow(
      "redis://127.0.0.1:1/0: Redis cannot be reached: nothing answers there",
    );
    await expect(required("redis://no-such-host.invalid")).rejects.toThrow("there is no such host");
    const silent = await fakeServer(() => undefined);
    await expect(required(silent)).rejects.toThrow("Redis cannot be reached: no answer");
  }, 30_000);

  it("is none where something else answers", async () => {
    const web = await fakeServer((_command, socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await expect(required(web)).rejects.toThrow("Redis cannot be reached");
    const closing = await fakeServer((_command, socket) => socket.destroy());
    await expect(required(closing)).rejects.toThrow("Redis cannot be reached");
  });
});

describe("an encrypted Redis", () => {
  it("is used when its certificate is trusted, by NODE_EXTRA_CA_CERTS as for every program of Node", async () => {
    const folder = temporaryFolder();
    const [key, certificate] = [join(folder, "key.pem"), join(folder, "certificate.pem")];
    const made = spawnSync("openssl", [
      ..."req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost".split(
        " ",
      ),
      ...["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", certificate],
    ]);
    if (made.error !== undefined) return void process.stderr.write("left out: openssl is not installed\n");
    expect(readFileSync(certificate, "utf8")).toContain("BEGIN CERTIFICATE");
    const tls = ["--tls-cert-file", certificate, "--tls-key-file", key, "--tls-auth-clients", "no"];
    const port = 20_000 + (process.pid % 20_000);
    const redis = await maybeRedis(["--tls-port", `${port}`, ...tls, "--requirepass", "secret"]);
    if (redis === undefined) return;
    const work = (host: string, env: Record<string, string>) => {
      const env_ = { ...env, CLIPBOOK_QUEUE: `rediss://:secret@${host}:${port}` };
      return runClipbook(["worker", "--queue", "env", "--exit-when-idle", "0.1"], { env: env_ });
    };
    const trusted = { NODE_EXTRA_CA_CERTS: certificate };
    for (const host of ["localhost", "127.0.0.1"]) {
      const end = await work(host, trusted);
      expect(end).toMatchObject({
        code: 0,
        stdout: "0 embedded, 0 failed\n",
        stderr: `waiting for work on rediss://${host}:${port}/0\n`,
      });
    }
    const untrusted = await work("localhost", {});
    expect(untrusted.code).toBe(1);
    expect(untrusted.stderr).toMatch(
      /rediss:\/\/localhost:\d+\/0: Redis cannot be reached: self-signed certificate/,
    );
    const plain = required(`redis://:secret@127.0.0.1:${port}`);
    await expect(plain).rejects.toThrow("Redis cannot be reached");
    const encrypted = required(`rediss://:secret@127.0.0.1:${redis.port}`);
    await expect(encrypted).rejects.toThrow("Redis cannot be reached");
  }, 60_000);
});
