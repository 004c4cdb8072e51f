import { textDigest } from "./sha256.ts";

/** What a page for coding without a server knows: nothing of predictions, names of files, or how the sample was drawn. */
export interface OfflinePage {
  readonly sample: string;
  readonly sampleDigest: string;
  readonly coder: string;
  readonly title: string | undefined;
  readonly categories: readonly {
    readonly name: string;
    readonly description: string | undefined;
    readonly instructions: string | undefined;
  }[];
  /** SHA-256 of each image, in the coder's own order. */
  readonly images: readonly string[];
}

/** What a page says of itself at its beginning, and only a page of the same sample and coder does. */
export function offlinePageMark({
  sampleDigest,
  coder,
}: Pick<OfflinePage, "sampleDigest" | "coder">): string {
  return `coding page of ${textDigest(JSON.stringify([sampleDigest, coder]))}`;
}

/** Id of the page's element with its data, JSON. */
export const offlineDataId = "coding-data";

/** Id of the element with an image as a base64 JPEG; empty where it could not be read. @param index in the coder's order */
export function offlinePictureId(index: number): string {
  return `picture-${index}`;
}
