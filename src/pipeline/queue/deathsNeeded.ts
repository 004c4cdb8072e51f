/** Images that workers were lost with and that came back in the end: how often they were tried alone, and were lost then. */
export interface InnocentTrials {
  readonly trials: number;
  readonly losses: number;
}

/** With so many workers lost, the last two of them with this image alone, an image is the reason where nothing else ends workers. */
export const fewestDeaths = 3;

/** Whatever ends workers: a run has to end, too. */
export const mostDeaths = 25;

/** That chance alone makes an image look like the reason: one in a million. */
const mostChance = 1e-6;

/**
 * With how many lost workers an image is taken to be what ended them. Where images were lost that came back later, workers are
 * ended by something else, too: then so many that chance would do it to one image in a million. How likely chance is to end a
 * worker while it has one image is estimated by Laplace's rule of succession, (losses + 1) / (trials + 2).
 */
export function deathsNeeded({ trials, losses }: InnocentTrials): number {
  if (losses === 0) return fewestDeaths;
  const chance = (losses + 1) / (trials + 2);
  // The first worker was lost with the image among others, which says nothing of it.
  const needed = 1 + Math.ceil(Math.log(mostChance) / Math.log(chance));
  return Math.min(mostDeaths, Math.max(fewestDeaths, needed));
}
