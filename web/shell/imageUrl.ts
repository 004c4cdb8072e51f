/** An image of the study, as listings name it. */
export interface ImageOfUnit {
  readonly imageId: number;
  readonly unitId: number;
}

let studyKey = "";

/** Tells which study the addresses are of: browsers remember images for good, and every study has an image 1. */
export function setStudyKey(key: string): void {
  studyKey = key;
}

/** Address of an image that fits into a square of so many pixels: made once, then kept by the server. */
export function thumbnailUrl({ imageId, unitId }: ImageOfUnit, boxPx: 192 | 384): string {
  return `/api/images/${imageId}/thumbnail?unit=${unitId}&px=${boxPx}&study=${studyKey}`;
}

/** Address of an image as large as a screen shows it. */
export function largeImageUrl({ imageId, unitId }: ImageOfUnit): string {
  return `/api/images/${imageId}/large?unit=${unitId}&study=${studyKey}`;
}
