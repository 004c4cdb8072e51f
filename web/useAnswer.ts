import { useEffect, useState } from "preact/hooks";
import { ApiError } from "./api.ts";

/** What is known of a question to the server. */
export type Answer<Value> =
  | { readonly state: "waiting"; readonly value?: Value }
  | { readonly state: "here"; readonly value: Value }
  | { readonly state: "failed"; readonly error: Error; readonly value?: Value };

/**
 * Asks the server, again whenever a key changes. The answer before stays until the next one is here, so that nothing jumps.
 */
export function useAnswer<Value>(
  ask: (signal: AbortSignal) => Promise<Value>,
  keys: readonly unknown[],
): Answer<Value> {
  const [answer, setAnswer] = useState<Answer<Value>>({ state: "waiting" });
  useEffect(() => {
    const abort = new AbortController();
    setAnswer((before) =>
      before.value === undefined ? { state: "waiting" } : { state: "waiting", value: before.value },
    );
    ask(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) setAnswer({ state: "here", value });
      },
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setAnswer({
          state: "failed",
          error: error instanceof Error ? error : new ApiError(0, { error: String(error) }),
        });
      },
    );
    return () => abort.abort();
    // The caller says what the question depends on.
  }, keys);
  return answer;
}
