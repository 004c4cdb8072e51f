import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runScript } from "../runScript.ts";
import { tinyModelFolder } from "../tinyModels.ts";

const graph = JSON.stringify(join(tinyModelFolder("clip"), "onnx/text_model.onnx"));
const opened = `
  import { openTower } from "./src/model/openTower.ts";
  const tower = await openTower(${graph}, ["text"]);
  const dims = [1, 3];
  const feeds = {
    input_ids: { dims, values: BigInt64Array.of(1n, 2n, 3n) },
    attention_mask: { dims, values: BigInt64Array.of(1n, 1n, 1n) },
    position_ids: { dims, values: BigInt64Array.of(0n, 1n, 2n) },
  };`;

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

  it("that is idle and was not closed does not keep the process", async () => {
    const script = `${opened} await tower.run(feeds, "text"); console.log("done");`;
    expect(await runScript(script)).toEqual({ code: 0, stdout: "done\n", stderr: "" });
  });
});
