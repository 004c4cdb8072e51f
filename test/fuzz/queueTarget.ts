import assert from "node:assert/strict";
import { join, relative } from "node:path";
import { jobForm, resultForm } from "../../src/queue/jobForms.ts";
import { maybeJson } from "../../src/queue/maybeJson.ts";
import { parseQueueAddress } from "../../src/queue/queueAddress.ts";
import { beatForm, sessionForm } from "../../src/queue/sessionForm.ts";
import { vectorsFromText, vectorsToText } from "../../src/queue/vectorText.ts";
import { soundJob, soundResult } from "../queue/hostileForms.ts";
import { soundBeat, soundSession } from "../queue/soundSession.ts";
import type { FuzzTarget } from "./fuzzTarget.ts";

const outcome = { kind: "embedded", format: "jpeg", widthPx: 1, heightPx: 1 };

/** What coordinators and workers read from Redis, and the address that they are given. */
export const queueTarget: FuzzTarget = {
  name: "queue",
  seeds: [
    ...[soundJob(), soundResult(), soundSession(), soundBeat()].map((value) =>
      Buffer.from(JSON.stringify(value)),
    ),
    Buffer.from(JSON.stringify({ ...soundResult(), outcomes: [outcome, outcome], vectors: "AACAPwAAgL8=" })),
    Buffer.from("rediss://me:p%40ss@queue.example:6380/3?prefix=group-1&lock=90"),
  ],
  tokens: [
    ..."..|../|/|\\u0000|\\ud800|__proto__|constructor|null|1e999|-1|[]|{}|embedded|failed|corrupt|AACAPw==|AADAfw==".split(
      "|",
    ),
    ..."redis://|rediss://|@|:|%|%40|?prefix=|&lock=|#".split("|"),
  ],
  check(bytes) {
    const text = Buffer.from(bytes).toString();
    checkAddress(text);
    const value = maybeJson(text);
    const job = jobForm.safeParse(value);
    for (const { path } of job.data?.units ?? []) {
      const inside = relative("/root", join("/root", ...path.split("/")));
      assert.ok(inside !== ".." && !inside.startsWith("../"), `${path} leads out`);
    }
    const result = resultForm.safeParse(value);
    if (result.success) checkVectors(result.data.vectors, result.data.outcomes.length);
    sessionForm.safeParse(value);
    const beat = beatForm.safeParse(value);
    if (beat.success) checkVectors(beat.data.reference, 6);
  },
};

/** Unit vectors that come back the same, or none. */
function checkVectors(text: string, count: number): void {
  try {
    const vectors = vectorsFromText(text, count);
    assert.equal(vectors.count, count);
    assert.deepEqual(vectorsFromText(vectorsToText(vectors), count), vectors);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}

function checkAddress(text: string): void {
  try {
    const { host, port, db, lockMs, shown } = parseQueueAddress(text);
    assert.ok(host !== "" && port >= 0 && port < 65_536 && db >= 0 && lockMs >= 1000);
    assert.ok(!shown.includes("@"), "an address is shown with what may be a password");
  } catch (error) {
    if (!(error instanceof Error && error.name === "UserError")) throw error;
  }
}
