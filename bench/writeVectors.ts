import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { normaliseRows } from "../src/embeddings.ts";
import { seededRandom } from "../src/seededRandom.ts";
import { npyHeader } from "../src/tables/npyHeader.ts";
import { tableFormatOf } from "../src/tables/tableFormat.ts";
import { writeTable } from "../src/tables/writeTable.ts";

const perPart = 100_000;
const rowsAtOnce = 1000;

/** Writes random unit vectors in float16 with an address for each, as clip-retrieval does: parts of 100,000. */
export async function writeVectors(folder: string, count: number, dim: number): Promise<void> {
  const random = seededRandom(1);
  for (const name of ["img_emb", "metadata"]) mkdirSync(join(folder, name), { recursive: true });
  for (let part = 0; part * perPart < count; part++) {
    const rows = Math.min(perPart, count - part * perPart);
    const npy = join(folder, `img_emb/img_emb_${part}.npy`);
    writeFileSync(npy, npyHeader("float16", rows, dim));
    for (let row = 0; row < rows; row += rowsAtOnce) {
      const size = Math.min(rowsAtOnce, rows - row) * dim;
      const { values } = normaliseRows(
        Float32Array.from({ length: size }, () => random() - 0.5),
        dim,
      );
      appendFileSync(npy, new Uint8Array(new Float16Array(values).buffer));
    }
    const table = join(folder, `metadata/metadata_${part}.parquet`);
    const own = [{ name: "url", kind: "text" }] as const;
    // Addresses in no order, as in collections from the web.
    const address = (i: number) =>
      `https://images.example.org/${Math.floor(random() * 1e9)}/picture-${i}.jpg`;
    const addresses = Array.from({ length: rows }, (_, i) => ({
      input: undefined,
      own: [address(part * perPart + i)],
    }));
    await writeTable(table, { format: tableFormatOf(table), own }, addresses);
  }
}
