import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { startClipbook } from "../../cli/runClipbook.ts";
import { type DemoPictures, demoPictures } from "../demoPictures.ts";
import { maybeRedis } from "../testRedis.ts";
import { startCoordinator, tableOf } from "./startCoordinator.ts";

const poison = "post-0042";
const env = {
  NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "endAtPoison.ts"))}`,
  CLIPBOOK_TEST_POISON: poison,
};

/** One machine's table with a failure in the poison's row. */
function withFailure({ tableOfOneMachine }: DemoPictures): string {
  const [header = "", ...rows] = tableOfOneMachine.toString().trimEnd().split("\n");
  const failure = "decoder_crashed: each of 3 workers was lost when it had this picture";
  const marked = rows.map((row) => (row.includes(poison) ? `${row.split(",")[0]},,,,${failure}` : `${row},`));
  return `${[`${header},Classification Error`, ...marked].join("\n")}\n`;
}

it("a picture that ends a worker three times is recorded as decoder_crashed, and all others are right", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const pictures = await demoPictures(90);
  const queue = `${redis.address}?lock=1`;
  const coordinator = startCoordinator(pictures, { queue, args: ["--no-work", "--job-size", "16"] });
  let isOver = false;
  let killed = 0;
  const work = async () => {
    while (!isOver) {
      const child = startClipbook(["worker", "--queue", queue, "--root", `demo=${pictures.images}`], { env });
      onTestFinished(() => {
        child.kill("SIGKILL");
      });
      stop = () => child.kill("SIGTERM");
      await once(child, "exit");
      if (child.signalCode === "SIGKILL") killed += 1;
    }
  };
  let stop = () => false;
  const working = work();
  const { code, stderr } = await coordinator.ended;
  isOver = true;
  stop();
  await working;
  expect(code, stderr).toBe(0);
  expect(killed).toBe(3);
  expect(tableOf(coordinator)).toBe(withFailure(pictures));
});

it("also where the coordinator's own worker is the only one", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const pictures = await demoPictures(90);
  const coordinator = startCoordinator(pictures, {
    queue: `${redis.address}?lock=1`,
    args: ["--job-size", "16"],
    env,
  });
  const { code, stderr } = await coordinator.ended;
  expect(code, stderr).toBe(0);
  expect(stderr.match(/the own worker was ended by SIGKILL/g)).toHaveLength(3);
  expect(tableOf(coordinator)).toBe(withFailure(pictures));
});
