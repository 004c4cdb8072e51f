import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readAddress, readRoots } from "../../src/cli/queueOptions.ts";
import { readShard } from "../../src/cli/readShard.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { parseQueueAddress } from "../../src/queue/queueAddress.ts";
import { understandCommand, wordsOf } from "./understandCommand.ts";

const docs = join(packageRoot, "docs");
const page = readFileSync(join(docs, "many-machines.md"), "utf8");

const lines = [...page.matchAll(/```sh\n([\s\S]*?)```/g)]
  .flatMap(([, text]) => (text as string).replaceAll("\\\n", " ").split("\n"))
  .map((line) => line.replace(/\s+#.*/, "").trim())
  .filter((line) => line !== "");
const commands = lines.filter((line) => line.startsWith("clipbook "));

describe("docs/many-machines.md", () => {
  it("has commands that the program understands, with roots, shards and addresses that it takes", async () => {
    expect(commands.length).toBeGreaterThan(14);
    const seen = new Set<string>();
    for (const line of commands) {
      if (line === "clipbook --version") continue;
      const { command, options } = await understandCommand(wordsOf(line, {}).slice(1));
      seen.add(command);
      if (options.root !== undefined)
        expect(readRoots(options.root as string[]).map(({ name }) => name)).toEqual(["archive"]);
      if (options.shard !== undefined) expect(readShard(options.shard as string, {}).of).toBe(2);
      if (options.queue !== undefined) expect(options.queue).toBe("env");
    }
    expect([...seen].toSorted()).toEqual(["classify", "download", "embeddings", "index", "merge", "worker"]);
    const addresses = [...page.matchAll(/rediss?:\/\/:PASSWORD@\S+?:6379\/0/g)].map(([address]) => address);
    expect(addresses.length).toBe(2);
    for (const address of addresses) {
      const read = readAddress("env", { CLIPBOOK_QUEUE: address });
      expect([read.password, read.isEncrypted]).toEqual(["PASSWORD", address.startsWith("rediss")]);
    }
  });

  it("has lines of the shell besides that a shell takes", () => {
    const others = lines.filter((line) => !line.startsWith("clipbook "));
    expect(others.length).toBeGreaterThan(5);
    for (const line of others) expect(line).toMatch(/^(\(umask|export |openssl |JOB=|sbatch )/);
  });

  it("says what options in its text do, by names that the program knows", () => {
    const help = readFileSync(join(docs, "commands.md"), "utf8");
    const named = [...page.matchAll(/`(--[a-z-]+)/g)].map(([, option]) => option as string);
    expect(named.length).toBeGreaterThan(6);
    for (const option of new Set(named)) expect([option, help.includes(option)]).toEqual([option, true]);
    expect(parseQueueAddress("redis://hub/0").lockMs).toBe(30_000);
    expect(page).toContain("30 seconds unless the address ends in `?lock=SECONDS`");
  });

  it("quotes messages that the program has", () => {
    const source = globSync("src/**/*.ts", { cwd: packageRoot })
      .map((path) => readFileSync(join(packageRoot, path), "utf8"))
      .join("\n");
    const table = page.split("| Message | What to do |")[1]?.split("\n\n")[0] ?? "";
    const messages = [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, message]) => message as string);
    expect(messages.length).toBeGreaterThan(15);
    for (const message of messages) {
      // What stands between two places that differ, as it stands in the code.
      const parts = message.split("…").flatMap((part) => part.replace("note: ", "").split(/: ?|[()]/));
      for (const part of parts.map((one) => one.trim()).filter((one) => /[a-z]{3}/.test(one)))
        expect([message, part, source.includes(part)]).toEqual([message, part, true]);
    }
  });

  it("links to files and headings that are there", () => {
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
      (title as string).toLowerCase().replaceAll(" ", "-"),
    );
    for (const [, link = ""] of page.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [path = "", heading] = link.split("#");
      if (path !== "") expect([link, existsSync(join(docs, path))]).toEqual([link, true]);
      else expect(headings).toContain(heading);
    }
  });
});
