import { registeredModels } from "../model/registry.ts";
import type { RunSpec } from "../store/runStore.ts";

/** What the user set for a run, besides what every run records. */
export interface GivenSettings {
  /** A registered model's id or a folder. */
  readonly model: string;
  readonly imageColumn?: string | undefined;
  readonly batchSize?: number | undefined;
  readonly threads?: number | undefined;
  readonly maxMegapixels?: number | undefined;
  readonly truncate?: boolean | undefined;
  readonly followOutside?: boolean | undefined;
}

/** The settings that are recorded with a run: only those that were given, alike for the command line and the app. */
export function recordedSettings(given: GivenSettings): RunSpec["settings"] {
  const { imageColumn, batchSize, threads, maxMegapixels, truncate, followOutside, model } = given;
  // By this the app finds the model again for new phrases.
  const modelFolder = registeredModels.some(({ id }) => id === model) ? undefined : model;
  const settings = { imageColumn, batchSize, threads, maxMegapixels, truncate, followOutside, modelFolder };
  return Object.fromEntries(
    Object.entries(settings).filter(
      (entry): entry is [string, string | number | boolean] => entry[1] !== undefined,
    ),
  );
}
