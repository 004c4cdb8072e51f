import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import { connectHub } from "../../src/model/hubConnection.ts";
import { type LocateOptions, locateModel } from "../../src/model/locateModel.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { maybeSmallDisk } from "../smallDisk.ts";
import { type HubFixture, revision, startHubFixture, text, vision } from "./hubFixture.ts";
import { sha256 } from "./hubServer.ts";

let hub: HubFixture;
beforeEach(async () => {
  hub = await startHubFixture();
});
afterEach(() => hub.close());

const locate = (options: LocateOptions = {}) =>
  locateModel("tiny-clip", {
    environment: hub.environment,
    registry: [hub.model],
    retryMs: 1,
    tries: 2,
    ...options,
  });

const failure = async (work: Promise<unknown>): Promise<UserError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
};

const partOf = (path: string) => hub.cached("blobs", `${sha256(hub.files.get(path) as Buffer)}.incomplete`);
const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe("a server that lies", () => {
  it.each([vision, text, "config.json"])("and sends %s without end is cut off", async (path) => {
    hub.server.fail(path, { kind: "endless" });
    const error = await failure(locate());
    const announced = (hub.files.get(path) as Buffer).length;
    expect(error.message).toBe(
      `${hub.server.url} sends more of ${path} than the ${announced} bytes it announced`,
    );
    expect(await isThere(hub.cached("snapshots", revision, path))).toBe(false);
    await locate();
  });

  it("about a body's length is tried again, and then refused", async () => {
    hub.server.fail(vision, { kind: "claim", bytes: 2 ** 40 }, { kind: "claim", bytes: 2 ** 40 });
    await locate();
    await hub.close();
    hub = await startHubFixture();
    hub.server.fail(text, { kind: "claim", bytes: 0 }, { kind: "claim", bytes: 0 });
    expect((await failure(locate())).message).toContain(`${text} could not be downloaded`);
    expect(await isThere(hub.cached("snapshots", revision, text))).toBe(false);
  });

  it("about a file's size, beyond every model's, is refused before anything is written", async () => {
    const huge = createServer((_, response) => {
      const headers = {
        etag: '"00"',
        "content-range": `bytes 0-0/${2 ** 50}`,
        "x-linked-size": `${2 ** 50}`,
      };
      response.writeHead(206, { ...headers, "x-linked-etag": '"00"', "x-repo-commit": revision }).end("x");
    }).listen(0, "127.0.0.1");
    await once(huge, "listening");
    const HF_ENDPOINT = `http://127.0.0.1:${(huge.address() as AddressInfo).port}`;
    const error = await failure(locate({ environment: { ...hub.environment, HF_ENDPOINT } }));
    huge.close();
    expect(error.message).toBe(
      `${HF_ENDPOINT} has config.json with 1125899906842624 bytes, more than any model's`,
    );
    expect(await isThere(hub.cached("blobs"))).toBe(false);
  });

  it.each(["file:///etc/passwd", "ftp://127.0.0.1/model", "data:,model"])(
    "and redirects to %s is not followed",
    async (location) => {
      hub.server.fail(vision, { kind: "redirect", location });
      const error = await failure(locate());
      expect(error.message).toContain(`redirects to ${new URL(location).protocol}`);
      expect(hub.server.answers.filter(({ path, status }) => path === vision && status === 200)).toEqual([]);
    },
  );

  it("and redirects round and round is given up", async () => {
    const fetch = connectHub({ HF_ENDPOINT: hub.server.url }).fetch;
    const location = `${hub.server.url}/content/${vision}`;
    hub.server.fail(vision, ...Array.from({ length: 20 }, () => ({ kind: "redirect", location }) as const));
    await expect(fetch(location)).rejects.toThrow("redirects more than 5 times");
    expect(hub.server.answers.length).toBe(6);
  });
});

describe("a link in the Hub cache", () => {
  it("in the place of a part is not written through", async () => {
    const victim = join(hub.folder, "somebody's file");
    await writeFile(victim, "theirs");
    await mkdir(hub.cached("blobs"), { recursive: true });
    for (const path of [vision, text]) await symlink(victim, partOf(path));
    await locate();
    expect(await readFile(victim, "utf8")).toBe("theirs");
  });

  it("in the place of a snapshot's file is replaced, not followed", async () => {
    const victim = join(hub.folder, "not there yet");
    await mkdir(dirname(hub.cached("snapshots", revision, vision)), { recursive: true });
    await symlink(victim, hub.cached("snapshots", revision, vision));
    const { directory } = await locate();
    expect(await isThere(victim)).toBe(false);
    expect(await readFile(join(directory, vision))).toEqual(hub.files.get(vision));
  });
});

describe("a download that ends in the middle", () => {
  it("by a kill leaves no file under its name, and the next run continues it", async () => {
    hub.server.fail(vision, { kind: "stall", afterBytes: 100_000 });
    const script = `
      import { locateModel } from "./src/model/locateModel.ts";
      await locateModel("tiny-clip", { registry: [${JSON.stringify(hub.model)}] });`;
    const child = spawn(process.execPath, ["--input-type=module-typescript", "--eval", script], {
      cwd: packageRoot,
      stdio: "ignore",
      env: { ...process.env, NODE_OPTIONS: "", ...hub.environment },
    });
    while (!((await isThere(partOf(vision))) && (await stat(partOf(vision))).size > 0)) await wait(20);
    child.kill("SIGKILL");
    await once(child, "exit");
    const kept = (await stat(partOf(vision))).size;
    expect(await isThere(hub.cached("snapshots", revision, vision))).toBe(false);
    const { directory } = await locate();
    expect(hub.server.served(vision).at(-1)?.range).toBe(`bytes=${kept}-`);
    expect(await readFile(join(directory, vision))).toEqual(hub.files.get(vision));
    expect((await readdir(hub.cached("blobs"))).filter((name) => !/^[0-9a-f]+$/.test(name))).toEqual([]);
  });

  it("by a full disk says so, and continues when there is room", async ({ skip }) => {
    const disk = maybeSmallDisk(2 ** 20) ?? skip("a small disk of one's own needs the right to mount");
    const environment = { ...hub.environment, HF_HOME: join(disk.folder, "hf") };
    disk.fill(200_000);
    const error = await failure(locate({ environment }));
    const repository = join(disk.folder, "hf/hub/models--someone--tiny-clip");
    expect(error.message).toBe(`the disk with ${repository} is full`);
    expect(error.hint).toContain("continues where it stopped");
    expect(await isThere(join(repository, "snapshots", revision, vision))).toBe(false);
    disk.makeRoom();
    const { directory } = await locate({ environment });
    expect(await readFile(join(directory, vision))).toEqual(hub.files.get(vision));
  });
});
