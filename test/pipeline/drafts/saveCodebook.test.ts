import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../../src/errors.ts";
import { codebookKey, maybeCodebookOnDisk } from "../../../src/pipeline/drafts/codebookOnDisk.ts";
import { saveCodebook } from "../../../src/pipeline/drafts/saveCodebook.ts";
import { openStudy } from "../../../src/store/openStudy.ts";
import { asNobody } from "../../asNobody.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";

const now = new Date("2026-05-01T10:00:00Z");

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** A study, and what saves its codebook. */
function prepare() {
  const folder = temporaryFolder();
  const study = openStudy(folder);
  onTestFinished(() => study.close());
  const path = join(folder, "codebook.yaml");
  return {
    folder,
    study,
    path,
    /** Saves `text` over the file that has, or is thought to have, the text `base`. */
    save: (base: string | null, text: string, file = path) =>
      saveCodebook({ study, path: file, baseSha256: base === null ? null : digest(base), text, now }),
    versions: (file = "codebook.yaml") =>
      study.codebookVersions
        .list(file)
        .map(({ id, origin }) => [origin, study.codebookVersions.maybeGet(file, id)?.text]),
  };
}

describe("saveCodebook", () => {
  it("writes the file and keeps what was there before and what is written", async () => {
    const { path, save, study, versions } = prepare();
    writeFileSync(path, "\uFEFFA: [x]\n");
    expect(await save("\uFEFFA: [x]\n", "A: [y]\n")).toEqual({ saved: true, sha256: digest("A: [y]\n") });
    expect(readFileSync(path, "utf8")).toBe("A: [y]\n");
    expect(versions()).toEqual([
      ["app", "A: [y]\n"],
      ["disk", "\uFEFFA: [x]\n"],
    ]);
    await save("A: [y]\n", "A: [z]\n");
    // What the app wrote itself is not found on the disk once more.
    expect(versions().map(([origin]) => origin)).toEqual(["app", "app", "disk"]);
    const [newest] = study.codebookVersions.list("codebook.yaml");
    expect(newest).toEqual({
      id: newest?.id,
      savedAt: now.toISOString(),
      sha256: digest("A: [z]\n"),
      origin: "app",
      bytes: 7,
    });
  });

  it("does nothing where nothing has changed", async () => {
    const { path, save, versions } = prepare();
    writeFileSync(path, "A: [x]\n");
    const { mtimeNs } = statSync(path, { bigint: true });
    expect(await save("A: [x]\n", "A: [x]\n")).toMatchObject({ saved: true });
    expect(statSync(path, { bigint: true }).mtimeNs).toBe(mtimeNs);
    expect(versions()).toEqual([]);
  });

  it("refuses a file that was changed, made or removed meanwhile, and keeps no version of what was not written", async () => {
    const { path, save, versions } = prepare();
    writeFileSync(path, "A: [theirs]\n");
    expect(await save("A: [x]\n", "A: [mine]\n")).toEqual({
      saved: false,
      onDisk: {
        ...{ text: "A: [theirs]\n", sha256: digest("A: [theirs]\n"), mistakes: [] },
        mode: statSync(path).mode & 0o7777,
      },
    });
    expect(await save(null, "A: [mine]\n")).toMatchObject({
      saved: false,
      onDisk: { text: "A: [theirs]\n" },
    });
    expect(readFileSync(path, "utf8")).toBe("A: [theirs]\n");
    rmSync(path);
    expect(await save("A: [theirs]\n", "A: [mine]\n")).toEqual({ saved: false, onDisk: undefined });
    expect(versions()).toEqual([]);
    expect(await save(null, "A: [mine]\n")).toMatchObject({ saved: true });
    expect(readFileSync(path, "utf8")).toBe("A: [mine]\n");
  });

  it("lets one of two saves win, whoever comes second has a conflict", async () => {
    const { folder, path, save, versions } = prepare();
    writeFileSync(path, "A: [x]\n");
    const texts = Array.from({ length: 8 }, (_, i) => `A: [${i}x]\n`);
    const outcomes = await Promise.all(texts.map((text) => save("A: [x]\n", text)));
    expect(outcomes.filter(({ saved }) => saved)).toHaveLength(1);
    const winner = texts[outcomes.findIndex(({ saved }) => saved)] as string;
    expect(readFileSync(path, "utf8")).toBe(winner);
    for (const outcome of outcomes) if (!outcome.saved) expect(outcome.onDisk?.text).toBe(winner);
    expect(versions()).toEqual([
      ["app", winner],
      ["disk", "A: [x]\n"],
    ]);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("notices a change that comes between two looks", async () => {
    const { path, study, save } = prepare();
    writeFileSync(path, "A: [x]\n");
    const { add } = study.codebookVersions;
    // The moment when the old text is put aside is one in which somebody's editor may save.
    const meddled = {
      ...study,
      codebookVersions: {
        ...study.codebookVersions,
        add: (...args: Parameters<typeof add>) => {
          const id = add(...args);
          if (args[1].origin === "disk") writeFileSync(path, "A: [theirs]\n");
          return id;
        },
      },
    };
    const baseSha256 = digest("A: [x]\n");
    const outcome = await saveCodebook({ study: meddled, path, baseSha256, text: "A: [mine]\n", now });
    expect(outcome).toMatchObject({ saved: false, onDisk: { text: "A: [theirs]\n" } });
    expect(readFileSync(path, "utf8")).toBe("A: [theirs]\n");
    expect(await save("A: [theirs]\n", "A: [mine]\n")).toMatchObject({ saved: true });
  });

  it("leaves the file alone when the study cannot keep both texts", async () => {
    const { folder, path, study, save, versions } = prepare();
    const text = `A: [${"long ".repeat(40_000)}]\n`;
    writeFileSync(path, "A: [x]\n");
    // What SQLite answers as to a full disk, at the one moment that matters: when a transaction ends.
    const failing = (failAt: number) => {
      let ended = 0;
      const transaction: typeof study.transaction = (work, options) =>
        study.transaction(() => {
          const done = work();
          if (++ended === failAt) throw new UserError("the disk is full");
          return done;
        }, options);
      return saveCodebook({
        study: { ...study, transaction },
        path,
        baseSha256: digest("A: [x]\n"),
        text,
        now,
      });
    };
    await expect(failing(1)).rejects.toThrow("the disk is full");
    expect(readFileSync(path, "utf8")).toBe("A: [x]\n");
    expect(versions()).toEqual([]);
    // The second one has nothing to write: were its end to fail all the same, the new text would be kept.
    await expect(failing(2)).rejects.toThrow("the disk is full");
    expect(readFileSync(path, "utf8")).toBe(text);
    expect(versions()).toEqual([
      ["app", text],
      ["disk", "A: [x]\n"],
    ]);
    expect(await save(text, "A: [x]\n")).toMatchObject({ saved: true });
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("takes the new text back when the file is not the same any more", async () => {
    const { path, study, versions } = prepare();
    writeFileSync(path, "A: [x]\n");
    let begun = 0;
    const transaction: typeof study.transaction = (work, options) => {
      if (++begun === 2) rmSync(path);
      return study.transaction(work, options);
    };
    const outcome = await saveCodebook({
      ...{ study: { ...study, transaction }, path, baseSha256: digest("A: [x]\n"), text: "A: [mine]\n", now },
    });
    expect(outcome).toEqual({ saved: false, onDisk: undefined });
    expect(versions()).toEqual([["disk", "A: [x]\n"]]);
  });

  it("keeps the file's rights, and a link a link, also one that leads to nothing yet", async () => {
    const { folder, path, save, versions } = prepare();
    mkdirSync(join(folder, "shared"));
    const target = join(folder, "shared", "ours.yaml");
    symlinkSync("shared/ours.yaml", path);
    expect(await save(null, "A: [x]\n")).toMatchObject({ saved: true });
    chmodSync(target, 0o640);
    expect(await save("A: [x]\n", "A: [y]\n")).toMatchObject({ saved: true });
    expect(readlinkSync(path)).toBe("shared/ours.yaml");
    expect(readFileSync(target, "utf8")).toBe("A: [y]\n");
    expect(statSync(target).mode & 0o777).toBe(0o640);
    expect(versions()).toHaveLength(2);
  });

  it("says what cannot be written, and leaves nothing behind", async () => {
    const { folder, path, save, versions } = prepare();
    writeFileSync(path, "A: [x]\n");
    await expect(save(null, "x", join(folder, "no", "such.yaml"))).rejects.toThrow("cannot be written");
    mkdirSync(join(folder, "folder.yaml"));
    await expect(save(null, "x", join(folder, "folder.yaml"))).rejects.toThrow("this is no file");
    symlinkSync("round.yaml", join(folder, "round.yaml"));
    await expect(save(null, "x", join(folder, "round.yaml"))).rejects.toThrow(
      /cannot be read|leads to itself/,
    );
    chmodSync(folder, 0o777);
    chmodSync(path, 0o444);
    await asNobody(async () => {
      await expect(save("A: [x]\n", "A: [y]\n")).rejects.toThrow(
        /codebook.yaml: this file cannot be written/,
      );
    });
    chmodSync(folder, 0o000);
    await asNobody(async () => {
      await expect(save("A: [x]\n", "A: [y]\n")).rejects.toThrow(
        /codebook.yaml: the codebook cannot be read/,
      );
    });
    chmodSync(folder, 0o700);
    expect(readFileSync(path, "utf8")).toBe("A: [x]\n");
    expect(versions()).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("maybeCodebookOnDisk", () => {
  it("gives a file's text with its mark, whatever it is, and says what is no codebook's file", () => {
    const folder = temporaryFolder();
    const path = join(folder, "codebook.yaml");
    expect(maybeCodebookOnDisk(path)).toBeUndefined();
    writeFileSync(path, Buffer.from([0xef, 0xbb, 0xbf, 0x41, 0xe4]));
    expect(maybeCodebookOnDisk(path)?.text).toBe("\uFEFFA\uFFFD");
    expect(maybeCodebookOnDisk(path)?.mistakes).toMatchObject([
      { what: expect.stringContaining("not UTF-8") },
    ]);
    writeFileSync(path, Buffer.alloc(3_000_000, 65));
    expect(() => maybeCodebookOnDisk(path)).toThrow("3000000 bytes");
    expect(() => maybeCodebookOnDisk(join(path, "below"))).not.toThrow();
  });
});

describe("codebookKey", () => {
  it("is the same when a study is moved with its codebook, and the whole path of another one", () => {
    expect(codebookKey("/a/study", "/a/study/books/codebook.yaml")).toBe("books/codebook.yaml");
    expect(codebookKey("/a/study", "/a/study/..codebook.yaml")).toBe("..codebook.yaml");
    expect(codebookKey("/a/study", "/a/other.yaml")).toBe("/a/other.yaml");
  });
});
