import type { Run } from "../store/runStore.ts";
import { ownNames } from "./ownNames.ts";
import { lastNameOf, shareableName } from "./shareableName.ts";

/** How a report, which is made to be handed on, writes what the user's disk calls things. */
export interface ReportNames {
  /** Of a unit, as the results table has it. */
  readonly unit: (name: string) => string;
  /** Of a folder or file that a setting names. */
  readonly place: (path: string) => string;
}

/** Settings of a run that are places on the disk. */
export const placeSettings: readonly string[] = ["inputs", "modelFolder"];

/**
 * A run's names for its reports: units from their input folder on, other places by their last name; with `showPaths` all as they are
 * stored.
 * @param own names of the user's that no path shows
 */
export function reportNames(
  run: Pick<Run, "settings">,
  showPaths: boolean,
  own: readonly string[] = ownNames(),
): ReportNames {
  if (showPaths) return { unit: (name) => name, place: (path) => path };
  const { inputs } = run.settings;
  const folders = Array.isArray(inputs) ? inputs.map(String) : [];
  return { unit: (name) => shareableName(name, folders, own), place: (path) => lastNameOf(path, own) };
}
