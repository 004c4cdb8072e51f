import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { CodebookError } from "../../src/codebook/codebookError.ts";
import { maxCodebookBytes } from "../../src/codebook/decodeCodebook.ts";
import { UserError } from "../../src/errors.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";
import { asNobody } from "../asNobody.ts";

const folder = mkdtempSync(join(tmpdir(), "clipbook-codebook-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function failureOf(path: string): Promise<UserError> {
  const error = await loadCodebook(path).then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error;
}

describe("loadCodebook", () => {
  it("gives the checked codebook with the file's text and the digest of its bytes", async () => {
    const path = write("good.yaml", "\uFEFFA: [x]\r\nÄ: [b]\r\n");
    const loaded = await loadCodebook(path);
    expect(loaded.codebook.categories.map(({ name }) => name)).toEqual(["A", "Ä"]);
    expect(loaded).toMatchObject({ path, file: path, text: "A: [x]\r\nÄ: [b]\r\n" });
    // Python: hashlib.sha256("\ufeffA: [x]\r\n\u00c4: [b]\r\n".encode()).hexdigest()
    expect(loaded.sha256).toBe("85dc2c9465cc49e89c741988d2e0c442421703954be060f4c347698e2440ae89");
  });

  it("names the file in every mistake", async () => {
    const path = write("bad.yaml", "A: [1]\nB: []\n");
    const error = await failureOf(path);
    expect(error).toBeInstanceOf(CodebookError);
    expect(error.message).toContain(`${path}:1:5: `);
    expect(error.message).toContain(`${path}:2:1: `);
    expect(error.message.match(/^ {2}hint: /gm)).toHaveLength(2);
  });

  it("says what is there instead of a codebook", async () => {
    expect((await failureOf(join(folder, "none.yaml"))).message).toContain("there is no such codebook");
    expect((await failureOf(join(folder, "none.yaml"))).hint).toContain("clipbook init");
    expect((await failureOf(folder)).message).toContain("this is a folder");
    // Five gigabytes of nothing: a file that was read whole before the check could not be read at all.
    const large = write("large.yaml", "A: [x]\n");
    truncateSync(large, 5e9);
    expect((await failureOf(large)).message).toContain(
      `the file has 5000000000 bytes; a codebook may have ${maxCodebookBytes}`,
    );
  });

  it.skipIf(process.platform === "win32")(
    "does not wait at a named pipe, and reads through a link",
    async () => {
      const pipe = join(folder, "pipe.yaml");
      execFileSync("mkfifo", [pipe]);
      expect((await failureOf(pipe)).message).toContain("no regular file");
      symlinkSync(write("target.yaml", "A: [x]\n"), join(folder, "link.yaml"));
      expect((await loadCodebook(join(folder, "link.yaml"))).codebook.categories).toHaveLength(1);
      symlinkSync(join(folder, "loop.yaml"), join(folder, "loop.yaml"));
      expect((await failureOf(join(folder, "loop.yaml"))).message).toContain("ELOOP");
    },
  );

  it("says that reading is not permitted", async () => {
    const path = write("locked.yaml", "A: [x]\n");
    chmodSync(path, 0);
    chmodSync(folder, 0o755);
    const failure = await asNobody(() => failureOf(path));
    expect(failure.message).toContain("permission to read the codebook is denied");
  });
});
