/** An amount, of pixels or bytes, that may be in memory at the same time. */
export interface Budget {
  /**
   * Waits in line until so much fits beside what is under way; what is larger than the whole budget goes when it is alone.
   * @returns gives the amount back, or leaves the line
   */
  enter(amount: number, onAdmitted: () => void): () => void;
}

interface Entry {
  readonly amount: number;
  readonly onAdmitted: () => void;
}

/** First come, first served: what is large is not overtaken by what is small for ever. */
export function openBudget(most: number): Budget {
  const waiting: Entry[] = [];
  const admitted = new Set<Entry>();
  let inFlight = 0;
  const admit = () => {
    for (;;) {
      const first = waiting[0];
      if (first === undefined || (admitted.size > 0 && inFlight + first.amount > most)) return;
      waiting.shift();
      admitted.add(first);
      inFlight += first.amount;
      first.onAdmitted();
    }
  };
  return {
    enter: (amount, onAdmitted) => {
      const entry = { amount, onAdmitted };
      waiting.push(entry);
      admit();
      return () => {
        const place = waiting.indexOf(entry);
        if (place >= 0) waiting.splice(place, 1);
        if (admitted.delete(entry)) inFlight -= amount;
        admit();
      };
    },
  };
}
