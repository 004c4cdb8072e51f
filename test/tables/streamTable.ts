// Run as a program by streaming.test.ts: reads a table, writes it again, and prints the memory that took.
import { openTable } from "../../src/tables/openTable.ts";
import type { OutputRow } from "../../src/tables/outputTable.ts";
import { writeTable } from "../../src/tables/writeTable.ts";

const [source, target] = process.argv.slice(2);
if (source === undefined || target === undefined) throw new RangeError("source and target");

async function pass(from: string): Promise<number> {
  const input = await openTable(from);
  let count = 0;
  async function* rows(): AsyncGenerator<OutputRow> {
    for await (const row of input.rows()) {
      count++;
      yield { input: row, own: [count] };
    }
  }
  await writeTable(
    target as string,
    { format: input.format, input, own: [{ name: "Rank", kind: "integer" }] },
    rows(),
  );
  return count;
}

/** The most memory that the process has held, in MB. */
const peakMegabytes = () => process.resourceUsage().maxRSS / 1024;

await pass(source.replace("large", "small"));
const before = peakMegabytes();
const count = await pass(source);
process.stdout.write(JSON.stringify({ count, grownMegabytes: peakMegabytes() - before }));
