import { UserError } from "../errors.ts";

/** An embedding that is stored, but cannot be what was stored. @param whose as the message names it */
export function damagedEmbedding(whose: string): UserError {
  return new UserError(`the study's embedding of ${whose} is damaged`, {
    hint: "restore a copy of clipbook.db, or move it away and run the same command again",
  });
}
