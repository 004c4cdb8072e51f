import { z } from "zod";
import type { CodebookDraft } from "../codebook/codebookDraft.ts";

const index = z.int().min(0).optional();
const text = z.string();

/** A draft in a request; what its texts may be is the codebook's to say. */
export const draftSchema: z.ZodType<CodebookDraft, CodebookDraft> = z.strictObject({
  title: text.optional(),
  language: text.optional(),
  templates: z.array(text),
  categories: z.array(
    z.strictObject({
      source: index,
      name: text,
      description: text.optional(),
      instructions: text.optional(),
      residual: z.boolean().optional(),
      examples: z.array(text).optional(),
      comment: text.optional(),
      phrases: z.array(z.strictObject({ source: index, text, comment: text.optional() })),
    }),
  ),
});
