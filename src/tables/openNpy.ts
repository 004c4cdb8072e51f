import { UserError } from "../errors.ts";
import { mostHeaderBytes, type NpyHeader, numberBytes, parseNpyHeader } from "./npyHeader.ts";
import { checkUnchanged, findTableFile, readTableStart, reopenTableFile } from "./tableFile.ts";
import { cutWhileRead, type VectorRows, vectorRows } from "./vectorRows.ts";

/** An `.npy` file of vectors, opened for reading. */
export interface NpyFile extends Pick<NpyHeader, "numberType" | "rows" | "dim"> {
  readonly path: string;
  /**
   * The vectors of rows from `from` on, at most `atOnce` in each part. Each part is overwritten by the next one: copy what must stay.
   * @throws UserError if the file changed since it was opened
   */
  vectors(from: number, atOnce: number): AsyncGenerator<VectorRows>;
}

/**
 * Opens an `.npy` file with a matrix of floats, one vector a row.
 * @throws UserError for a file that is missing, is another array, or is not as long as its header says
 */
export async function openNpy(path: string): Promise<NpyFile> {
  const file = await findTableFile(path);
  const header = parseNpyHeader(await readTableStart(file, mostHeaderBytes), path);
  const { numberType, rows, dim, dataStart } = header;
  const rowBytes = dim * numberBytes[numberType];
  const expected = dataStart + rows * rowBytes;
  if (file.sizeBytes !== expected) {
    const whole = Math.floor((file.sizeBytes - dataStart) / rowBytes);
    throw new UserError(
      file.sizeBytes < expected
        ? `${path}: the header announces ${rows} vectors, and the file ends in row ${whole + 1}: it is cut short`
        : `${path}: the header announces ${rows} vectors, and ${file.sizeBytes - expected} bytes more follow`,
      { hint: "copy it again, or write it anew with numpy.save" },
    );
  }
  return {
    path,
    numberType,
    rows,
    dim,
    async *vectors(from, atOnce) {
      const handle = await reopenTableFile(file);
      // V8 collects what lies outside its heap late: a new one for each part would pile up.
      const room = new Uint8Array(Math.min(atOnce, Math.max(0, rows - from)) * rowBytes);
      try {
        for (let row = from; row < rows; row += atOnce) {
          const bytes = room.subarray(0, Math.min(atOnce, rows - row) * rowBytes);
          let filled = 0;
          while (filled < bytes.length) {
            const place = dataStart + row * rowBytes + filled;
            const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, place);
            if (bytesRead === 0) throw cutWhileRead(path);
            filled += bytesRead;
          }
          yield vectorRows(numberType, bytes, dim);
        }
        await checkUnchanged(file, handle);
      } finally {
        await handle.close();
      }
    },
  };
}
