import { expect, it } from "vitest";
import { seededRandom } from "../../../src/seededRandom.ts";
import { plainSample } from "../samples/plainSample.ts";
import { knownStudy } from "./knownStudy.ts";
import { paraphraseTemplates } from "../../../src/pipeline/diagnostics/paraphraseTemplates.ts";

for (const scoring of ["max", "sum", "mean"] as const)
it(`bench ${scoring}`, { timeout: 600_000 }, async () => {
  const random = seededRandom(1);
  const vec = (d = 512) => Array.from({ length: d }, () => random() - 0.5);
  const images = Array.from({ length: 100_000 }, () => vec());
  const codebook = { templates: [], categories: Array.from({ length: 7 }, (_, c) => ({ name: `C${c}`, phrases: Array.from({ length: c < 5 ? 4 : 3 }, (_, p) => `a p${c}${p}`) })) };
  const texts = codebook.categories.flatMap(({ phrases }) => phrases);
  const base = new Map(texts.map((t) => [t, vec()]));
  const vectorOf = (text: string) => { const own = texts.find((t) => text.endsWith(t)) as string; const v = base.get(own) as number[]; return text === own ? v : v.map((x) => x + (random() - 0.5) * 0.3); };
  const study = await knownStudy({ images, codebook, vectorOf, moreTexts: texts.flatMap((t) => paraphraseTemplates.map((w) => w.replace("{}", t))), changes: { scoring } });
  const sample = plainSample(study.study, study.run, { purpose: "pilot", perCategory: 100 });
  study.code(sample, (position) => `C${position % 7}`);
  const t0 = performance.now();
  const d = await study.diagnose({ templates: true });
  const t1 = performance.now();
  const again = await study.diagnose({ templates: true });
  const t2 = performance.now();
  await study.diagnose({ templates: false });
  const t3 = performance.now();
  console.log(scoring, "cold", t1 - t0, "warm", t2 - t1, "warm without templates", t3 - t2);
  console.log(texts.length, JSON.stringify(d.templates).slice(0, 300), JSON.stringify(d.scorings).slice(0, 500), JSON.stringify(d.phrases[0]), d.weakPoints.slice(0, 4));
  expect(again.units).toBe(100_000);
});
