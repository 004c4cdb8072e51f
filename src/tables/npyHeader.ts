import { UserError } from "../errors.ts";

/** How the numbers of vectors are written in a file. */
export type VectorNumberType = "float16" | "float32" | "float64";

/** What the header of an `.npy` file of vectors says. */
export interface NpyHeader {
  readonly numberType: VectorNumberType;
  readonly rows: number;
  readonly dim: number;
  /** Where the numbers begin. */
  readonly dataStart: number;
}

/** Longest header that numpy reads without being asked (`max_header_size`, numpy.lib.format), and as much again for its frame. */
export const mostHeaderBytes = 20_000;

/** Bytes of a number. */
export const numberBytes: Readonly<Record<VectorNumberType, number>> = {
  float16: 2,
  float32: 4,
  float64: 8,
};

const magic = Buffer.from("\x93NUMPY", "latin1");
const numberTypes: Readonly<Record<string, VectorNumberType>> = {
  "<f2": "float16",
  "<f4": "float32",
  "<f8": "float64",
};

/**
 * Reads the header of an `.npy` file, versions 1.0, 2.0 and 3.0 (numpy.lib.format). It is a Python literal, which is matched and never
 * evaluated.
 * @param start the first `mostHeaderBytes` of the file, or all of it
 * @param shown the file as messages name it
 * @throws UserError for what is no matrix of little-endian floats in C order
 */
export function parseNpyHeader(start: Buffer, shown: string): NpyHeader {
  if (!start.subarray(0, magic.length).equals(magic)) {
    throw new UserError(`${shown}: not an .npy file: it does not begin as one`, {
      hint: "write it with numpy.save",
    });
  }
  const major = start[6] ?? 0;
  const lengthBytes = major === 1 ? 2 : 4;
  if (major < 1 || major > 3 || start.length < 8 + lengthBytes)
    throw new UserError(`${shown}: an .npy file of version ${major}, or cut short`, { hint: rewrite });
  const length = start.readUIntLE(8, lengthBytes);
  const dataStart = 8 + lengthBytes + length;
  if (dataStart > start.length) {
    const what = length > mostHeaderBytes ? `is said to have ${length} bytes` : "is cut short";
    throw new UserError(`${shown}: the header ${what}`, { hint: rewrite });
  }
  const text = start.toString(major === 3 ? "utf8" : "latin1", 8 + lengthBytes, dataStart);
  const { descr, isFortran, shape } = headerFields(text, shown);
  if (isFortran && shape.length > 1)
    throw new UserError(`${shown}: the numbers are in Fortran order, column by column`, {
      hint: "save numpy.ascontiguousarray(vectors)",
    });
  const numberType = numberTypes[descr] ?? refuseType(descr, shown);
  if (shape.length !== 2 || shape.some((size) => !Number.isSafeInteger(size)) || shape[1] === 0) {
    throw new UserError(`${shown}: the shape is (${shape.join(", ")}), not (vectors, numbers of each)`, {
      hint: "save a matrix with one vector in each row",
    });
  }
  const [rows, dim] = shape as [number, number];
  return { numberType, rows, dim, dataStart };
}

const rewrite = "copy it again, or write it anew with numpy.save";

const field = {
  descr: /'descr': *(?:'([^']*)'|(\[))/,
  order: /'fortran_order': *(True|False)/,
  shape: /'shape': *\(([\d, L]*)\)/,
};

function headerFields(text: string, shown: string) {
  const descr = field.descr.exec(text);
  const order = field.order.exec(text);
  const shape = field.shape.exec(text);
  if (!/^\{.*\}\s*$/s.test(text) || descr === null || order === null || shape === null)
    throw new UserError(`${shown}: the header does not say what is in the file`, { hint: rewrite });
  return {
    descr: descr[1] ?? "records",
    isFortran: order[1] === "True",
    // Python 2 wrote long integers as 3L.
    shape: (shape[1] as string)
      .split(",")
      .map((size) => size.trim())
      .filter((size) => size !== "")
      .map((size) => (/^\d+L?$/.test(size) ? Number.parseInt(size, 10) : Number.NaN)),
  };
}

function refuseType(descr: string, shown: string): never {
  if (/O/.test(descr)) {
    throw new UserError(
      `${shown}: it holds pickled Python objects, which are never loaded: they can run code`,
      {
        hint: "save numpy.stack(vectors).astype('float32'), a plain matrix of numbers",
      },
    );
  }
  if (/^>f[248]$/.test(descr)) {
    throw new UserError(`${shown}: the numbers are big endian (${descr})`, {
      hint: `save vectors.astype('<${descr.slice(1)}')`,
    });
  }
  throw new UserError(
    `${shown}: the numbers are ${descr}, not float16 (<f2), float32 (<f4) or float64 (<f8)`,
    {
      hint: "embeddings are floats: save vectors.astype('float32'); what was quantised has to be calculated back first",
    },
  );
}

/** The header of a matrix `[rows, dim]` in C order, version 1.0, padded so that the numbers begin at a multiple of 64. */
export function npyHeader(numberType: VectorNumberType, rows: number, dim: number): Buffer {
  const descr = `<f${numberBytes[numberType]}`;
  const dict = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${rows}, ${dim}), }`;
  const frame = magic.length + 4;
  const length = Math.ceil((frame + dict.length + 1) / 64) * 64 - frame;
  const header = Buffer.alloc(frame + length, " ");
  magic.copy(header);
  header[6] = 1;
  header[7] = 0;
  header.writeUInt16LE(length, 8);
  header.write(dict, frame, "latin1");
  header[header.length - 1] = 0x0a;
  return header;
}
