import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { tokenisedForm } from "../../src/codebook/tokenisedForm.ts";
import { loadPhraseTokenizer, type PhraseTokenizer } from "../../src/model/phraseTokenizer.ts";
import { packageRoot } from "../../src/packageRoot.ts";
import { seededRandom } from "../../src/seededRandom.ts";

// The bundled model's tokenizer.json normalises and cuts texts as CLIP's does.
const folder = join(packageRoot, "demo/model");
let tokenizer: PhraseTokenizer;
beforeAll(async () => {
  const config = join(folder, "tokenizer_config.json");
  tokenizer = await loadPhraseTokenizer(join(folder, "tokenizer.json"), config, {
    family: "clip",
    contextLength: 77,
    limitMs: undefined,
  });
});

it("is one for two phrases exactly where CLIP's tokenizer gives them the same tokens (seed 5)", () => {
  const random = seededRandom(5);
  const pieces = [
    "a",
    "A",
    " ",
    "  ",
    "\u00a0",
    "dog",
    "Dog",
    "-",
    "!",
    ".",
    "'s",
    "'",
    "7",
    "12",
    "\u00e9",
    "e\u0301",
  ];
  const draw = () =>
    Array.from(
      { length: 1 + Math.floor(random() * 4) },
      () => pieces[Math.floor(random() * pieces.length)],
    ).join("");
  let same = 0;
  for (let round = 0; round < 20_000; round++) {
    const [one, other] = [draw(), draw()];
    const isOne = tokenisedForm(one) === tokenisedForm(other);
    const isOneToModel = tokenizer.encode(one).join() === tokenizer.encode(other).join();
    if (isOne !== isOneToModel) expect({ one, other, isOne }).toEqual({ one, other, isOne: isOneToModel });
    if (isOne && one !== other) same++;
  }
  expect(same).toBeGreaterThan(100);
});
