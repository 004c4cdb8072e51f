const key = "clipbook-reviewer";

/** The reviewer's name: of this tab, else the last one that was given in this browser. */
export function maybeRememberedName(): string | undefined {
  return sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? undefined;
}

/** Keeps a name for this tab, also where another tab gets another name, and for tabs to come. */
export function rememberName(name: string): void {
  sessionStorage.setItem(key, name);
  localStorage.setItem(key, name);
}
