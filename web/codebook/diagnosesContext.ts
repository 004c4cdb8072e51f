import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { DiagnosticsAnswer } from "./codebookAnswers.ts";

/** The run's phrases by their text, as far as the run was diagnosed. */
export interface Diagnoses {
  readonly runId: number;
  readonly phrases: ReadonlyMap<string, DiagnosticsAnswer["phrases"][number]>;
}

const context = createContext<Diagnoses | undefined>(undefined);

/** Gives the parts below it what is known of the run's phrases. */
export const DiagnosesProvider = context.Provider;

/** What is known of the run's phrases; undefined before somebody asked. */
export function useDiagnoses(): Diagnoses | undefined {
  return useContext(context);
}
