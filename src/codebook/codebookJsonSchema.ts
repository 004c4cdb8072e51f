import { z } from "zod";
import { codebookFileSchema } from "./codebookSchema.ts";

/** JSON Schema (draft 2020-12) of codebook files, for completion and checks in editors. */
export function codebookJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(codebookFileSchema, { io: "input" });
  return { $schema, title: "Clipbook codebook", ...schema };
}
