/** Longest part of a name, in characters: two of four bytes each and an ending stay below the 255 bytes that systems allow. */
const longestPart = 30;

/**
 * A name for a file of one coder's, on every system and without a space: `sample--coder.html`. Letters of all scripts stay; what other
 * characters differ in is lost. No part has two hyphens, so that the names of other samples and coders cannot run into the same.
 */
export function codingFileName(sample: string, coder: string, ending: string): string {
  return `${plain(sample) || "sample"}--${plain(coder) || "coder"}${ending}`;
}

function plain(text: string): string {
  const joined = text
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{M}\p{N}_]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "");
  return [...joined].slice(0, longestPart).join("").replace(/-$/, "");
}
