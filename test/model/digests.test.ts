import { createHash } from "node:crypto";
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { digestFile, hashFile } from "../../src/model/digests.ts";

// SHA-256 of "abc" and of 10^6 times "a": FIPS 180-2, appendix B.1 and B.3.
const digestOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const digestOfMillionA = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "clipbook-digests-"));
});
afterEach(() => rm(folder, { recursive: true }));

const environment = () => ({ XDG_CACHE_HOME: join(folder, "cache") });
const cache = () => join(folder, "cache/clipbook/digests.json");
const longAgo = new Date("2020-01-01T00:00:00Z");

async function writeOldFile(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  await utimes(path, longAgo, longAgo);
  return path;
}

/** Changes what the cache remembers, so that a digest from it can be told from one of the file. */
async function forgeCache(): Promise<void> {
  await writeFile(cache(), (await readFile(cache(), "utf8")).replaceAll(digestOfAbc, "f".repeat(64)));
}

describe("hashFile", () => {
  it("equals FIPS 180-2, examples B.1 and B.3", async () => {
    expect(await hashFile(await writeOldFile("abc", "abc"))).toBe(digestOfAbc);
    expect(await hashFile(await writeOldFile("million", "a".repeat(1_000_000)))).toBe(digestOfMillionA);
  });

  it("ends when the user interrupts", async () => {
    const path = await writeOldFile("abc", "abc");
    await expect(hashFile(path, AbortSignal.abort())).rejects.toThrow("abort");
  });
});

describe("a digest", () => {
  it("is remembered by real path, size and time, and read again when one of them changes", async () => {
    const path = await writeOldFile("model.onnx", "abc");
    expect(await digestFile(path, { environment: environment() })).toEqual({ bytes: 3, sha256: digestOfAbc });
    await forgeCache();
    const link = join(folder, "link.onnx");
    await symlink(path, link);
    expect((await digestFile(link, { environment: environment() })).sha256).toBe("f".repeat(64));
    await utimes(path, longAgo, new Date("2020-01-01T00:00:00.001Z"));
    expect((await digestFile(link, { environment: environment() })).sha256).toBe(digestOfAbc);
  });

  it("is read again when the file was changed and got its old size and time of modification back", async () => {
    const path = await writeOldFile("model.onnx", "abc");
    await digestFile(path, { environment: environment() });
    await wait(20);
    await writeOldFile("model.onnx", "abd");
    const { sha256 } = await digestFile(path, { environment: environment() });
    expect(sha256).toBe(createHash("sha256").update("abd").digest("hex"));
  });

  it("is read from the file when it is to be fresh", async () => {
    const path = await writeOldFile("model.onnx", "abc");
    await digestFile(path, { environment: environment() });
    await forgeCache();
    expect((await digestFile(path, { environment: environment(), fresh: true })).sha256).toBe(digestOfAbc);
    expect((await digestFile(path, { environment: environment() })).sha256).toBe(digestOfAbc);
  });

  it("of a file that was just written is not remembered: it could change within the clock's tick", async () => {
    const path = join(folder, "new.onnx");
    await writeFile(path, "abc");
    await digestFile(path, { environment: environment() });
    await expect(readFile(cache())).rejects.toThrow("ENOENT");
  });

  it("does not depend on a damaged cache", async () => {
    const path = await writeOldFile("model.onnx", "abc");
    await mkdir(join(folder, "cache/clipbook"), { recursive: true });
    for (const damage of ["", "{", "[]", '{"version":2,"files":{"x":{"bytes":"3"}}}', "\0\0\0"]) {
      await writeFile(cache(), damage);
      expect((await digestFile(path, { environment: environment() })).sha256).toBe(digestOfAbc);
      await forgeCache();
      expect((await digestFile(path, { environment: environment() })).sha256).toBe("f".repeat(64));
    }
  });

  it("does not depend on a cache that cannot be written", async () => {
    const path = await writeOldFile("model.onnx", "abc");
    await writeFile(join(folder, "cache"), "a file where the folder should be");
    expect((await digestFile(path, { environment: environment() })).sha256).toBe(digestOfAbc);
    await rm(join(folder, "cache"));
    await mkdir(join(folder, "cache"));
    await chmod(join(folder, "cache"), 0o500);
    expect((await digestFile(path, { environment: environment() })).sha256).toBe(digestOfAbc);
    await chmod(join(folder, "cache"), 0o700);
  });

  it("of a missing file is an error", async () => {
    await expect(digestFile(join(folder, "none"), { environment: environment() })).rejects.toThrow("ENOENT");
  });
});
