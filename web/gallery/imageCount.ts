import { formatCount } from "../format.ts";

/** How many images, in words: `1 image`, `14,200 images`. */
export function imageCount(count: number): string {
  return `${formatCount(count)} ${count === 1 ? "image" : "images"}`;
}
