// Run as a program by hostileCodebooks.test.ts: reads a codebook and prints how it ended and the memory that took.
import { CodebookError } from "../../src/codebook/codebookError.ts";
import { lintCodebook } from "../../src/codebook/lintCodebook.ts";
import { UserError } from "../../src/errors.ts";
import { loadCodebook } from "../../src/pipeline/loadCodebook.ts";

let end = "read";
try {
  lintCodebook(await loadCodebook(process.argv[2] as string));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  end = error instanceof CodebookError ? (error.mistakes[0]?.what ?? "") : error.message;
}
process.stdout.write(JSON.stringify({ end, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
