import { setTimeout as wait } from "node:timers/promises";
import { ConnectionFailure, type HubConnection } from "./hubConnection.ts";

/**
 * Runs `work` until it succeeds, fails for good, or a number of tries in a row brought nothing, waiting twice as long
 * each time. A server that never answered is not tried again: the machine is offline, and the user should know soon.
 * @param received counts what has come so far, in any unit
 */
export async function retryConnection<T>(
  hub: HubConnection,
  work: () => Promise<T>,
  received: () => number = () => 0,
): Promise<T> {
  let before = received();
  for (let failures = 0; ; ) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ConnectionFailure && error.retriable && hub.wasReached())) throw error;
      failures = received() > before ? 1 : failures + 1;
      before = received();
      if (failures >= hub.tries) throw error;
      await wait(hub.retryMs * 2 ** (failures - 1), undefined, { signal: hub.signal });
    }
  }
}
