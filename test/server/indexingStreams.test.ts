import { expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../temporaryFolder.ts";
import { contextOf } from "./serveStudy.ts";
import { testedApp } from "./testedApp.ts";

it("no more than 64 tabs follow a job at once; one that goes makes room", async () => {
  const folder = temporaryFolder();
  const { context, close } = contextOf(folder);
  onTestFinished(close);
  const { request } = testedApp({ context, webFolder: folder });
  const follow = () => request("/api/indexing/events");
  const streams = await Promise.all(Array.from({ length: 64 }, follow));
  expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
  const refused = await follow();
  expect([refused.status, await refused.json()]).toEqual([
    503,
    { error: "too many tabs follow this study", hint: "close some of them" },
  ]);
  await streams[0]?.body?.cancel();
  await expect.poll(async () => (await follow()).status).toBe(200);
  await Promise.all(streams.slice(1).map(({ body }) => body?.cancel()));
});

it("who asks for the head of the events alone follows nothing", async () => {
  const folder = temporaryFolder();
  const { context, close } = contextOf(folder);
  onTestFinished(close);
  const { request } = testedApp({ context, webFolder: folder });
  for (let i = 0; i < 65; i++)
    expect((await request("/api/indexing/events", { method: "HEAD" })).status).toBe(200);
  const followed = await request("/api/indexing/events");
  expect(followed.status).toBe(200);
  await followed.body?.cancel();
});
