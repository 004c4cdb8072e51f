import type { DatabaseSync } from "node:sqlite";
import { addCoder } from "../../src/pipeline/samples/addCoder.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import type { Post } from "./postUntilKilled.ts";

/** What people say of a study's first run, and what has to be stored of it. */
export interface Judging {
  /** Judgements of somebody who has judged nothing so far, of one image after the other. */
  posts(activity: "reviewing" | "coding"): Generator<Post>;
  /** Notes what a server has acknowledged. */
  keep(acknowledged: readonly { readonly post: Post; readonly answer: unknown }[]): void;
  /** How many of all that were ever acknowledged are not stored as they were sent. */
  countLost(database: DatabaseSync): number;
  /** How many are stored more than once. */
  countDoubled(database: DatabaseSync): number;
}

interface Kept {
  readonly table: "verdict" | "coding";
  readonly id: number;
  readonly answer: string;
  readonly note: string;
}

/** Prepares a study's first run for so many reviewers and coders. */
export function openJudging(
  directory: string,
  kills: { readonly reviewing: number; readonly coding: number },
): Judging {
  const study = openStudy(directory);
  const run = study.runs.maybeGet(1);
  if (run === undefined) throw new Error("the study has no run");
  const sample = plainSample(study, run, { perCategory: 40 });
  const links = Array.from({ length: kills.coding }, (_, i) => {
    const addedAt = "2026-05-02T10:00:00.000Z";
    return addCoder(study, sample, { coder: `coder ${i}`, role: "coder", addedAt }).link;
  });
  const size = study.samples.members(sample.id).length;
  study.close();
  const kept: Kept[] = [];
  let reviewers = 0;
  function* verdicts(): Generator<Post> {
    const reviewer = `reviewer ${reviewers++}`;
    const queue = { kind: "random", n: 12, seed: 1 };
    for (let position = 0; position < size; position++) {
      const verdict = position % 3 === 0 ? "unsure" : "right";
      const note = `${reviewer} at ${position}`;
      yield { path: "/runs/1/review/verdicts", body: { position, reviewer, verdict, note, queue, seen: 0 } };
    }
  }
  function* codings(): Generator<Post> {
    const link = links.pop();
    for (let at = 0; at < size; at++) {
      const answer = at % 3 === 0 ? "uncodable" : "unsure";
      yield { path: `/coding/${link}/codings`, body: { at, answer, note: `${link} at ${at}`, seen: 0 } };
    }
  }
  return {
    posts: (activity) => (activity === "reviewing" ? verdicts() : codings()),
    keep: (acknowledged) => {
      for (const { post, answer } of acknowledged) kept.push(keptOf(post, answer));
    },
    countLost: (database) => {
      const stored = {
        verdict: database.prepare("SELECT verdict AS answer, note FROM verdict WHERE id = ?"),
        coding: database.prepare("SELECT answer, note FROM coding WHERE id = ?"),
      };
      return kept.filter(({ table, id, answer, note }) => {
        const row = stored[table].get(id);
        return row === undefined || row.answer !== answer || row.note !== note;
      }).length;
    },
    countDoubled: (database) => {
      const doubles = (table: string) =>
        Number(database.prepare(`SELECT count(*) - count(DISTINCT note) AS n FROM ${table}`).get()?.n);
      return doubles("verdict") + doubles("coding");
    },
  };
}

function keptOf({ body }: Post, answer: unknown): Kept {
  const given = answer as { readonly verdict?: { id: number }; readonly coding?: { id: number } };
  const note = String(body.note);
  if (given.verdict !== undefined)
    return { table: "verdict", id: given.verdict.id, answer: String(body.verdict), note };
  if (given.coding === undefined) throw new Error(`no judgement in ${JSON.stringify(answer)}`);
  return { table: "coding", id: given.coding.id, answer: String(body.answer), note };
}
