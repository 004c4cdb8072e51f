/** Lower case by way of upper case, so that ß and SS, and the two small sigmas, are one; in composed Unicode. */
export function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase().replaceAll("ς", "σ").normalize("NFC");
}
