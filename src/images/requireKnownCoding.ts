import { convertFirst } from "./fileSignatures.ts";
import { ImageFailure } from "./imageFailure.ts";
import type { JpegFrame } from "./jpegScans.ts";

/**
 * Refuses the ways of coding a JPEG (ITU T.81, table B.1) that no browser reads either. Arithmetic coding is among them: its decoder
 * takes a file that was cut off for a whole one, and nothing in the file tells.
 * @throws ImageFailure `unsupported_format`
 */
export function requireKnownCoding({ marker, bits }: JpegFrame): void {
  const name = maybeRareCoding(marker, bits);
  if (name === undefined) return;
  throw new ImageFailure("unsupported_format", `JPEG ${name} is not supported: ${convertFirst}`);
}

function maybeRareCoding(marker: number, bits: number): string | undefined {
  if (marker > 0xc8) return "with arithmetic coding";
  if (marker === 0xc3) return "without loss (SOF3)";
  if (marker > 0xc3) return "in a hierarchy of frames";
  return bits === 12 ? "with 12 bits for each colour" : undefined;
}
