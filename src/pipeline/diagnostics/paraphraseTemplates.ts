/**
 * Wordings that mean the same to a reader: what a codebook says of an image should not depend on them. Each names a picture in another
 * way, as captions do; the first leaves the phrase alone.
 */
export const paraphraseTemplates: readonly string[] = [
  "{}",
  "a photo of {}",
  "an image of {}",
  "a picture showing {}",
  "a photograph: {}",
  "this image shows {}",
  "a snapshot of {}",
  "a post with a picture of {}",
];

/** Whether the templates are in a codebook's language; English, too, where it names none. @param language BCP 47 */
export function isEnglish(language: string | undefined): boolean {
  return language === undefined || /^en(?:-|$)/iu.test(language.trim());
}
