/** Pixels that may be decoded at the same time, over all decoders. */
export interface PixelBudget {
  /**
   * Waits in line until a picture of so many pixels fits beside those that are under way; one that is larger than the whole budget
   * goes when it is alone.
   * @returns gives the pixels back, or leaves the line
   */
  enter(pixels: number, onAdmitted: () => void): () => void;
}

interface Entry {
  readonly pixels: number;
  readonly onAdmitted: () => void;
}

/** First come, first served: a large picture is not overtaken by small ones for ever. @param most pixels */
export function openPixelBudget(most: number): PixelBudget {
  const waiting: Entry[] = [];
  const admitted = new Set<Entry>();
  let inFlight = 0;
  const admit = () => {
    for (;;) {
      const first = waiting[0];
      if (first === undefined || (admitted.size > 0 && inFlight + first.pixels > most)) return;
      waiting.shift();
      admitted.add(first);
      inFlight += first.pixels;
      first.onAdmitted();
    }
  };
  return {
    enter: (pixels, onAdmitted) => {
      const entry = { pixels, onAdmitted };
      waiting.push(entry);
      admit();
      return () => {
        const place = waiting.indexOf(entry);
        if (place >= 0) waiting.splice(place, 1);
        if (admitted.delete(entry)) inFlight -= pixels;
        admit();
      };
    },
  };
}
