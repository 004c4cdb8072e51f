import { cpSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { golden } from "../images/reference.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { tinyModelFolder } from "../tinyModels.ts";
import { runClipbook, startClipbook, waitFor } from "./runClipbook.ts";

const images = join(import.meta.dirname, "../fixtures/reference/images");

/** A folder with a codebook, a model, and six pictures of which one is none. */
function workFolder(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "codebook.yaml"), JSON.stringify(golden.codebook));
  cpSync(tinyModelFolder("clip"), join(folder, "model"), { recursive: true });
  for (const name of readdirSync(images).filter((entry) => /^(photo|gray).*\.(jpg|png)$/.test(entry)))
    cpSync(join(images, name), join(folder, "pictures", name));
  writeFileSync(join(folder, "pictures/broken.jpg"), "no picture");
  return folder;
}

const args = ["models", "compare", "./model", "--on", "pictures"];

describe("clipbook models compare", () => {
  it("prints cosines, the share of equal categories and the speed; progress and failures on stderr", async () => {
    const folder = workFolder();
    const { code, stdout, stderr } = await runClipbook(args, {
      cwd: folder,
      env: { XDG_CACHE_HOME: folder },
    });
    expect(stderr).toContain("making the int8 variant of model, onnx/vision_model.onnx, in ");
    expect(stderr).toContain("pictures/broken.jpg: not_an_image: ");
    expect(code).toBe(0);
    const count = readdirSync(join(folder, "pictures")).length;
    const lines = stdout.split("\n");
    expect(lines[0]).toBe(
      `model: int8 compared with float32 on ${count - 1} of ${count} pictures, 1 could not be used`,
    );
    expect(stdout).toMatch(
      /^ {2}pictures {3}cosine to float32: mean 0\.\d{5}, worst 0\.\d{5} \(pictures\/.+\)$/m,
    );
    expect(stdout).toMatch(/^ {2}phrases {4}cosine to float32: mean 0\.\d{5}, worst 0\.\d{5} \(.+\)$/m);
    expect(stdout).toMatch(/^ {2}category {3}the same for \d of \d \(\d+(\.\d)?%\)$/m);
    expect(stdout).toMatch(/^ {2}speed {6}int8 is \d+\.\d\d times as fast: .* \(median of 5 rounds\)$/m);
  });

  it("prints the same as JSON, for the number of pictures and the threads that are asked for", async () => {
    const folder = workFolder();
    const asked = [...args, "--json", "--images", "3", "--seed", "5", "--threads", "1"];
    const { code, stdout } = await runClipbook(asked, { cwd: folder, env: { XDG_CACHE_HOME: folder } });
    expect(code).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ model: "model", found: readdirSync(join(folder, "pictures")).length });
    expect(answer.compared + answer.failed).toBe(3);
    expect(answer.agreeing + answer.changed.length).toBe(answer.compared);
    expect(answer.float32).not.toBe(answer.int8);
    expect(answer.speed.ratio).toBeGreaterThan(0);
  });

  it("follows a link out of the folder only when it is told to", async () => {
    const folder = workFolder();
    const outside = readdirSync(join(folder, "pictures")).find((name) => name.endsWith(".png")) as string;
    cpSync(join(folder, "pictures", outside), join(folder, "outside.png"));
    symlinkSync("../outside.png", join(folder, "pictures/link.png"));
    const failures = async (...more: string[]) => {
      const { code, stdout, stderr } = await runClipbook([...args, "--json", ...more], {
        cwd: folder,
        env: { XDG_CACHE_HOME: folder },
      });
      expect(code).toBe(0);
      return { failed: JSON.parse(stdout).failed, stderr };
    };
    const kept = await failures();
    expect(kept.failed).toBe(2);
    expect(kept.stderr).toMatch(/pictures\/link\.png: not_a_regular_file: .*give --follow-outside/);
    expect((await failures("--follow-outside")).failed).toBe(1);
  });

  it("stops at Ctrl-C", async () => {
    const folder = workFolder();
    const photo = readFileSync(join(images, "photo-instagram-1080x1350.jpg"));
    for (let i = 0; i < 300; i++)
      writeFileSync(join(folder, `pictures/${i}.jpg`), Buffer.concat([photo, Buffer.from([i % 251])]));
    const child = startClipbook([...args, "--images", "0"], { cwd: folder, env: { XDG_CACHE_HOME: folder } });
    const finished = waitFor(child);
    child.stderr?.on("data", (text: string) => {
      if (text.includes("comparing 10%")) child.kill("SIGINT");
    });
    const { code, stdout } = await finished;
    expect(code).toBe(130);
    expect(stdout).toBe("");
  });

  it("says what is wrong with its arguments", async () => {
    const folder = workFolder();
    const failing = async (...more: string[]) => {
      const { code, stderr } = await runClipbook(["models", "compare", ...more], { cwd: folder });
      expect(code).toBe(1);
      return stderr;
    };
    expect(await failing("./model")).toContain("required option '--on <folder>'");
    expect(await failing("./model", "--on", "nowhere")).toContain("nowhere: there is no such file or folder");
    expect(await failing("./none", "--on", "pictures")).toContain("./none: there is no such folder");
    expect(await failing("./model", "--on", "pictures", "--precision", "float32")).toContain("int8");
    expect(await failing("./model", "--on", "pictures", "--codebook", "x.yaml")).toContain(
      "no such codebook",
    );
  });
});
