import { codingFileName } from "../../src/validation/codingFileName.ts";
import { codingsFileText } from "../../src/validation/codingsFile.ts";
import type { OfflinePage } from "../../src/validation/offlinePage.ts";
import { codingsOf, type KeptCodings } from "./keptCodings.ts";

/** Hands all codings to the browser's downloads, as a file of codings. */
export function exportCodings(page: OfflinePage, kept: KeptCodings) {
  const { sample, sampleDigest, coder } = page;
  const codings = codingsOf(page, kept);
  const exportedAt = new Date().toISOString();
  const text = codingsFileText({ sample, sampleDigest, coder, exportedAt, codings });
  const name = codingFileName(sample, coder, "-codings.json");
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  // The download reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return { name, codings };
}
