import { describe, expect, it } from "vitest";
import { parseQueueAddress } from "../../src/queue/queueAddress.ts";
import { seededRandom } from "../../src/seededRandom.ts";

describe("parseQueueAddress", () => {
  it("reads every part", () => {
    const address = parseQueueAddress("rediss://me:p%40ss@queue.example:6380/3?prefix=group-1&lock=90");
    expect(address).toEqual({
      host: "queue.example",
      port: 6380,
      db: 3,
      isEncrypted: true,
      username: "me",
      password: "p@ss",
      prefix: "group-1",
      lockMs: 90_000,
      shown: "rediss://queue.example:6380/3?prefix=group-1",
    });
  });

  it("takes Redis' own port, database 0, the prefix clipbook and 30 seconds where nothing is said", () => {
    const { username, password, ...rest } = parseQueueAddress("redis://host");
    expect([username, password]).toEqual([undefined, undefined]);
    expect(rest).toEqual({
      host: "host",
      port: 6379,
      db: 0,
      isEncrypted: false,
      prefix: "clipbook",
      lockMs: 30_000,
      shown: "redis://host:6379/0",
    });
  });

  it("reads an address of IPv6", () => {
    expect(parseQueueAddress("redis://[::1]:7000").host).toBe("::1");
    expect(parseQueueAddress("redis://[::1]:7000").shown).toBe("redis://[::1]:7000/0");
  });

  it("gives back any password that was written with percent signs, and shows none", () => {
    const random = seededRandom(7);
    const signs = [..."aZ0 @:/#%?&=+[]\\^`|~\"'<>{}$;,ä€😀\u0001"];
    for (let i = 0; i < 500; i++) {
      const length = 1 + Math.floor(random() * 24);
      const password = Array.from({ length }, () => signs[Math.floor(random() * signs.length)]).join("");
      const text = `redis://u:${encodeURIComponent(password)}@host:1234/2`;
      const address = parseQueueAddress(text);
      expect(address.password).toBe(password);
      expect(address.shown).toBe("redis://host:1234/2");
    }
  });

  it.each([
    "redis://:SECRET/x@host",
    "redis://:SECRET#x@host",
    "redis://u:12?SECRET@host",
    "redis://u:12#SECRET@host",
    "redis://u:12/SECRET@host",
    "redis://:100%SECRET@host",
    "redis://:SECRET@host/name",
    "redis://:SECRET@host/0?SECRET=1",
    "redis://:SECRET@host/0?prefix=SECRET:*",
    "redis://:SECRET@host/0?lock=SECRET",
    "http://:SECRET@host",
    "SECRET@host",
    "redis://:SECRET@",
    "redis://:SECRET@host:99999",
  ])("refuses %s without a word of it", (text) => {
    const refused = catchError(() => parseQueueAddress(text));
    expect(refused).toMatchObject({ name: "UserError" });
    expect(`${refused.message} ${(refused as { hint?: string }).hint}`).not.toContain("SECRET");
  });

  it("takes a lock in whole milliseconds", () => {
    expect(parseQueueAddress("redis://host?lock=1.0006").lockMs).toBe(1001);
  });

  it.each(["0", "0.5", "3601", "NaN", "", "1e9", "-5"])("refuses %s seconds", (lock) => {
    expect(() => parseQueueAddress(`redis://host?lock=${lock}`)).toThrow("from 1 to 3600 seconds");
  });
});

function catchError(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was refused");
}
