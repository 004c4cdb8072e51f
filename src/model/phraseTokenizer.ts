import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import { UserError } from "../errors.ts";
import { readJson } from "./modelConfig.ts";
import type { ModelFamily } from "./registeredModel.ts";
import { maybeWithinTime } from "./withinTime.ts";

/** Texts as the text tower reads them: token ids and mask, row by row `[n, length]`. */
export interface TokenBatch {
  readonly inputIds: BigInt64Array;
  readonly attentionMask: BigInt64Array;
  readonly count: number;
  readonly length: number;
}

/** A model's own tokenizer. */
export interface PhraseTokenizer {
  /** Longest text in tokens, special tokens included. */
  readonly contextLength: number;
  /** Token ids of a text, special tokens included, neither padded nor truncated. */
  encode(text: string): readonly number[];
  /**
   * Padded as the family was trained: CLIP to the longest text, SigLIP always to the context length. Texts that are
   * too long lose tokens before the last one, so that the end token stays.
   */
  encodeBatch(texts: readonly string[]): TokenBatch;
}

const specialToken = z.union([z.string(), z.object({ content: z.string() })]).nullish();
const tokenizerConfigSchema = z.looseObject({ pad_token: specialToken, eos_token: specialToken });
const tokenizerSchema = z.looseObject({
  padding: z.object({ pad_id: z.number().int() }).nullish(),
  model: z.looseObject({ type: z.string().optional() }),
});

// A vocabulary has at most some hundred thousand tokens; graphs count them in 32 bits.
const largestId = 2 ** 31 - 1;
const damagedHint = "the file is damaged or of a kind that Clipbook does not know: copy or download it again";

/** Settings of `loadPhraseTokenizer`. */
export interface PhraseTokenizerOptions {
  readonly family: ModelFamily;
  /** Longest text in tokens, special tokens included. */
  readonly contextLength: number;
  /**
   * Milliseconds for one text, or one batch. The file holds regular expressions, and some take for ever. Undefined for a
   * file that is known: the limit itself takes longer than a phrase.
   */
  readonly limitMs: number | undefined;
}

/**
 * Loads `tokenizer.json` with the published tokenizers library.
 * @throws UserError for files that cannot be read or used, or name no padding token; later also for a text that takes too
 * long or becomes what is no token
 */
export async function loadPhraseTokenizer(
  tokenizerPath: string,
  tokenizerConfigPath: string | undefined,
  { family, contextLength, limitMs }: PhraseTokenizerOptions,
): Promise<PhraseTokenizer> {
  const tokenizerJson = await readJson(tokenizerPath, tokenizerSchema);
  const config = tokenizerConfigPath ? await readJson(tokenizerConfigPath, tokenizerConfigSchema) : {};
  // The library throws whatever it stumbles over: a TypeError for a list that is none, a SyntaxError for an expression.
  const guarded = <T>(work: () => T): T => {
    let done: { readonly value: T } | undefined;
    try {
      done = limitMs === undefined ? { value: work() } : maybeWithinTime(work, limitMs);
    } catch (cause) {
      const what = String(cause instanceof Error ? cause.message : cause).slice(0, 200);
      throw new UserError(`${tokenizerPath}: this tokenizer cannot be used: ${what}`, {
        hint: damagedHint,
        cause,
      });
    }
    if (done !== undefined) return done.value;
    throw new UserError(`${tokenizerPath}: this tokenizer takes more than ${limitMs} ms for a text`, {
      hint: "one of its regular expressions never ends: do not use this model unless you trust it",
    });
  };
  const tokenizer = guarded(() => new Tokenizer(tokenizerJson, config));
  const padId = paddingId(tokenizer, config, tokenizerJson.padding?.pad_id);
  if (padId === undefined) {
    throw new UserError(`${tokenizerPath}: the tokenizer names no padding token`, {
      hint: "add tokenizer_config.json with pad_token to the model's folder",
    });
  }
  const encodeAll = (texts: readonly string[]): readonly (readonly number[])[] =>
    guarded(() => texts.map((text) => requireIds(tokenizer.encode(text).ids)));
  guarded(() => requireIds([padId]));
  return {
    contextLength,
    encode: (text) => encodeAll([text])[0] as readonly number[],
    encodeBatch: (texts) => {
      const rows = encodeAll(texts).map((row) => truncated(row, contextLength));
      const length = family === "siglip" ? contextLength : Math.max(...rows.map((row) => row.length));
      const inputIds = new BigInt64Array(rows.length * length).fill(BigInt(padId));
      // SigLIP attends to its padding, as in training.
      const attentionMask = new BigInt64Array(rows.length * length).fill(family === "siglip" ? 1n : 0n);
      rows.forEach((row, i) => {
        inputIds.set(row.map(BigInt), i * length);
        attentionMask.fill(1n, i * length, i * length + row.length);
      });
      return { inputIds, attentionMask, count: rows.length, length };
    },
  };
}

/** @throws RangeError for what is no token's number: the file may hold anything in their place */
function requireIds(ids: readonly unknown[]): readonly number[] {
  const other = ids.find(
    (id) => !(Number.isInteger(id) && (id as number) >= 0 && (id as number) <= largestId),
  );
  if (other === undefined) return ids as readonly number[];
  throw new RangeError(`${JSON.stringify(other)} is no token's number`);
}

function truncated(ids: readonly number[], contextLength: number): readonly number[] {
  if (ids.length <= contextLength) return ids;
  return [...ids.slice(0, contextLength - 1), ids.at(-1) as number];
}

function paddingId(
  tokenizer: Tokenizer,
  config: z.infer<typeof tokenizerConfigSchema>,
  fromTokenizerFile: number | undefined,
): number | undefined {
  const named = config.pad_token ?? config.eos_token;
  if (named == null) return fromTokenizerFile;
  return tokenizer.token_to_id(typeof named === "string" ? named : named.content) ?? fromTokenizerFile;
}
