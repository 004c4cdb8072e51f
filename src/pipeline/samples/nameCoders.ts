import { foldCase } from "../../codebook/foldCase.ts";
import { UserError } from "../../errors.ts";
import type { SampleCoder } from "../../store/sampleStore.ts";
import { requireCoderName } from "./addCoder.ts";
import type { ReadCoding, ReadCodings } from "./readCoding.ts";

/** What the user says of the coders of the files. */
export interface CoderNames {
  /** Who coded: in files that name nobody, or a single annotator; in other files nobody else may have. */
  readonly only?: string | undefined;
  /** Names in the files, and whose they are. */
  readonly renamed?: ReadonlyMap<string, string> | undefined;
}

/**
 * The codings of a file under their coders' names in the study.
 * @param known the sample's coders
 * @throws UserError for names that cannot be, that differ from a known one by letter case only, or that `only` excludes
 */
export function nameCoders(
  { path, source, codings }: ReadCodings,
  { only, renamed }: CoderNames,
  known: readonly SampleCoder[],
): readonly ReadCoding[] {
  const names = new Set(codings.map(({ coder }) => coder));
  const isSingleAnnotator = source === "label-studio" && names.size === 1;
  const named = new Map<string, string>();
  for (const name of names) {
    const given = maybeRenamed(name, renamed) ?? (isSingleAnnotator ? only : undefined);
    const coder = requireNameIn(path, given ?? name);
    if (only !== undefined && coder !== requireCoderName(only)) {
      throw new UserError(`${path}: codings of ${JSON.stringify(coder)}, not of ${JSON.stringify(only)}`, {
        hint:
          source === "label-studio"
            ? `several people annotated: say who is who, such as --coder "${name}=${only}"`
            : `if these are theirs: --coder ${JSON.stringify(`${name}=${only}`)}`,
      });
    }
    const namesake = known.find((other) => foldCase(other.coder) === foldCase(coder));
    if (namesake !== undefined && !known.some((other) => other.coder === coder)) {
      throw new UserError(
        `${path}: the coder ${JSON.stringify(coder)} is not known, but ${JSON.stringify(namesake.coder)} is`,
        {
          hint: `if that is the same person: --coder ${JSON.stringify(`${name}=${namesake.coder}`)}; if not, choose names that differ in more than letter case`,
        },
      );
    }
    named.set(name, coder);
  }
  return codings.map((coding) => ({ ...coding, coder: named.get(coding.coder) as string }));
}

/** @throws UserError that names the file */
function requireNameIn(path: string, name: string): string {
  try {
    return requireCoderName(name);
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    throw new UserError(`${path}: ${cause.message}`, {
      hint: `${cause.hint}, or say who it is: --coder FROM=NAME`,
      cause,
    });
  }
}

/** An annotator is also found by the number alone. */
function maybeRenamed(name: string, renamed: CoderNames["renamed"]): string | undefined {
  return renamed?.get(name) ?? renamed?.get(name.replace(/^annotator /, ""));
}
