import { execFileSync, spawnSync } from "node:child_process";
import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import { openArchive } from "../../src/images/openArchive.ts";
import { openUnitReader } from "../../src/images/unitReader.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { fileOf, jpeg, outcomeOf, outcomesOf, png } from "./archiveOutcomes.ts";
import { extraField, type ZipEntry, zipFile } from "./zipFile.ts";

const good: ZipEntry = { name: "good.png", bytes: png };

describe("entries that no archive should have fail one by one, and the others are read", () => {
  it.each<[string, ZipEntry, string]>([
    ["../a.jpg", { name: "../a.jpg", bytes: jpeg }, "unreadable_name"],
    ["x/../../a.jpg", { name: "x/../../a.jpg", bytes: jpeg }, "unreadable_name"],
    ["/etc/a.jpg", { name: "/etc/a.jpg", bytes: jpeg }, "unreadable_name"],
    ["C:/a.jpg", { name: "C:/a.jpg", bytes: jpeg }, "unreadable_name"],
    ["c:a.jpg", { name: "c:a.jpg", bytes: jpeg }, "unreadable_name"],
    ["x\\a.jpg", { name: "x\\a.jpg", bytes: jpeg }, "unreadable_name"],
    ["..\\a.jpg", { name: "..\\a.jpg", bytes: jpeg }, "unreadable_name"],
    ["\\\\host\\a.jpg", { name: "\\\\host\\a.jpg", bytes: jpeg }, "unreadable_name"],
    ["a\\x00.jpg", { name: "a\0.jpg", bytes: jpeg }, "unreadable_name"],
    ["\\xfc.jpg", { name: Buffer.from("\xfc.jpg", "latin1"), bytes: jpeg }, "unreadable_name"],
    [
      "link.jpg",
      { name: "link.jpg", bytes: Buffer.from("/etc/passwd"), mode: 0o120777 },
      "not_a_regular_file",
    ],
    ["device.jpg", { name: "device.jpg", bytes: jpeg, mode: 0o060644 }, "not_a_regular_file"],
    ["fifo.jpg", { name: "fifo.jpg", bytes: jpeg, mode: 0o010644 }, "not_a_regular_file"],
    ["encrypted.jpg", { name: "encrypted.jpg", bytes: jpeg, encrypted: true }, "unsupported_format"],
    ["lzma.jpg", { name: "lzma.jpg", bytes: jpeg, method: 14 }, "unsupported_format"],
    ["far.jpg", { name: "far.jpg", bytes: jpeg, claimedOffset: 1_000_000 }, "corrupt"],
    ["off.jpg", { name: "off.jpg", bytes: jpeg, claimedOffset: 3 }, "corrupt"],
    ["huge.jpg", { name: "huge.jpg", bytes: jpeg, claimedBytes: 2_000_000_000 }, "too_many_pixels"],
    ["stored.jpg", { name: "stored.jpg", bytes: jpeg, method: 0, claimedBytes: 5 }, "corrupt"],
    ["small.jpg", { name: "small.jpg", bytes: jpeg, claimedBytes: 5 }, "corrupt"],
    ["large.jpg", { name: "large.jpg", bytes: jpeg, claimedBytes: 90_000_000 }, "corrupt"],
    ["ratio.jpg", { name: "ratio.jpg", bytes: jpeg, claimedBytes: 100_000_001 }, "too_many_pixels"],
    ["wide.jpg", { name: "wide.jpg", bytes: jpeg, wide: true, claimedBytes: 2 ** 60 }, "too_many_pixels"],
    ["none.jpg", { name: "none.jpg", bytes: new Uint8Array() }, "empty_file"],
  ])("%s", async (name, entry, code) => {
    const outcomes = await outcomesOf(fileOf(zipFile([entry, good])));
    expect(new Map(outcomes).get(name)).toBe(code);
    // An entry that says it begins in another one shares its bytes, and which of the two lies is not known.
    if (name !== "off.jpg") expect(new Map(outcomes).get("good.png")).toBe("read");
    expect(outcomes).toHaveLength(2);
  });

  it("harmless oddities are read", async () => {
    const entries: ZipEntry[] = [
      good,
      { name: "./dot.jpg", bytes: jpeg },
      { name: "a//b.jpg", bytes: jpeg },
      { name: "wide.jpg", bytes: jpeg, wide: true },
      { name: "later.jpg", bytes: jpeg, sizesFollow: true },
      { name: "stored-later.jpg", bytes: jpeg, method: 0, sizesFollow: true },
      { name: "regular.jpg", bytes: jpeg, mode: 0o100644 },
      { name: "..a.jpg/x..jpg", bytes: jpeg },
      { name: "extra.jpg", bytes: jpeg, extra: Buffer.from([1, 2, 0xff, 0xff, 0]) },
    ];
    const outcomes = await outcomesOf(fileOf(zipFile(entries)));
    // Hidden, as in a folder.
    expect(outcomes.map(([name]) => name)).not.toContain("..a.jpg/x..jpg");
    expect(outcomes).toHaveLength(entries.length - 1);
    expect(new Set(outcomes.map(([, outcome]) => outcome))).toEqual(new Set(["read"]));
  });

  it("an archive within an archive is not opened, and counted", async () => {
    const inner = zipFile([{ name: "in.jpg", bytes: jpeg }]);
    const outcomes = await outcomesOf(
      fileOf(zipFile([good, { name: "inner.zip", bytes: inner, method: 0 }])),
    );
    expect(outcomes).toEqual([
      ["good.png", "read"],
      ["inner.zip", "ignored"],
    ]);
  });
});

describe("names in an archive", () => {
  const unmarked = async (bytes: Uint8Array, extra?: Uint8Array) => {
    const entry = { name: bytes, bytes: jpeg, marked: false, ...(extra && { extra }) };
    return (await outcomesOf(fileOf(zipFile([entry]))))[0];
  };

  it("without a mark are UTF-8 where they can be, else code page 437", async () => {
    expect(await unmarked(Buffer.from("größe.jpg"))).toEqual(["größe.jpg", "read"]);
    // Python 3.13: "größe_ß£¿αÿ.jpg".encode("cp437").
    const bytes = Buffer.from("6772948165 5fe19ca8e098 2e6a7067".replaceAll(" ", ""), "hex");
    expect(await unmarked(bytes)).toEqual(["gröüe_ß£¿αÿ.jpg", "read"]);
    const all = Buffer.from(Array.from({ length: 128 }, (_, i) => 128 + i));
    const [name] = (await unmarked(Buffer.concat([all, Buffer.from(".jpg")]))) as readonly [string, string];
    const python = spawnSync("python3", ["-c", "print(bytes(range(128, 256)).decode('cp437'), end='')"], {
      env: { ...process.env, PYTHONIOENCODING: "utf-8" },
    });
    if (python.status !== 0)
      process.stderr.write("code page 437 beside Python's: left out, there is no python3\n");
    else expect(name.slice(0, -4)).toBe(python.stdout.toString());
  });

  it("are those of the Unicode path field, if it is that name's", async () => {
    const raw = Buffer.from("gr\x94sse.jpg", "latin1");
    const field = (checksum: number) => {
      const head = Buffer.alloc(5);
      head[0] = 1;
      head.writeUInt32LE(checksum, 1);
      return extraField(0x7075, Buffer.concat([head, Buffer.from("größe.jpg")]));
    };
    expect(await unmarked(raw, field(crc32(raw)))).toEqual(["größe.jpg", "read"]);
    expect(await unmarked(raw, field(1))).toEqual(["grösse.jpg", "read"]);
  });

  it("of the same letters in two forms are two files, each found by its own", async () => {
    const path = fileOf(
      zipFile([
        { name: "\u00e4.png", bytes: png },
        { name: "a\u0308.png", bytes: jpeg },
        { name: "o\u0308.png", bytes: png },
      ]),
    );
    const archive = await openArchive(path);
    const read = async (name: string) => archive.read(archive.maybeFile(name) as never);
    expect((await read("\u00e4.png")).equals(png)).toBe(true);
    expect((await read("a\u0308.png")).equals(jpeg)).toBe(true);
    expect((await read("\u00f6.png")).equals(png)).toBe(true);
    expect(archive.maybeFile("ü.png")).toBeUndefined();
  });
});

describe("bombs", () => {
  it("whose files share their bytes are not inflated", async () => {
    const zeros = Buffer.alloc(50_000_000);
    const kernel = { name: "0.jpg", bytes: zeros };
    const copies = Array.from({ length: 20 }, (_, i) => ({
      ...kernel,
      name: `${i + 1}.jpg`,
      bytes: new Uint8Array(),
      claimedOffset: 0,
    }));
    const outcomes = await outcomesOf(fileOf(zipFile([kernel, ...copies, good])));
    expect(outcomes.filter(([, outcome]) => outcome === "corrupt")).toHaveLength(21);
    expect(outcomes.at(-1)).toEqual(["good.png", "read"]);
  });

  it("that claim less than they inflate to are stopped at the claim", async () => {
    const path = fileOf(
      zipFile([{ name: "bomb.jpg", bytes: Buffer.alloc(300_000_000), claimedBytes: 1000 }]),
    );
    const before = process.resourceUsage().maxRSS;
    expect(await outcomesOf(path)).toEqual([["bomb.jpg", "corrupt"]]);
    // In kB: inflated whole it would take its 300 MB twice.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(150_000);
  });

  it("of more than a million files are refused", async () => {
    const entries = Array.from({ length: 2000 }, (_, i) => ({ name: `${i}`, bytes: new Uint8Array() }));
    const one = zipFile(entries);
    const directoryAt = one.readUInt32LE(one.length - 6);
    const directory = one.subarray(directoryAt, one.length - 22);
    const many = Buffer.concat(Array(501).fill(directory));
    const end = Buffer.from(one.subarray(one.length - 22));
    end.writeUInt16LE((2000 * 501) % 65_536, 10);
    end.writeUInt32LE(many.length, 12);
    const path = fileOf(Buffer.concat([one.subarray(0, directoryAt), many, end]));
    const refusal = await openArchive(path).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect((refusal as UserError).message).toContain("more than a million files");
  });
});

describe("an archive that is not whole", () => {
  const entries: readonly ZipEntry[] = [
    { name: "a.jpg", bytes: jpeg },
    { name: "b/", bytes: new Uint8Array(), method: 0 },
    { name: "b/b.png", bytes: png, method: 0 },
    { name: "c.jpg", bytes: jpeg, sizesFollow: true },
    { name: "d.png", bytes: png, sizesFollow: "bare" },
    { name: "e.png", bytes: png, wide: true },
    { name: "f.png", bytes: png },
  ];
  const whole = zipFile(entries);

  it("gives what lies before the cut, and one row more for the archive", async () => {
    const directoryAt = whole.readUInt32LE(whole.length - 6);
    let at = 0;
    const bounds = entries.map((entry) => {
      at += zipFile([entry]).readUInt32LE(zipFile([entry]).length - 6);
      return [entry.name as string, at] as const;
    });
    expect(at).toBe(directoryAt);
    const path = join(temporaryFolder(), "cut.zip");
    const cuts = Array.from({ length: 60 }, (_, i) => Math.floor(((i + 1) / 61) * whole.length));
    for (const cut of [...cuts, ...bounds.flatMap(([, end]) => [end - 1, end, end + 1])]) {
      writeFileSync(path, whole.subarray(0, cut));
      const before = bounds.filter(([name, end]) => end <= cut && !name.endsWith("/")).map(([name]) => name);
      const opened = await openArchive(path).catch((error: unknown) => error);
      if (opened instanceof UserError) {
        expect(before, `cut at ${cut}`).toEqual([]);
        continue;
      }
      const outcomes = await outcomesOf(path);
      const [problem, ...rows] = outcomes;
      expect(problem, `cut at ${cut}`).toEqual(["", "truncated"]);
      const read = rows.filter(([, outcome]) => outcome === "read").map(([name]) => name);
      expect(
        before.every((name) => read.includes(name)),
        `cut at ${cut}: ${read}`,
      ).toBe(true);
      // At most the file that the cut goes through, which may lack its descriptor only.
      expect(rows.length - before.length, `cut at ${cut}`).toBeLessThanOrEqual(1);
      expect(rows.filter(([, outcome]) => outcome !== "read" && outcome !== "truncated")).toEqual([]);
    }
  });

  it("says how many files could be read", async () => {
    const archive = await openArchive(fileOf(whole.subarray(0, whole.length - 30)));
    expect(archive.problem?.message).toBe(
      "the archive ends early or is damaged: 6 files in it could be read",
    );
    expect(archive.files.map(({ name }) => name)).toEqual([
      "a.jpg",
      "b/b.png",
      "c.jpg",
      "d.png",
      "e.png",
      "f.png",
    ]);
  });

  it("with a byte changed anywhere gives right bytes or a failure, never other bytes and never an error of another kind", async () => {
    const small = zipFile([
      { name: "a.png", bytes: png },
      { name: "b.png", bytes: png, method: 0, sizesFollow: true },
    ]);
    const random = seededRandom(11);
    const path = join(temporaryFolder(), "flipped.zip");
    const codes = new Set<string>();
    for (let i = 0; i < 300; i += 1) {
      const bytes = Buffer.from(small);
      for (let flips = 0; flips < 1 + (i % 3); flips += 1)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      writeFileSync(path, bytes);
      const opened = await openArchive(path).catch((error: unknown) => error);
      if (opened instanceof Error) expect(opened).toBeInstanceOf(UserError);
      else for (const [, outcome] of await outcomesOf(path)) codes.add(outcome);
    }
    expect(codes).toContain("read");
    expect(codes).toContain("corrupt");
    expect(codes).not.toContain("other bytes");
  });

  it("is read whole with something in front of it, behind it, or in its comment", async () => {
    const front = Buffer.from("#!/bin/sh\nexit\n");
    for (const wide of [false, true]) {
      const odd = [
        zipFile(entries, { front, wide }),
        Buffer.concat([zipFile(entries, { wide }), Buffer.from("appended")]),
        zipFile(entries, {
          wide,
          comment: Buffer.from("a comment with PK\x05\x06 in it, and more behind that"),
        }),
      ];
      for (const bytes of odd) {
        const outcomes = await outcomesOf(fileOf(bytes));
        expect(outcomes).toHaveLength(6);
        expect(outcomes.every(([, outcome]) => outcome === "read")).toBe(true);
      }
    }
  });

  it("whose list has fewer files than it says is searched for what it has", async () => {
    const archive = await openArchive(fileOf(zipFile(entries, { claimedCount: 9 })));
    expect(archive.problem?.code).toBe("truncated");
    expect(archive.files).toHaveLength(6);
  });
});

describe("an archive that changes", () => {
  it("is not read by an old list; a new look finds the new one", async () => {
    const path = fileOf(zipFile([{ name: "a.jpg", bytes: jpeg }]));
    const reader = openUnitReader();
    onTestFinished(() => reader.close());
    const unit = await reader.unitAt("a", `${path}!/a.jpg`, 1);
    expect(await outcomeOf(unit.read())).toBe("read");
    writeFileSync(`${path}.new`, zipFile([{ name: "a.jpg", bytes: png }]));
    renameSync(`${path}.new`, path);
    expect(await outcomeOf(unit.read())).toBe("changed_during_read");
    expect((await unit.read()).equals(png)).toBe(true);
    rmSync(path);
    expect(await outcomeOf(unit.read())).toBe("missing_file");
  });

  it("or is none: a pipe, a folder, a loop of links", async () => {
    const folder = temporaryFolder();
    execFileSync("mkfifo", [join(folder, "pipe.zip")]);
    symlinkSync("loop.zip", join(folder, "loop.zip"));
    await expect(openArchive(join(folder, "pipe.zip"))).rejects.toThrow("it is not a regular file");
    await expect(openArchive(folder)).rejects.toThrow("it is not a regular file");
    await expect(openArchive(join(folder, "loop.zip"))).rejects.toBeInstanceOf(UserError);
    const reader = openUnitReader();
    const unit = await reader.unitAt("a", join(folder, "pipe.zip!/a.jpg"), 0);
    expect(await outcomeOf(unit.read())).toBe("missing_file");
  });

  it("is not kept open: more of them than a process may open are read side by side", async () => {
    const folder = temporaryFolder();
    const reader = openUnitReader();
    for (let i = 0; i < 200; i += 1)
      writeFileSync(join(folder, `${i}.zip`), zipFile([{ name: "a.jpg", bytes: jpeg }]));
    const units = await Promise.all(
      Array.from({ length: 200 }, (_, i) => reader.unitAt("a", join(folder, `${i}.zip!/a.jpg`), i)),
    );
    for (const unit of units) expect(await outcomeOf(unit.read())).toBe("read");
    if (process.platform === "linux") {
      const open = execFileSync("ls", ["-l", `/proc/${process.pid}/fd`]).toString();
      expect(open).not.toContain(folder);
    }
    await reader.close();
  });
});
