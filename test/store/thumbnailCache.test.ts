import { chmodSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { openThumbnailCache } from "../../src/store/thumbnailCache.ts";
import { asNobody } from "../asNobody.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { sha256Of } from "./runSpec.ts";

/** What begins and ends as a JPEG does. */
const jpeg = (text: string) =>
  new Uint8Array(Buffer.concat([Buffer.of(0xff, 0xd8), Buffer.from(text), Buffer.of(0xff, 0xd9)]));

function openInTest(path: string) {
  const troubles: string[] = [];
  const cache = openThumbnailCache(path, (why) => troubles.push(why));
  onTestFinished(() => cache.close());
  return { cache, troubles };
}

describe("the thumbnail cache", () => {
  it("keeps thumbnails by image and size, also for the next one who opens it", () => {
    const path = join(temporaryFolder(), "clipbook.thumbnails.db");
    const { cache } = openInTest(path);
    expect(cache.maybeGet(sha256Of(1), 192)).toBeUndefined();
    cache.save(sha256Of(1), 192, jpeg("small"));
    cache.save(sha256Of(1), 384, jpeg("large"));
    cache.save(sha256Of(1), 384, jpeg("larger"));
    cache.close();
    const { cache: again, troubles } = openInTest(path);
    expect(again.maybeGet(sha256Of(1), 192)).toEqual(jpeg("small"));
    expect(again.maybeGet(sha256Of(1), 384)).toEqual(jpeg("larger"));
    expect(again.maybeGet(sha256Of(2), 192)).toBeUndefined();
    expect(troubles).toEqual([]);
  });

  it("makes no file before it is asked for something", () => {
    const folder = join(temporaryFolder(), "not-there");
    openInTest(join(folder, "clipbook.thumbnails.db")).cache.close();
  });

  it("begins anew where the file is no database, one of another form, or damaged", () => {
    const folder = temporaryFolder();
    const texts = join(folder, "text.db");
    writeFileSync(texts, "this is no database ".repeat(1000));
    const other = join(folder, "other.db");
    const database = new DatabaseSync(other);
    database.exec("CREATE TABLE thumbnail (id INTEGER)");
    database.close();
    for (const path of [texts, other]) {
      const { cache, troubles } = openInTest(path);
      expect(cache.maybeGet(sha256Of(1), 192)).toBeUndefined();
      cache.save(sha256Of(1), 192, jpeg("new"));
      expect(cache.maybeGet(sha256Of(1), 192)).toEqual(jpeg("new"));
      expect(troubles).toEqual([]);
    }
  });

  it("begins anew when damage shows while it is in use", () => {
    const path = join(temporaryFolder(), "clipbook.thumbnails.db");
    const first = openInTest(path);
    for (let i = 0; i < 200; i++) first.cache.save(sha256Of(i), 192, jpeg("x".repeat(3000)));
    first.cache.close();
    const file = openSync(path, "r+");
    // The header stays whole; the pages behind it do not.
    writeSync(file, Buffer.alloc(readFileSync(path).length - 8192, 0x5a), 0, undefined, 8192);
    const { cache, troubles } = openInTest(path);
    expect(cache.maybeGet(sha256Of(150), 192)).toBeUndefined();
    cache.save(sha256Of(150), 192, jpeg("new"));
    expect(cache.maybeGet(sha256Of(150), 192)).toEqual(jpeg("new"));
    expect(troubles).toEqual([]);
  });

  it("does not hand out what is no whole JPEG", () => {
    const path = join(temporaryFolder(), "clipbook.thumbnails.db");
    const { cache } = openInTest(path);
    cache.save(sha256Of(1), 192, jpeg("x").subarray(0, 2));
    expect(cache.maybeGet(sha256Of(1), 192)).toBeUndefined();
  });

  it("survives that its file is removed while it is open", () => {
    const path = join(temporaryFolder(), "clipbook.thumbnails.db");
    const { cache } = openInTest(path);
    cache.save(sha256Of(1), 192, jpeg("x"));
    for (const end of ["", "-wal", "-shm"]) rmSync(`${path}${end}`);
    cache.save(sha256Of(2), 192, jpeg("y"));
    cache.close();
    expect(openInTest(path).cache.maybeGet(sha256Of(1), 192)).toBeUndefined();
  });

  it("says once why nothing is kept where a folder has its name, and goes on without", () => {
    const path = join(temporaryFolder(), "clipbook.thumbnails.db");
    mkdirSync(path);
    const { cache, troubles } = openInTest(path);
    cache.save(sha256Of(1), 192, jpeg("x"));
    cache.save(sha256Of(2), 192, jpeg("x"));
    expect(cache.maybeGet(sha256Of(1), 192)).toBeUndefined();
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(/unable to open|not a database|directory/i);
  });

  it("goes on without where it may not be written", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "clipbook.thumbnails.db");
    const { cache } = openInTest(path);
    cache.save(sha256Of(1), 192, jpeg("x"));
    cache.close();
    chmodSync(path, 0o444);
    chmodSync(folder, 0o555);
    onTestFinished(() => chmodSync(folder, 0o755));
    await asNobody(() => {
      const { cache: other, troubles } = openInTest(path);
      other.save(sha256Of(2), 192, jpeg("y"));
      expect(other.maybeGet(sha256Of(2), 192)).toBeUndefined();
      expect(troubles).toHaveLength(1);
      expect(troubles[0]).toMatch(/readonly|unable to open/);
      other.close();
    });
  });
});
