/** Lets the jobs of one process begin: side by side, or one alone. */
export interface BeginGate {
  /** Does the work when its turn has come, in the order of asking. */
  run<To>(isAlone: boolean, work: () => Promise<To>): Promise<To>;
}

/** Nothing has begun. */
export function openBeginGate(): BeginGate {
  const waiting: { readonly isAlone: boolean; readonly begin: () => void }[] = [];
  let atWork = 0;
  let isAloneAtWork = false;
  const admit = () => {
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (isAloneAtWork || (next.isAlone && atWork > 0)) return;
      waiting.shift();
      atWork += 1;
      isAloneAtWork = next.isAlone;
      next.begin();
    }
  };
  return {
    run: async (isAlone, work) => {
      await new Promise<void>((begin) => {
        waiting.push({ isAlone, begin });
        admit();
      });
      try {
        return await work();
      } finally {
        atWork -= 1;
        isAloneAtWork = false;
        admit();
      }
    },
  };
}
