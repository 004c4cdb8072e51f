import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, mkdirSync, openSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ImageFailure } from "../../src/images/imageFailure.ts";
import { imageFileState, readFileStart, readImageFile } from "../../src/images/readImageFile.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

async function outcomeOf(work: Promise<Buffer>): Promise<string> {
  return work.then(
    (bytes) => bytes.toString("latin1", 0, 12),
    (error) => {
      if (error instanceof ImageFailure) return error.code;
      throw error;
    },
  );
}

describe("readImageFile opens regular files only", () => {
  it("no named pipe, device, socket or folder, whatever it is called, also behind a link", async () => {
    const folder = temporaryFolder();
    const at = (name: string) => join(folder, name);
    execFileSync("mkfifo", [at("pipe.jpg")]);
    mkdirSync(at("folder.jpg"));
    const server = createServer();
    await new Promise<void>((listening) => server.listen(at("socket.jpg"), listening));
    onTestFinished(() => void server.close());
    symlinkSync("pipe.jpg", at("to-pipe.jpg"));
    symlinkSync("/dev/zero", at("to-zero.jpg"));
    for (const path of ["pipe.jpg", "folder.jpg", "socket.jpg", "to-pipe.jpg", "to-zero.jpg"].map(at)) {
      expect(await outcomeOf(readImageFile(path)), path).toBe("not_a_regular_file");
      expect(await outcomeOf(readFileStart(path, 64)), path).toBe("not_a_regular_file");
      await expect(imageFileState(path)).rejects.toMatchObject({ code: "not_a_regular_file" });
    }
    for (const path of ["/dev/zero", "/dev/null", "/dev/tty"])
      expect(await outcomeOf(readImageFile(path)), path).toBe("not_a_regular_file");
  });

  it.runIf(process.platform === "linux")(
    "nothing of /proc, whose files have no size and may not end",
    async () => {
      for (const path of ["/proc/self/environ", "/proc/self/mem", "/proc/kmsg"])
        expect(["empty_file", "permission_denied", "missing_file"], path).toContain(
          await outcomeOf(readImageFile(path)),
        );
      const folder = temporaryFolder();
      execFileSync("mkfifo", [join(folder, "pipe")]);
      // Open for both, so that neither end waits for the other.
      const pipe = openSync(join(folder, "pipe"), "r+");
      expect(await outcomeOf(readImageFile(`/proc/self/fd/${pipe}`))).toBe("not_a_regular_file");
      writeFileSync(join(folder, "gone.jpg"), "bytes");
      const gone = openSync(join(folder, "gone.jpg"), "r");
      execFileSync("rm", [join(folder, "gone.jpg")]);
      expect(await outcomeOf(readImageFile(`/proc/self/fd/${gone}`))).toMatch(
        /^(missing_file|not_a_regular_file)$/,
      );
      // /dev/stdin itself, in a process whose standard input never ends.
      const script = `import { readImageFile } from ${JSON.stringify(join(import.meta.dirname, "../../src/images/readImageFile.ts"))};
      console.log(await readImageFile("/dev/stdin").catch((error) => error.code));`;
      const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      onTestFinished(() => void child.kill());
      let printed = "";
      for await (const chunk of child.stdout) printed += chunk;
      expect(printed.trim()).toBe("not_a_regular_file");
    },
  );

  it("follows a link to a file whose name is not UTF-8", async () => {
    const folder = temporaryFolder();
    const target = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xfc, 0x2e, 0x6a])]);
    try {
      writeFileSync(target, "by link");
    } catch {
      // macOS refuses to make such names.
      return process.stderr.write("left out: this file system has no names that are not UTF-8\n");
    }
    symlinkSync(target, join(folder, "link.jpg"));
    expect(await outcomeOf(readImageFile(join(folder, "link.jpg")))).toBe("by link");
    return true;
  });
});

describe("readImageFile notices", () => {
  it("a file that grows or shrinks while it is read, and reads no more than it had", async () => {
    const path = join(temporaryFolder(), "a.jpg");
    const outcomes = new Set<string>();
    for (let i = 0; i < 30; i += 1) {
      writeFileSync(path, Buffer.alloc(8_000_000, "a"));
      const reading = outcomeOf(readImageFile(path));
      for (let turn = 0; turn < 20; turn += 1) {
        if (i % 2 === 0) appendFileSync(path, "b".repeat(1000));
        else truncateSync(path, 4_000_000 - turn);
        await new Promise((later) => setTimeout(later, 1));
      }
      outcomes.add(await reading);
    }
    outcomes.delete("a".repeat(12));
    expect([...outcomes]).toEqual(["changed_during_read"]);
  });

  it("what takes a file's place: a link out, a pipe, another file; it never waits and never mixes them", async () => {
    const folder = temporaryFolder();
    const at = (name: string) => join(folder, name);
    writeFileSync(at("outside"), "outside file");
    mkdirSync(at("in"));
    writeFileSync(at("in/x.jpg"), "inside file.");
    const script = `const fs = require("node:fs"); const { execFileSync } = require("node:child_process");
      process.chdir(${JSON.stringify(folder)});
      const end = Date.now() + 20000;
      execFileSync("mkfifo", ["pipe"]);
      fs.symlinkSync("../outside", "link");
      fs.writeFileSync("file", "inside file.");
      process.stdout.write("ready");
      while (Date.now() < end) for (const kind of ["link", "file", "pipe", "file"]) {
        fs.rmSync("next", { force: true });
        if (kind === "link") fs.symlinkSync("../outside", "next"); else fs.linkSync(kind, "next");
        fs.renameSync("next", "in/x.jpg");
      }`;
    const child = spawn(process.execPath, ["--eval", script], { stdio: ["ignore", "pipe", "inherit"] });
    onTestFinished(() => void child.kill());
    await new Promise((ready) => child.stdout.once("data", ready));
    const outcomes = new Set<string>();
    const mayRead = (place: string) => place.startsWith(`${folder}/in/`);
    for (let i = 0; i < 1500; i += 1) outcomes.add(await outcomeOf(readImageFile(at("in/x.jpg"), mayRead)));
    for (const outcome of outcomes)
      expect(["inside file.", "changed_during_read", "not_a_regular_file", "missing_file"]).toContain(
        outcome,
      );
    expect(outcomes.size).toBeGreaterThan(1);
  });
});
