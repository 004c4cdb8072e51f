import { useCallback, useState } from "preact/hooks";
import { changeQuery } from "../address.ts";
import { answer, api } from "../api.ts";

/** What storing a run is at. */
export type RunningState =
  | { readonly state: "idle" | "running" }
  | { readonly state: "failed"; readonly error: Error }
  | { readonly state: "stored"; readonly runId: number };

/** Classifies a run's images anew with the codebook's file, as a new run, which is then the one that is shown. */
export function useRunning(runId: number | undefined, refresh: () => void) {
  const [running, setRunning] = useState<RunningState>({ state: "idle" });
  const run = useCallback(async () => {
    if (runId === undefined) return;
    setRunning({ state: "running" });
    try {
      const stored = await answer(api.runs.$post({ json: { runId } }));
      setRunning({ state: "stored", runId: stored.runId });
      refresh();
      // Whoever has gone to another screen meanwhile stays with the run that is shown there.
      if (location.pathname === "/codebook")
        changeQuery({ run: stored.runId, from: undefined, to: undefined, page: undefined });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      setRunning({ state: "failed", error });
    }
  }, [runId, refresh]);
  const dismiss = useCallback(() => setRunning({ state: "idle" }), []);
  return { running, run, dismiss };
}
