import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { expect, it, type TestContext } from "vitest";
import { openStudy } from "../../src/store/openStudy.ts";
import { runClipbook } from "../cli/runClipbook.ts";
import { post, serve, workFolder } from "../cli/serveFolder.ts";
import { askApp } from "../server/askApp.ts";
import { maybePreloaded, type PreloadedSpec } from "./maybePreloaded.ts";

const { EIO, ENOSPC } = constants.errno;

/** A served study with a run; what is written below `below` of its folder fails. */
async function serveFailing({ skip }: Pick<TestContext, "skip">, below: string, spec: PreloadedSpec) {
  const folder = await workFolder();
  const env = maybePreloaded({ ...spec, at: 1, below: join(folder, below) });
  if (env === undefined) return skip("left out: faults of the disk are compiled with gcc, for Linux");
  const args = ["classify", "pictures", "--model", "demo", "--no-overview", "--output", "out.csv"];
  expect((await runClipbook(args, { cwd: folder })).code).toBe(0);
  return { folder, ...(await serve(folder, ["--no-open"], env)) };
}

const verdict = {
  position: 0,
  reviewer: "Ben",
  verdict: "right",
  note: "",
  queue: { kind: "random", n: 12, seed: 1 },
  seen: 0,
};

it.for([
  ["is full", { kinds: ["write"], errno: ENOSPC }, /the disk is full/],
  ["fails", { kinds: ["write"], errno: EIO }, /damaged, or its disk is/],
  ["takes bytes and does not keep them", { kinds: ["sync"], errno: EIO }, /damaged, or its disk is/],
] as const)("a verdict is not acknowledged when the study's disk %s", async ([, spec, message], context) => {
  const served = await serveFailing(context, "clipbook.db-wal", spec);
  const answer = await post(served.address, "/runs/1/review/verdicts", verdict);
  const body = (await answer.json()) as { error: string; hint: string };
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(body).toMatchObject({ error: expect.stringMatching(message), hint: expect.any(String) });
  await served.end();
  const study = openStudy(served.folder);
  expect(study.reviews.newest(1)).toEqual([]);
  study.close();
});

it("a codebook that cannot be saved stays as it is, and the app is told", async (context) => {
  const { folder, address, end } = await serveFailing(context, ".clipbook-", {
    kinds: ["write"],
    errno: ENOSPC,
  });
  const path = join(folder, "codebook.yaml");
  const before = readFileSync(path, "utf8");
  const { sha256, text, draft } = (await (await askApp(`${address}api/codebook`)).json()) as {
    readonly sha256: string;
    readonly text: string;
    readonly draft: Readonly<Record<string, unknown>>;
  };
  const answer = await askApp(`${address}api/codebook`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ baseSha256: sha256, baseText: text, draft: { ...draft, title: "Another" } }),
  });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(await answer.json()).toMatchObject({ error: expect.stringContaining("the disk is full") });
  expect(readFileSync(path, "utf8")).toBe(before);
  expect((await end()).stderr).not.toContain("fault of Clipbook");
});

it("thumbnails that cannot be kept are shown all the same, and told of once", async (context) => {
  const { address, end } = await serveFailing(context, "clipbook.thumbnails.db", {
    kinds: ["write"],
    errno: ENOSPC,
  });
  for (const px of [192, 384]) {
    const answer = await askApp(`${address}api/images/1/thumbnail?px=${px}&unit=1&study=`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  }
  const { stderr } = await end();
  expect(stderr.match(/note: thumbnails are not kept/g)).toHaveLength(1);
});
