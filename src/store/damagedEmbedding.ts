import { UserError } from "../errors.ts";

/** An embedding that is stored, but cannot be what was stored. @param whose as the message names it @param study where not the only one */
export function damagedEmbedding(whose: string, study?: string): UserError {
  const where = study === undefined ? "" : `${study}: `;
  return new UserError(`${where}the study's embedding of ${whose} is damaged`, {
    hint: "restore a copy of clipbook.db, or move it away and run the same command again",
  });
}
