import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { CodebookDraft, DraftCategory, DraftPhrase } from "../src/codebook/codebookDraft.ts";
import { UserError } from "../src/errors.ts";
import { loadEncoder } from "../src/model/loadEncoder.ts";
import { tokenHeader } from "../src/server/accessKeys.ts";
import { makeEmbeddedStudy } from "./embeddedStudy.ts";
import { median } from "./median.ts";
import { watchResidentSize } from "./residentSize.ts";
import { type ServeProcess, startServeProcess } from "./serveProcess.ts";

const usage = `node bench/measureDraft.ts --model DIR [options]

How long an edit of a codebook takes in the app, through the server: 26 phrases, random embeddings. Build first (npm run build).

  --model DIR      a model folder with float32 towers, or a model's name
  --count N        units (default 100000)
  --million        then a study of 1,000,000, too: 4 GB on the disk
  --repetitions N  edits of each kind, of which the median is told (default 5)
`;

/** A kind of edit; `at` is a number of its own for each repetition. */
interface Edit {
  readonly what: string;
  readonly of: (base: CodebookDraft, at: number) => CodebookDraft;
}

const edits: readonly Edit[] = [
  {
    what: "a phrase moved to another category",
    of: (base, at) => {
      const from = at % base.categories.length;
      const to = (from + 1) % base.categories.length;
      const moved = base.categories[from]?.phrases[0] as DraftPhrase;
      return changed(
        changed(base, from, (phrases) => phrases.slice(1)),
        to,
        (phrases) => [...phrases, moved],
      );
    },
  },
  {
    what: "a phrase deleted",
    of: (base, at) => changed(base, at % base.categories.length, (phrases) => phrases.slice(0, -1)),
  },
  {
    what: "a phrase changed, with its new embedding",
    of: (base, at) =>
      changed(base, at % base.categories.length, ([first, ...others]) => [
        { ...(first as DraftPhrase), text: `a photo of ${at + 2} balloons` },
        ...others,
      ]),
  },
];

function changed(
  base: CodebookDraft,
  category: number,
  edit: (phrases: readonly DraftPhrase[]) => readonly DraftPhrase[],
): CodebookDraft {
  const before = base.categories[category] as DraftCategory;
  return {
    ...base,
    categories: base.categories.with(category, { ...before, phrases: edit(before.phrases) }),
  };
}

interface Options {
  readonly model: string;
  readonly repetitions: number;
}

/** Measures all edits on a study of so many units, and says what it measured line by line. */
async function measure(count: number, { model, repetitions }: Options): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "clipbook-bench-"));
  const shown = count.toLocaleString("en-US");
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    const study = join(folder, "study");
    const codebook = join(folder, "codebook.json");
    mkdirSync(study);
    copyFileSync(join(import.meta.dirname, "codebook.json"), codebook);
    process.stderr.write(`making a study of ${shown} random embeddings\n`);
    const encoder = await loadEncoder(model);
    await makeEmbeddedStudy(study, encoder, codebook, count).finally(() => encoder.close());
    const server = await startServeProcess(study, codebook);
    const watch = watchResidentSize(server.pid);
    try {
      const began = performance.now();
      const { text, draft } = (await ask(server, "/api/codebook")) as {
        text: string;
        draft: CodebookDraft;
      };
      const report = (edited: CodebookDraft) =>
        ask(server, "/api/drafts", { runId: 1, baseText: text, draft: edited });
      // What the board does when it is opened: nothing is changed yet.
      await report(draft);
      say(`${shown} units: from opening the board to the first answer: ${ms(performance.now() - began)}`);
      // The text tower opens with the board; the first new phrase waits for it.
      await report(changed(draft, 0, (phrases) => [...phrases, { text: "a photo of one balloon" }]));
      for (const { what, of } of edits) {
        const times: number[] = [];
        const waits: number[] = [];
        for (let at = 0; at < repetitions; at++) {
          const edited = of(draft, at);
          const ping = watchOthers(server);
          const start = performance.now();
          const { scores } = (await report(edited)) as { scores?: { units: number } };
          times.push(performance.now() - start);
          waits.push(await ping.end());
          if (scores?.units !== count) throw new UserError(`an edit was answered for ${scores?.units} units`);
        }
        const wait = `other requests wait ${ms(median(waits))} at most`;
        say(`${shown} units: ${what}: ${ms(median(times))} (median of ${times.length}); ${wait}`);
      }
      say(`${shown} units: the server's memory: ${Math.round(watch.stop().peakMb)} MB at most`);
    } finally {
      await server.end();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function ask({ address, token }: ServeProcess, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${address}${path}`, {
    headers: { [tokenHeader]: token, "Content-Type": "application/json" },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new UserError(`${path} answers ${response.status}: ${await response.text()}`);
  return response.json();
}

/** Asks for something small again and again, and tells the longest time that it took. */
function watchOthers(server: ServeProcess): { end(): Promise<number> } {
  let goesOn = true;
  const longest = (async () => {
    let most = 0;
    while (goesOn) {
      const start = performance.now();
      await ask(server, "/api/study");
      most = Math.max(most, performance.now() - start);
    }
    return most;
  })();
  return {
    end: () => {
      goesOn = false;
      return longest;
    },
  };
}

function ms(milliseconds: number): string {
  return `${Math.round(milliseconds)} ms`;
}

const { values } = parseArgs({
  options: {
    model: { type: "string" },
    count: { type: "string", default: "100000" },
    million: { type: "boolean", default: false },
    repetitions: { type: "string", default: "5" },
    help: { type: "boolean" },
  },
});
const sizes = [Number(values.count), ...(values.million ? [1_000_000] : [])];
const repetitions = Number(values.repetitions);
if (
  values.help === true ||
  values.model === undefined ||
  ![...sizes, repetitions].every(Number.isSafeInteger)
) {
  process.stderr.write(usage);
  process.exitCode = values.help === true ? 0 : 1;
} else {
  for (const size of sizes) await measure(size, { model: values.model, repetitions });
}
