// Run as a process of its own by parquetProcess.ts, which ends it when it takes too long or too much memory.
import type { FileMetaData } from "hyparquet";
import { UserError } from "../errors.ts";
import { readParquetFooter, readParquetRows } from "./parquetFile.ts";
import { readParquetVectors } from "./parquetVectors.ts";
import type { TableFile } from "./tableFile.ts";

/** What the process is asked: a file's footer, or rows of it, `rowStart` to `rowEnd` (exclusive), all columns or a column of vectors. */
export type ParquetRequest =
  | { readonly verb: "footer"; readonly file: TableFile }
  | { readonly verb: "rows"; readonly file: TableFile; readonly rowStart: number; readonly rowEnd: number }
  | {
      readonly verb: "vectors";
      readonly file: TableFile;
      readonly vectorColumn: string;
      readonly nameColumn: string;
      readonly dim: number;
      readonly rowStart: number;
      readonly rowEnd: number;
    };

/** What it answers. */
export type ParquetAnswer =
  | { readonly value: unknown }
  /** The file's fault; with a hint where it is said in the user's words. */
  | { readonly failure: string; readonly hint?: string | undefined };

let known: { readonly file: TableFile; readonly metadata: FileMetaData } | undefined;

async function answer(request: ParquetRequest): Promise<unknown> {
  const { file } = request;
  if (known === undefined || known.file.path !== file.path || known.file.identity !== file.identity) {
    known = { file, metadata: await readParquetFooter(file) };
  }
  if (request.verb === "footer") return known.metadata;
  if (request.verb === "vectors")
    return readParquetVectors(file, known.metadata, request, request.rowStart, request.rowEnd);
  return readParquetRows(file, known.metadata, request.rowStart, request.rowEnd);
}

process.on("message", async (request: ParquetRequest) => {
  const send = (message: ParquetAnswer) => process.send?.(message);
  try {
    send({ value: await answer(request) });
  } catch (error) {
    // Whatever goes wrong while the library takes the bytes apart, it is the bytes' fault.
    const failure = error instanceof Error ? error.message : String(error);
    send({ failure, hint: error instanceof UserError ? error.hint : undefined });
  }
});
// Ctrl-C reaches all processes of a terminal; whoever asked decides what it means.
process.on("SIGINT", () => undefined);
process.on("disconnect", () => process.exit());
