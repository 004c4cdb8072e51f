import { expect, it } from "vitest";
import { runClipbook } from "../../cli/runClipbook.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";
import { demoPictures } from "../demoPictures.ts";
import { maybeRedis } from "../testRedis.ts";
import { redisCommand } from "./redisCommand.ts";

/** Both commands have to end with 1 and say why, in the same words. */
async function requireRefusal(
  queue: string,
  message: RegExp,
  pictures: { images: string; codebook: string },
) {
  const { images, codebook } = pictures;
  const onQueue = ["--queue", queue, "--root", `demo=${images}`];
  const study = ["--model", "demo", "--codebook", codebook, "--study", temporaryFolder()];
  const ends = await Promise.all([
    runClipbook(["worker", ...onQueue]),
    runClipbook(["classify", images, ...study, "--no-overview", ...onQueue]),
  ]);
  for (const { code, stderr } of ends) {
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^hint: /m);
    expect(stderr).not.toContain("secret");
    expect(code).toBe(1);
  }
}

it("a password that is wrong or missing ends both commands with 1", async () => {
  const redis = await maybeRedis(["--requirepass", "secret"]);
  if (redis === undefined) return;
  const pictures = await demoPictures(10);
  const address = `127.0.0.1:${redis.port}/0`;
  await requireRefusal(`redis://:secretly@${address}`, /error: .*Redis refuses the password/, pictures);
  await requireRefusal(`redis://${address}`, /error: .*Redis wants a password/, pictures);
});

it("so does a user without rights: on INFO, on scripts, on the keys", async () => {
  const redis = await maybeRedis();
  if (redis === undefined) return;
  const pictures = await demoPictures(10);
  for (const [name, ...rights] of [
    ["mute", "~*", "-@all"],
    ["plain", "~*", "+@all", "-@scripting"],
    ["elsewhere", "~other:*", "+@all"],
  ] as const) {
    redisCommand(redis, "acl", "setuser", name, "on", ">secret", ...rights);
    const queue = `redis://${name}:secret@127.0.0.1:${redis.port}/0`;
    await requireRefusal(queue, /error: .*Redis does not allow this user what a queue needs/, pictures);
  }
});
