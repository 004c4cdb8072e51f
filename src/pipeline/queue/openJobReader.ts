import { createHash } from "node:crypto";
import { join, sep } from "node:path";
import { ImageFailure } from "../../images/imageFailure.ts";
import { openUnitReader } from "../../images/unitReader.ts";
import { withFileBytes } from "../../images/withFileBytes.ts";
import type { JobUnit } from "../../queue/jobForms.ts";
import { isAddress, ownRootName, type Root } from "./roots.ts";

/** What a job means could not be read on this machine; it may be on another. `code` is that of a unit that fails so. */
export class Unreachable extends Error {
  readonly code: string;

  constructor(code: string, sentence: string, options?: { readonly cause?: unknown }) {
    super(sentence, options);
    this.name = "Unreachable";
    this.code = code;
  }
}

/** Reads the files that jobs name. */
export interface JobReader {
  /**
   * Works on a file's bytes, which are those that the job means.
   * @throws Unreachable where they are not there; what `work` throws; the signal's reason
   */
  withBytes<To>(unit: JobUnit, work: (bytes: Buffer) => Promise<To>, signal: AbortSignal): Promise<To>;
}

/** For a file from the network. */
const fetchMs = 120_000;

/** @param isLocal whether jobs may name any file of this machine, as the coordinator's own do */
export function openJobReader(roots: readonly Root[], isLocal: boolean): JobReader {
  const reader = openUnitReader();
  const placeOf = ({ root, path }: JobUnit): string => {
    if (root === ownRootName && isLocal) return sep === "/" ? `/${path}` : path;
    const place = roots.find(({ name }) => name === root)?.place;
    if (place === undefined) throw new Unreachable("missing_file", `a worker has no root "${root}"`);
    if (!isAddress(place)) return join(place, ...path.split("/"));
    return `${place}${path.split("/").map(encodeURIComponent).join("/")}`;
  };
  return {
    withBytes: async (unit, work, signal) => {
      const place = placeOf(unit);
      const isFetched = isAddress(place);
      const source = isFetched
        ? { read: () => fetchBytes(place, unit.sizeBytes, signal) }
        : await reader.unitAt(place, place, 0);
      const workIfMeant = async (bytes: Buffer) => {
        if (createHash("sha256").update(bytes).digest("hex") === unit.sha256) return work(bytes);
        throw new Unreachable("changed_during_read", "a worker found another file in its place");
      };
      try {
        return await withFileBytes(source, unit.sizeBytes, workIfMeant, { signal });
      } catch (error) {
        // What fails in `work` is the picture's own fault and comes with another class than this reading's.
        if (error instanceof ImageFailure && !isDecoding(error))
          throw new Unreachable(error.code, error.message, { cause: error });
        throw error;
      }
    },
  };
}

/** Failures of decoding hang on the bytes alone; all others on the machine. */
function isDecoding({ code }: ImageFailure): boolean {
  return !readingCodes.has(code);
}

const readingCodes: ReadonlySet<string> = new Set([
  "missing_file",
  "permission_denied",
  "not_a_regular_file",
  "broken_symlink",
  "symlink_loop",
  "unreadable_name",
  "changed_during_read",
]);

/** @throws Unreachable unless the address answers with so many bytes; redirections could lead anywhere and are not followed */
async function fetchBytes(address: string, sizeBytes: number, signal: AbortSignal): Promise<Buffer> {
  try {
    const answer = await fetch(address, {
      redirect: "error",
      signal: AbortSignal.any([signal, AbortSignal.timeout(fetchMs)]),
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      throw new Unreachable("missing_file", `a worker's address answered ${answer.status}`);
    }
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of answer.body ?? []) {
      length += chunk.length;
      if (length > sizeBytes) break;
      chunks.push(chunk);
    }
    if (length !== sizeBytes)
      throw new Unreachable("changed_during_read", "a worker's address answered with another file");
    return Buffer.concat(chunks);
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof Unreachable) throw cause;
    throw new Unreachable("missing_file", "a worker's address cannot be reached", { cause });
  }
}
