import type { ImportOrigin } from "../../store/importStore.ts";

/** Says that embeddings were made elsewhere, and of which encoder Clipbook was told to believe that they are. */
export function originSentence({ folder, numberType, believed }: ImportOrigin): string {
  return `The embeddings were made elsewhere and imported (${folder}, ${numberType}); that they are of ${believed.name} is what Clipbook was told, and was not checked.`;
}
