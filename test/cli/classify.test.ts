import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { golden, readReferenceImage, referenceFolder } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";
import { runClipbook, startClipbook, waitFor } from "./runClipbook.ts";

const images = join(referenceFolder, "images");
const tiny = ["--model", tinyModelFolder("clip")];

/** A folder with the notebook's codebook, in which commands are run. */
function workFolder(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "codebook.yaml"), JSON.stringify(golden.codebook));
  return folder;
}

function csvRows(path: string): Record<string, string>[] {
  return parse(readFileSync(path, "utf8"), { columns: true, bom: true }) as Record<string, string>[];
}

describe("clipbook classify", () => {
  it("turns a folder and a codebook into a table, a page and a study, and says where they are", async () => {
    const folder = workFolder();
    const { code, stdout, stderr } = await runClipbook(["classify", images, ...tiny], { cwd: folder });
    expect(code).toBe(0);
    const written = readdirSync(folder).sort();
    const table = written.find((name) => /^\d{4}-\d\d-\d\d-CLIP-Classification\.csv$/.test(name)) as string;
    const page = table.replace(".csv", ".html");
    expect(written).toEqual(expect.arrayContaining([table, page, "clipbook.db"]));
    expect(stdout).toContain("24 images classified");
    expect(stdout).toMatch(/Political Events +\d+ +\d+\.\d% +█/);
    expect(stdout).toContain("4 not classified: 1 corrupt, 1 empty_file, 1 not_an_image, 1 truncated");
    expect(stdout).toContain(table);
    expect(stdout).toContain(page);
    const rows = csvRows(join(folder, table));
    expect(Object.keys(rows[0] as object)).toEqual([
      "Image",
      "Classification",
      "Classification Label",
      "Classification Probability",
      "Classification Error",
    ]);
    expect(rows).toHaveLength(28);
    expect(rows.map((row) => row.Image)).toEqual(
      readdirSync(images)
        .sort()
        .map((name) => `${images}/${name}`),
    );
    expect(rows.every((row) => /^\d{1,3}\.\d\d$|^$/.test(row["Classification Probability"] as string))).toBe(
      true,
    );
    // One line on stderr for each bad file, with its reason.
    for (const bad of [
      "bad-corrupt.png: corrupt:",
      "bad-empty.jpg: empty_file:",
      "bad-text.jpg: not_an_image:",
    ]) {
      expect(stderr).toContain(bad);
    }
    const html = readFileSync(join(folder, page), "utf8");
    expect(html).toContain("bad-truncated.jpg");
    expect(html.match(/data:image\/jpeg/g)?.length).toBeGreaterThan(24);
  });

  it("shows one progress line per tenth where stderr is no terminal", async () => {
    const { stderr } = await runClipbook(["classify", images, ...tiny, "--batch-size", "1"], {
      cwd: workFolder(),
    });
    const percents = [...stderr.matchAll(/^classifying (\d+)%: \d+ of 28, [\d.]+ images\/s/gm)].map((m) =>
      Number(m[1]),
    );
    expect(percents.length).toBeGreaterThan(0);
    expect(percents.length).toBeLessThanOrEqual(10);
    expect(percents.at(-1)).toBe(100);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
  });

  it("never overwrites what it wrote on the same day", async () => {
    const folder = workFolder();
    const args = ["classify", join(images, "gray.jpg"), ...tiny];
    for (let i = 0; i < 3; i++) expect((await runClipbook(args, { cwd: folder })).code).toBe(0);
    const pages = readdirSync(folder)
      .filter((name) => name.endsWith(".html"))
      .sort();
    expect(pages).toHaveLength(3);
    expect(pages.map((name) => name.slice(10))).toEqual([
      "-CLIP-Classification-2.html",
      "-CLIP-Classification-3.html",
      "-CLIP-Classification.html",
    ]);
  });

  it("exits with 1 under --strict when an image failed, and still writes everything", async () => {
    const folder = workFolder();
    const { code, stderr } = await runClipbook(
      ["classify", images, ...tiny, "--strict", "--output", "out.csv"],
      { cwd: folder },
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/error: 4 of the images could not be classified\nhint: /);
    expect(csvRows(join(folder, "out.csv"))).toHaveLength(28);
  });

  it("writes the table to stdout and nothing else there with --output -", async () => {
    const { stdout, stderr } = await runClipbook(
      ["classify", join(images, "gray.jpg"), ...tiny, "--output", "-", "--no-overview"],
      { cwd: workFolder() },
    );
    expect(parse(stdout, { columns: true })).toHaveLength(1);
    expect(stderr).toContain("1 image classified");
  });

  it("answers as JSON with --json: counts, files, towers", async () => {
    const folder = workFolder();
    const args = ["classify", images, ...tiny, "--json", "--no-overview"];
    const first = JSON.parse((await runClipbook(args, { cwd: folder })).stdout);
    expect(first.counts).toEqual({ units: 28, classified: 24, failed: 4, images: 24, warned: 0 });
    expect(first.openedTowers.toSorted()).toEqual(["image", "text"]);
    expect(existsSync(join(folder, first.table))).toBe(true);
    const again = JSON.parse((await runClipbook(args, { cwd: folder })).stdout);
    expect(again.openedTowers).toEqual([]);
    expect(again.embedded).toBe(0);
  });

  it("returns a table's own columns untouched and in order", async () => {
    const folder = workFolder();
    mkdirSync(join(folder, "pictures"));
    for (const name of ["gray.jpg", "photo.webp"])
      copyFileSync(join(images, name), join(folder, "pictures", name));
    const table =
      '\ufeffid;file;note\r\n1234567890123456789;pictures/gray.jpg;=1+1\r\n007;pictures/none.jpg;\r\n42;;x\r\n8;pictures/photo.webp;"a;b"\r\n';
    writeFileSync(join(folder, "posts.csv"), table);
    const { code } = await runClipbook(["classify", "posts.csv", ...tiny, "--output", "out.csv"], {
      cwd: folder,
    });
    expect(code).toBe(0);
    const text = readFileSync(join(folder, "out.csv"), "utf8");
    expect(text.startsWith("\ufeffid;file;note;Image;Classification;")).toBe(true);
    const lines = text.split("\r\n");
    expect(lines[1]).toMatch(/^1234567890123456789;pictures\/gray\.jpg;=1\+1;pictures\/gray\.jpg;/);
    expect(lines[2]).toMatch(/^007;pictures\/none\.jpg;;pictures\/none\.jpg;;;;missing_file: /);
    expect(lines[3]).toMatch(/^42;;x;;;;;missing_file: the row names no image$/);
    expect(lines[4]).toMatch(/^8;pictures\/photo\.webp;"a;b";/);
  });

  it("never writes over the table that it reads, however that is spelt", async () => {
    const folder = workFolder();
    writeFileSync(join(folder, "posts.csv"), `file\n${join(images, "gray.jpg")}\n`);
    symlinkSync("posts.csv", join(folder, "link.csv"));
    for (const output of ["posts.csv", "./posts.csv", "link.csv"]) {
      const { code, stderr } = await runClipbook(["classify", "posts.csv", ...tiny, "--output", output], {
        cwd: folder,
      });
      expect(stderr).toMatch(/error: .*: this is the input, and it is not overwritten\nhint: /);
      expect(code).toBe(1);
    }
    expect(readFileSync(join(folder, "posts.csv"), "utf8")).toMatch(/^file\n\S+\n$/);
  });

  it("replaces its own earlier table, and no other file", async () => {
    const folder = workFolder();
    for (const output of ["out.csv", "out.jsonl", "out.parquet"]) {
      const args = ["classify", join(images, "gray.jpg"), ...tiny, "--no-overview", "--output", output];
      for (let i = 0; i < 2; i++)
        expect([output, (await runClipbook(args, { cwd: folder })).code]).toEqual([output, 0]);
    }
    writeFileSync(join(folder, "mine.csv"), "id,text\n1,hello\n");
    const args = ["classify", join(images, "gray.jpg"), ...tiny, "--output", "mine.csv"];
    const { code, stderr } = await runClipbook(args, { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /error: mine\.csv: there is another file of this name, and it is not overwritten\nhint: /,
    );
    expect(readFileSync(join(folder, "mine.csv"), "utf8")).toBe("id,text\n1,hello\n");
  });

  it("exits with 1 when nothing at all could be classified, with the table that says why", async () => {
    const folder = workFolder();
    const { code, stderr } = await runClipbook(
      ["classify", join(images, "bad-text.jpg"), ...tiny, "--output", "out.csv"],
      { cwd: folder },
    );
    expect(code).toBe(1);
    expect(stderr).toContain("error: none of the images could be classified");
    expect(csvRows(join(folder, "out.csv"))[0]?.["Classification Error"]).toMatch(/^not_an_image: /);
  });

  it("tells that the demo's model knows drawings only, also in the run's settings", async () => {
    const folder = workFolder();
    const { stderr } = await runClipbook(["classify", join(images, "gray.jpg"), "--model", "demo"], {
      cwd: folder,
    });
    expect(stderr).toContain("note: the model demo: it knows the demo's drawings only");
    const page = readdirSync(folder).find((name) => name.endsWith(".html")) as string;
    expect(readFileSync(join(folder, page), "utf8")).toContain("drawings only");
  });

  it("refuses larger pictures than --max-megapixels allows, each with its row", async () => {
    const { stdout } = await runClipbook(
      ["classify", images, ...tiny, "--json", "--no-overview", "--max-megapixels", "0.2"],
      { cwd: workFolder() },
    );
    const { counts, failures } = JSON.parse(stdout);
    expect(counts.units).toBe(28);
    expect(failures.find(({ code }: { code: string }) => code === "too_many_pixels")?.count).toBeGreaterThan(
      1,
    );
  });

  it("stops at Ctrl-C with 130, keeps what it has, and goes on from there", async () => {
    const folder = workFolder();
    const many = join(folder, "many");
    mkdirSync(many);
    const photo = readReferenceImage("photo-instagram-1080x1350.jpg");
    for (let i = 100; i < 300; i++)
      writeFileSync(join(many, `${i}.jpg`), Buffer.concat([photo, Buffer.from([i % 251, i >> 3])]));
    const args = ["classify", many, ...tiny, "--json", "--no-overview", "--batch-size", "4"];
    const child = startClipbook(args, { cwd: folder });
    const finished = waitFor(child);
    child.stderr?.on("data", (text: string) => {
      if (text.includes("classifying 10%")) child.kill("SIGINT");
    });
    const { code, stderr } = await finished;
    expect(code).toBe(130);
    expect(stderr).toContain("run the same command again to continue");
    const again = JSON.parse((await runClipbook(args, { cwd: folder })).stdout);
    expect(again.counts.classified).toBe(200);
    expect(again.embedded).toBeGreaterThan(0);
    expect(again.embedded).toBeLessThan(200);
  });
});

describe("what clipbook classify says to mistakes", () => {
  it.each([
    [["classify", "nowhere", ...tiny], /^error: nowhere: there is no such file or folder\nhint: /],
    [
      ["classify", images, "--model", "clip-vit-b99"],
      /^error: there is no model "clip-vit-b99"\nhint: .*clip-vit-b32/,
    ],
    [
      ["classify", images, ...tiny, "--codebook", "none.yaml"],
      /^error: none\.yaml: there is no such codebook\nhint: /,
    ],
    [
      ["classify", images, ...tiny, "--output", "out.xlsx"],
      /error: out\.xlsx: not the name of a table\nhint: /,
    ],
    [
      ["classify", images, ...tiny, "--batch-size", "abc"],
      /error: option '--batch-size <count>' argument 'abc' is invalid/,
    ],
    [["classify", images, ...tiny, "--image-column", "x"], /error: --image-column needs a table/],
    [
      ["classify", images, ...tiny, "--threads", "100000"],
      /error: option '--threads <count>'.*from 1 to 256/,
    ],
    [
      ["classify", images, ...tiny, "--top", "27"],
      /error: the best 27 answers .* only 26\nhint: give --top 26/,
    ],
    [["clasify"], /error: unknown command 'clasify'/],
    [["classify"], /error: nothing to classify was named\nhint: name a folder/],
    [["overview", "--study", "none"], /error: none\/clipbook\.db: there is no study here\nhint: /],
  ])("%j", async (args, message) => {
    const { code, stderr, stdout } = await runClipbook(args, { cwd: workFolder() });
    expect(stderr.replace(/^note: .*\n/gm, "")).toMatch(message);
    expect(stdout).toBe("");
    expect(code).toBe(1);
  });

  it("a study without a codebook, and tells of the one in the current folder", async () => {
    const folder = workFolder();
    const { code, stderr } = await runClipbook(["classify", images, ...tiny, "--study", "st"], {
      cwd: folder,
    });
    expect([code, stderr]).toEqual([
      1,
      "error: st/codebook.yaml: the study has no codebook, and only there it is looked for\n" +
        "hint: take the one of this folder with --codebook codebook.yaml, or copy it into the study\n",
    ]);
    expect(existsSync(join(folder, "st"))).toBe(false);
  });

  it("all mistakes of a codebook at once, each at its place", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "codebook.yaml"), "A:\n  - one\n  - one\nB: []\n");
    const { code, stderr } = await runClipbook(["classify", images, ...tiny], { cwd: folder });
    expect(code).toBe(1);
    expect(stderr).toMatch(/codebook\.yaml:3:5: /);
    expect(stderr).toMatch(/codebook\.yaml:4:1: /);
  });

  it("an offline machine that lacks the model: how to get it there", async () => {
    const folder = workFolder();
    const { code, stderr } = await runClipbook(["classify", images], {
      cwd: folder,
      env: { HF_HOME: folder, HF_ENDPOINT: "http://127.0.0.1:9" },
    });
    expect(code).toBe(1);
    expect(stderr).toContain("error: clip-vit-b32 is not on this machine and the Hub cannot be reached");
    expect(stderr).toMatch(/hint: .*--model DIR/);
    expect(existsSync(join(folder, "clipbook.db"))).toBe(false);
  });
});

describe("clipbook overview", () => {
  it("makes the page of a run again with other images, and says the same twice", async () => {
    const folder = workFolder();
    await runClipbook(["classify", images, ...tiny], { cwd: folder });
    const page = async (args: string[]) => {
      const { code, stdout } = await runClipbook(["overview", ...args], { cwd: folder });
      expect(code).toBe(0);
      const text = readFileSync(join(folder, stdout.trim()), "utf8");
      // The day and time of writing are all that may differ.
      return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:]+[+-]\d\d:\d\d/g, "").replaceAll(/\d\d:\d\d/g, "");
    };
    const one = await page(["-n", "3", "--seed", "5"]);
    expect(await page(["-n", "3", "--seed", "5"])).toBe(one);
    expect(await page(["-n", "3", "--seed", "6"])).not.toBe(one);
    expect(await page(["-n", "3", "--seed", "5", "--sort", "name"])).not.toBe(one);
    const named = ["overview", "--output", "page.html"];
    for (let i = 0; i < 2; i++) expect((await runClipbook(named, { cwd: folder })).code).toBe(0);
    for (const [output, message] of [
      ["codebook.yaml", /not the name of a page\nhint: end the name in \.html/],
      ["clipbook.db", /not the name of a page/],
      ["folder.html", /folder\.html: this is a folder/],
      ["mine.html", /there is another file of this name, and it is not overwritten/],
    ] as const) {
      writeFileSync(join(folder, "mine.html"), "<p>mine</p>");
      mkdirSync(join(folder, "folder.html"), { recursive: true });
      const content = () => (output === "folder.html" ? "" : readFileSync(join(folder, output), "latin1"));
      const before = content();
      const refused = await runClipbook(["overview", "--output", output], { cwd: folder });
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(message)]);
      expect(content()).toBe(before);
    }
    expect((await runClipbook(["overview", "--run", "9"], { cwd: folder })).stderr).toMatch(
      /no run 9\nhint: its runs are 1/,
    );
  });
});
