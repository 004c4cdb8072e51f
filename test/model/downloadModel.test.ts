import { lstat, mkdir, readdir, readFile, readlink, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { DownloadProgress } from "../../src/model/downloadModel.ts";
import { type LocateOptions, locateModel } from "../../src/model/locateModel.ts";
import { type HubFixture, registerTinyClip, revision, startHubFixture, text, vision } from "./hubFixture.ts";
import { gitObjectId, sha256 } from "./hubServer.ts";

let hub: HubFixture;
beforeEach(async () => {
  hub = await startHubFixture();
});
afterEach(() => hub.close());

const locate = (options: LocateOptions = {}) =>
  locateModel("tiny-clip", { environment: hub.environment, registry: [hub.model], retryMs: 1, ...options });

const failure = async (work: Promise<unknown>): Promise<UserError> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
};

const bytesOf = (path: string) => (hub.files.get(path) as Buffer).length;

describe("a download", () => {
  it("fills the Hub cache in the layout that Python's library reads", async () => {
    const model = await locate();
    expect(model.directory).toBe(hub.cached("snapshots", revision));
    expect(model.source).toEqual({ repository: "someone/tiny-clip", revision });
    for (const [path, content] of hub.files) {
      const link = join(model.directory, path);
      expect((await lstat(link)).isSymbolicLink()).toBe(true);
      expect(await readFile(link)).toEqual(content);
      const name = path.endsWith(".onnx") ? sha256(content) : gitObjectId(content);
      expect(await readlink(link)).toBe(join(path.includes("/") ? "../../.." : "../..", "blobs", name));
    }
    expect((await readdir(hub.cached("blobs"))).filter((name) => name.includes("incomplete"))).toEqual([]);
    expect((await stat(hub.cached("refs"))).isDirectory()).toBe(true);
  });

  it("understands files that the Hub describes as chunked storage", async () => {
    await hub.close();
    hub = await startHubFixture({ xet: true });
    await locate();
    expect(await readFile(hub.cached("blobs", sha256(hub.files.get(vision) as Buffer)))).toEqual(
      hub.files.get(vision),
    );
  });

  it("asks the network for nothing when everything is in the cache", async () => {
    await locate();
    const before = hub.server.answers.length;
    await locate();
    expect(hub.server.answers.length).toBe(before);
  });

  it("finds a model that another tool has cached, without network", async () => {
    await locate();
    await hub.server.close();
    const offline = await locate({ environment: { ...hub.environment, HF_HUB_OFFLINE: "1" } });
    expect(offline.files.map(({ name }) => name)).toContain(vision);
  });

  it("reports its progress for each file and in all", async () => {
    const seen: DownloadProgress[] = [];
    await locate({ onProgress: (progress) => seen.push(progress) });
    const total = [...hub.files.values()].reduce((sum, content) => sum + content.length, 0);
    expect(seen.at(-1)).toMatchObject({ model: "tiny-clip", bytes: total, totalBytes: total });
    expect(new Set(seen.map(({ file }) => file))).toEqual(new Set(hub.files.keys()));
    for (const path of [vision, text]) {
      const steps = seen.filter(({ file }) => file === path);
      expect(steps[0]?.fileBytes).toBe(0);
      expect(steps.at(-1)?.fileBytes).toBe(bytesOf(path));
    }
    expect(seen.every(({ bytes }, i) => i === 0 || bytes >= (seen[i - 1] as DownloadProgress).bytes)).toBe(
      true,
    );
  });

  it("sends the token to the Hub but not to where it redirects", async () => {
    await locate({ environment: { ...hub.environment, HF_TOKEN: "hf_secret" } });
    expect(hub.server.answers.every(({ authorization }) => authorization === "Bearer hf_secret")).toBe(true);
    await hub.close();
    const content = await startHubFixture();
    hub = await startHubFixture();
    hub.server.redirectContentTo(content.server.url);
    await locate({ environment: { ...hub.environment, HF_TOKEN: "hf_secret" } });
    expect(content.server.served(vision).length).toBe(1);
    expect(content.server.answers.every(({ authorization }) => authorization === undefined)).toBe(true);
    await content.close();
  });
});

describe("a connection that breaks", () => {
  it("is taken up again where it broke, within one run", async () => {
    hub.server.fail(vision, { kind: "break", afterBytes: 100_000 });
    await locate();
    const served = hub.server.served(vision);
    expect(served.map(({ range }) => range)).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)]);
    const kept = Number(/\d+/.exec(served[1]?.range as string)?.[0]);
    expect(kept).toBeGreaterThan(0);
    expect(served[1]?.bytes).toBe(bytesOf(vision) - kept);
  });

  it("is given up after several tries, and the next run continues where it stopped", async () => {
    const broken = { kind: "break", afterBytes: 100_000 } as const;
    hub.server.fail(vision, broken, { kind: "status", status: 503 }, { kind: "status", status: 503 });
    const error = await failure(locate({ tries: 3 }));
    expect(error.message).toBe(
      `tiny-clip: ${vision} could not be downloaded from ${hub.server.url}: status 503 for ${vision}`,
    );
    expect(error.hint).toContain("continues where it stopped");
    const blob = hub.cached("blobs", sha256(hub.files.get(vision) as Buffer));
    const kept = (await stat(`${blob}.incomplete`)).size;
    expect(kept).toBeGreaterThan(0);
    await locate();
    const last = hub.server.served(vision).at(-1);
    expect(last).toMatchObject({ range: `bytes=${kept}-`, bytes: bytesOf(vision) - kept });
    expect(await readFile(blob)).toEqual(hub.files.get(vision));
  });

  it("continues with a server that ignores ranges by beginning anew", async () => {
    hub.server.fail(vision, { kind: "break", afterBytes: 100_000 }, { kind: "ignoreRange" });
    const { directory } = await locate();
    expect(hub.server.served(vision).map(({ status }) => status)).toEqual([200, 200]);
    expect(await readFile(join(directory, vision))).toEqual(hub.files.get(vision));
  });

  it("is given up when it stalls, and tried again", async () => {
    hub.server.fail(vision, { kind: "stall", afterBytes: 100_000 });
    await locate({ stallMs: 200 });
    expect(hub.server.served(vision).at(-1)?.range).toMatch(/^bytes=[1-9]\d*-$/);
  });

  it("says that the server stalls when it does so again and again", async () => {
    hub.server.fail(vision, ...Array(3).fill({ kind: "stall", afterBytes: 0 }));
    const error = await failure(locate({ stallMs: 100, tries: 2 }));
    expect(error.message).toContain("no answer for 0.1 s");
  });

  it("ends at once when the user interrupts, and keeps what has come", async () => {
    hub.server.fail(vision, { kind: "stall", afterBytes: 100_000 });
    const interrupt = new AbortController();
    const reason = new Error("interrupted");
    const onProgress = ({ file, fileBytes }: DownloadProgress) => {
      if (file === vision && fileBytes > 0) interrupt.abort(reason);
    };
    await expect(locate({ signal: interrupt.signal, onProgress })).rejects.toBe(reason);
    const kept = (await readdir(hub.cached("blobs"))).filter((name) => name.includes("incomplete"));
    expect(kept).toEqual([`${sha256(hub.files.get(vision) as Buffer)}.incomplete`]);
  });
});

describe("a pause between two tries", () => {
  it("ends at once when the user interrupts", async () => {
    hub.server.fail(vision, { kind: "status", status: 503 });
    const interrupt = new AbortController();
    const reason = new Error("interrupted");
    const work = locate({ signal: interrupt.signal, retryMs: 1_000_000 });
    while (!hub.server.answers.some(({ status }) => status === 503)) await wait(5);
    interrupt.abort(reason);
    await expect(work).rejects.toBe(reason);
  });
});

describe("two downloads at once", () => {
  it("fetch every file once between them", async () => {
    const [first, second] = await Promise.all([locate(), locate()]);
    const digests = ({ files }: typeof first) => files.map(({ name, sha256 }) => `${name} ${sha256}`);
    expect(digests(second)).toEqual(digests(first));
    expect(hub.server.served(vision).length).toBe(1);
    expect(hub.server.served(text).length).toBe(1);
  });
});

describe("a file that is not the expected one", () => {
  it("is deleted and refused when its digest is not the registry's", async () => {
    hub.server.fail(vision, { kind: "otherContent" });
    const error = await failure(locate());
    const expected = sha256(hub.files.get(vision) as Buffer);
    expect(error.message).toContain(`instead of ${expected}`);
    expect((await readdir(hub.cached("blobs"))).filter((name) => name.startsWith(expected))).toEqual([]);
    await locate();
  });

  it("is refused when the registry expects another digest than the Hub has", async () => {
    const error = await failure(locate({ registry: [registerTinyClip("0".repeat(64))] }));
    expect(error.message).toContain(`instead of ${"0".repeat(64)}`);
  });

  it("is refused when it is not what the Hub named, although the registry has no digest", async () => {
    hub.server.fail(text, { kind: "otherContent" });
    expect((await failure(locate())).message).toContain(text);
    hub.server.fail("config.json", { kind: "otherContent" });
    await hub.close();
    hub = await startHubFixture();
    hub.server.fail("config.json", { kind: "otherContent" });
    expect((await failure(locate())).message).toContain("Git object");
  });

  it("is fetched once more from the start when a part of something else lay there", async () => {
    const content = hub.files.get(vision) as Buffer;
    const incomplete = hub.cached("blobs", `${sha256(content)}.incomplete`);
    await mkdir(hub.cached("blobs"), { recursive: true });
    await writeFile(incomplete, Buffer.alloc(1000, 1));
    const { directory } = await locate();
    expect(hub.server.served(vision).map(({ range }) => range)).toEqual(["bytes=1000-", undefined]);
    expect(await readFile(join(directory, vision))).toEqual(content);
  });

  it("is refused when the Hub has another size than the registry", async () => {
    const towers = hub.model.towers.float32;
    if (towers?.kind !== "separate") throw new RangeError("the fixture has two towers");
    const model = { ...hub.model, towers: { float32: { ...towers, vision: { path: vision, bytes: 12 } } } };
    const error = await failure(locate({ registry: [model] }));
    expect(error.message).toBe(`${hub.server.url} has ${vision} with ${bytesOf(vision)} bytes instead of 12`);
  });

  it("is noticed later too: the digest of the first use is recorded and a changed file set aside", async () => {
    const { directory } = await locate();
    const record = JSON.parse(await readFile(hub.cached("clipbook-digests.json"), "utf8"));
    expect(record[revision]["config.json"].sha256).toBe(sha256(hub.files.get("config.json") as Buffer));
    expect(record[revision][vision]).toBeUndefined();
    await writeFile(join(directory, "config.json"), "{}");
    const error = await failure(locate());
    expect(error.message).toContain("as it had at its first use");
    expect(error.hint).toContain(".damaged");
    const again = await locate();
    expect(await readFile(again.paths.config)).toEqual(hub.files.get("config.json"));
    expect(again.files.find(({ name }) => name === "config.json")?.checkedAgainst).toBe("record");
    expect(again.files.find(({ name }) => name === vision)?.checkedAgainst).toBe("registry");
  });

  it("is noticed when a cached graph was cut short", async () => {
    const { directory } = await locate();
    await truncate(join(directory, vision), 200_000);
    expect((await failure(locate())).message).toContain("not a whole ONNX graph");
  });
});

describe("a Hub that cannot give the model", () => {
  it("is told with what to do when the machine is offline", async () => {
    await hub.server.close();
    // A second try would outlast the test: who is offline should know at once.
    const error = await failure(locate({ retryMs: 1_000_000 }));
    expect(error.message).toBe("tiny-clip is not on this machine and the Hub cannot be reached");
    for (const part of [
      "--model DIR",
      "HF_ENDPOINT",
      "HF_HOME",
      "models--someone--tiny-clip",
      "ECONNREFUSED",
    ]) {
      expect(error.hint).toContain(part);
    }
  });

  it("is not asked when HF_HUB_OFFLINE is set", async () => {
    const error = await failure(locate({ environment: { ...hub.environment, HF_HUB_OFFLINE: "1" } }));
    expect(error.message).toBe("tiny-clip is not on this machine and the Hub cannot be reached");
    expect(error.hint).toContain("HF_HUB_OFFLINE is set");
    expect(hub.server.answers).toEqual([]);
  });

  it("is told apart from a model of which a part is there", async () => {
    hub.server.fail(text, { kind: "status", status: 404 });
    await failure(locate());
    const error = await failure(locate({ environment: { ...hub.environment, HF_HUB_OFFLINE: "yes" } }));
    expect(error.message).toBe("tiny-clip is only partly on this machine and the Hub cannot be reached");
  });

  it("names the file and the revision that are not there", async () => {
    const model = { ...hub.model, files: [...hub.model.files, { path: "vocabulary.txt" }] };
    const error = await failure(locate({ registry: [model] }));
    expect(error.message).toBe(
      `${hub.server.url} has no vocabulary.txt in someone/tiny-clip at revision ${revision}`,
    );
  });

  it("is told when it refuses access", async () => {
    hub.server.fail(text, { kind: "status", status: 403 });
    const error = await failure(locate());
    expect(error.message).toContain("refuses access to someone/tiny-clip (status 403)");
    expect(error.hint).toContain("HF_TOKEN");
  });

  it("is told when something else answers in its place", async () => {
    const environment = { ...hub.environment, HF_ENDPOINT: `${hub.server.url}/login-page` };
    hub.server.answerEverythingWith("<!doctype html><title>Log in</title>");
    const error = await failure(locate({ environment }));
    expect(error.message).toContain("does not answer like the Hub");
  });

  it("is refused when HF_ENDPOINT is no web address", async () => {
    const error = await failure(locate({ environment: { ...hub.environment, HF_ENDPOINT: "hub.example" } }));
    expect(error.message).toBe('HF_ENDPOINT: "hub.example" is no web address');
  });

  it("is told apart from a cache that cannot be written", async () => {
    const blocked = join(hub.folder, "blocked");
    await writeFile(blocked, "a file where the cache's folder should be");
    const error = await failure(locate({ environment: { ...hub.environment, HF_HOME: blocked } }));
    expect(error.message).toContain("cannot be written");
    expect(error.hint).toContain("HF_HOME");
  });
});
