import { type Embeddings, embeddingAt, matrixOf } from "../embeddings.ts";
import type { Encoder } from "../model/openEncoder.ts";
import type { Study } from "../store/openStudy.ts";
import { type EncoderOfRun, loadEncoderOfRun, type RunEncoderOptions } from "./loadEncoderOfRun.ts";

/** Texts whose embeddings are remembered at most: those that were tried and not saved. */
const mostRemembered = 10_000;

/** Embeds texts by the encoder of a run; it is opened when it is needed, and once. */
export interface PhraseEncoder {
  /**
   * Unit-length embeddings of texts, `n texts -> [n, dim]`; only texts that neither the study nor an earlier call has met go
   * through the text tower. Nothing is stored.
   * @throws UserError when the run's model is needed and cannot be opened
   */
  embeddingsOf(run: EncoderOfRun, texts: readonly string[]): Promise<Embeddings>;
  /** Whether all texts were met before, so that no tower is needed. */
  areKnown(run: EncoderOfRun, texts: readonly string[]): boolean;
  /** The run's encoder, opened; its tokenizer counts tokens. @throws UserError when it cannot be opened */
  encoderOf(run: EncoderOfRun): Promise<Encoder>;
  close(): Promise<void>;
}

/** A phrase encoder for the runs of a study. */
export function openPhraseEncoder(study: Study, options: RunEncoderOptions = {}): PhraseEncoder {
  const encoders = new Map<number, Promise<Encoder>>();
  const remembered = new Map<string, Float32Array>();
  const keyOf = (run: EncoderOfRun, text: string) => `${run.encoderId} ${text}`;
  const encoderOf = (run: EncoderOfRun) => {
    const known = encoders.get(run.encoderId);
    if (known !== undefined) return known;
    const loading = loadEncoderOfRun(study, run, options);
    encoders.set(run.encoderId, loading);
    // The user may bring the model meanwhile: the next call tries again.
    loading.catch(() => encoders.delete(run.encoderId));
    return loading;
  };
  const maybeKnown = (run: EncoderOfRun, text: string) =>
    study.embeddings.maybeOfText(run.encoderId, text) ?? remembered.get(keyOf(run, text));
  return {
    encoderOf,
    areKnown: (run, texts) => texts.every((text) => maybeKnown(run, text) !== undefined),
    embeddingsOf: async (run, texts) => {
      const found = new Map<string, Float32Array>();
      for (const text of texts) {
        const vector = maybeKnown(run, text);
        if (vector !== undefined) found.set(text, vector);
      }
      const missing = [...new Set(texts)].filter((text) => !found.has(text));
      if (missing.length > 0) {
        const vectors = await (await encoderOf(run)).embedTexts(missing);
        missing.forEach((text, i) => {
          const vector = embeddingAt(vectors, i).slice();
          found.set(text, vector);
          remembered.set(keyOf(run, text), vector);
        });
        for (const key of remembered.keys()) {
          if (remembered.size <= mostRemembered) break;
          remembered.delete(key);
        }
      }
      const rows = texts.map((text) => found.get(text) as Float32Array);
      return matrixOf(rows, rows[0]?.length ?? 1);
    },
    close: async () => {
      for (const loading of encoders.values()) {
        // One that could not be opened has said so where it was asked for.
        await loading.then(
          (encoder) => encoder.close(),
          () => undefined,
        );
      }
      encoders.clear();
    },
  };
}
