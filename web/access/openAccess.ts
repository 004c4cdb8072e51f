import { changeAccess } from "./access.ts";
import { enterStudy, maybeKeptToken } from "./enterStudy.ts";
import { askTabs, listenToTabs, tellTabs } from "./otherTabs.ts";

/**
 * Finds out what this tab may do: by the address that was opened, by what the tab kept, or by what another tab has. An address of the
 * terminal that is opened later, here or in another tab, counts at once.
 */
export async function openAccess(): Promise<void> {
  listenToTabs();
  addEventListener("hashchange", () => void enterByAddress());
  if (await enterByAddress()) return;
  const kept = maybeKeptToken();
  if (kept !== undefined && (await enterStudy(kept)) === undefined) return;
  await askTabs();
}

/** Takes the secret out of the address, where one is, so that neither the history nor a copied address has it. */
async function enterByAddress(): Promise<boolean> {
  const [, secret] = /^#(?:token|code)=([\w-]+)$/.exec(location.hash) ?? [];
  if (secret === undefined) return false;
  history.replaceState(history.state, "", location.pathname + location.search);
  const problem = await enterStudy(secret);
  if (problem === undefined) tellTabs();
  else changeAccess({ problem });
  return problem === undefined;
}
