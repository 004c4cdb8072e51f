import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../src/errors.ts";
import type { Encoder } from "../../src/model/openEncoder.ts";
import { openTower } from "../../src/model/openTower.ts";
import { runScript } from "../runScript.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { loadTinyModel, tinyModelFolder } from "../tinyModels.ts";

const graphPath = join(tinyModelFolder("clip"), "onnx/text_model.onnx");
const graph = JSON.stringify(graphPath);
const opened = `
  import { openTower } from "./src/model/openTower.ts";
  const tower = await openTower(${graph}, ["text"]);
  const dims = [1, 3];
  const feeds = {
    input_ids: { dims, values: BigInt64Array.of(1n, 2n, 3n) },
    attention_mask: { dims, values: BigInt64Array.of(1n, 1n, 1n) },
    position_ids: { dims, values: BigInt64Array.of(0n, 1n, 2n) },
  };`;

async function openForTest(): Promise<Encoder> {
  const encoder = await loadTinyModel("clip");
  onTestFinished(() => encoder.close());
  return encoder;
}

describe("a tower", () => {
  it("that is closed while it computes answers first, and the process waits for its end", async () => {
    const script = `${opened}
      const answered = tower.run(feeds, "text").then(({ dim }) => console.log("answer of", dim));
      await tower.close();
      console.log("closed");`;
    expect(await runScript(script)).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^answer of \d+\nclosed\n$/),
      stderr: "",
    });
  });

  it("that cannot be opened, or not be fed, says what to do across the threads", async () => {
    const damaged = join(temporaryFolder(), "damaged.onnx");
    writeFileSync(damaged, "this is no graph");
    const failed = await openTower(damaged, ["text"]).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(UserError);
    expect(failed).toMatchObject({
      message: expect.stringMatching(/damaged\.onnx: ONNX Runtime cannot open this graph: /),
      hint: "check that the file is whole and that its external data lies beside it",
    });
    const tower = await openTower(graphPath, ["text"]);
    const unfed = await tower.run({}, "text").catch((error: unknown) => error);
    expect(unfed).toBeInstanceOf(UserError);
    expect(unfed).toMatchObject({ hint: expect.stringMatching(/^Clipbook feeds pixel_values/) });
    await tower.close();
    await expect(tower.run({}, "text")).rejects.toThrow("the tower's thread has ended");
  });

  it("that is idle and was not closed does not keep the process", async () => {
    const script = `${opened} await tower.run(feeds, "text"); console.log("done");`;
    expect(await runScript(script)).toEqual({ code: 0, stdout: "done\n", stderr: "" });
  });

  it("computes beside this thread, which goes on", async () => {
    const encoder = await openForTest();
    const { sizePx } = encoder.viewSpec("center");
    const views = Array.from({ length: 400 }, () => randomBytes(sizePx * sizePx * 3));
    await encoder.embedViews(views.slice(0, 1));
    let isComputing = true;
    const computed = encoder.embedViews(views).finally(() => {
      isComputing = false;
    });
    let turns = 0;
    while (isComputing) {
      await nextTurn();
      turns += 1;
    }
    expect((await computed).count).toBe(400);
    expect(turns).toBeGreaterThan(20);
  });

  it("gives the text tower's memory back, and opens it again when a text comes", async () => {
    const encoder = await openForTest();
    const [before] = [await encoder.embedTexts(["a tree"])];
    await encoder.closeTextTower();
    await encoder.closeTextTower();
    expect(encoder.openedTowers()).toEqual(["text"]);
    expect((await encoder.embedTexts(["a tree"])).values).toEqual(before.values);
  });
});
