import { currentAccess } from "./access.ts";
import { enterStudy } from "./enterStudy.ts";

/** What tabs of this server's address say to each other; no other site hears it. */
interface TabMessage {
  /** The token of the one who speaks; undefined asks for it. */
  readonly token?: string | undefined;
}

/** Other tabs answer within milliseconds; one that sleeps, later. */
const patienceMs = 300;

let channel: BroadcastChannel | undefined;

/** Listens to the other tabs: tells them the token when they ask, and takes theirs where it is another one that the server takes. */
export function listenToTabs(): void {
  channel = new BroadcastChannel("clipbook-token");
  channel.addEventListener("message", ({ data }: MessageEvent<TabMessage>) => {
    const { token } = currentAccess();
    if (data.token === undefined) tellTabs();
    else if (data.token !== token) void enterStudy(data.token);
  });
}

/** Tells the other tabs the token: those that an earlier start of the server had opened go on with it. */
export function tellTabs(): void {
  const { token } = currentAccess();
  if (token !== undefined) channel?.postMessage({ token } satisfies TabMessage);
}

/** Asks the other tabs for a token that is not the present one. @returns whether there is one now */
export async function askTabs(): Promise<boolean> {
  const { token: before } = currentAccess();
  channel?.postMessage({} satisfies TabMessage);
  for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 25) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    const { token } = currentAccess();
    if (token !== undefined && token !== before) return true;
  }
  return false;
}
