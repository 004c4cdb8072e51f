import { UserError } from "../../errors.ts";
import type { EmbeddingImport } from "../../store/importStore.ts";
import type { Study } from "../../store/openStudy.ts";

/** The study's import of a name. @throws UserError that names those there are */
export function requireImport(study: Study, name: string): EmbeddingImport {
  const imports = study.imports.list();
  const wanted = name.normalize("NFC").trim();
  const found = imports.find((known) => known.name === wanted);
  if (found !== undefined) return found;
  const names = imports.map((known) => `"${known.name}"`).join(", ");
  throw new UserError(
    `the study has no imported embeddings called "${name}"${names === "" ? "" : `, only ${names}`}`,
    {
      hint: "import them first: clipbook import embeddings DIR --encoder NAME",
    },
  );
}
