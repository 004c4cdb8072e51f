import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import { UserError } from "../errors.ts";
import { readJson } from "./modelConfig.ts";
import type { ModelFamily } from "./registeredModel.ts";

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

/**
 * Loads `tokenizer.json` with the published tokenizers library.
 * @throws UserError for files that cannot be read or name no padding token
 */
export async function loadPhraseTokenizer(
  tokenizerPath: string,
  tokenizerConfigPath: string | undefined,
  family: ModelFamily,
  contextLength: number,
): Promise<PhraseTokenizer> {
  const tokenizerJson = await readJson(tokenizerPath, tokenizerSchema);
  const config = tokenizerConfigPath ? await readJson(tokenizerConfigPath, tokenizerConfigSchema) : {};
  const tokenizer = new Tokenizer(tokenizerJson, config);
  const padId = paddingId(tokenizer, config, tokenizerJson.padding?.pad_id);
  if (padId === undefined) {
    throw new UserError(`${tokenizerPath}: the tokenizer names no padding token`, {
      hint: "add tokenizer_config.json with pad_token to the model's folder",
    });
  }
  const encode = (text: string) => tokenizer.encode(text).ids;
  return {
    contextLength,
    encode,
    encodeBatch: (texts) => {
      const rows = texts.map((text) => truncated(encode(text), contextLength));
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
