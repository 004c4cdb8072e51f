import { createContext, Script } from "node:vm";

const script = new Script("work()");
/** What the script sees. One for all: to make one takes several times as long as a text. */
const scope: { work: () => unknown } = { work: () => undefined };
const context = createContext(scope);

/**
 * Does work that holds this thread, and ends it in the middle when it takes too long: a regular expression that goes back and
 * forth for ever listens to nothing else.
 * @param limitMs milliseconds
 * @returns what the work gives, or undefined for work that was ended
 */
export function maybeWithinTime<T>(work: () => T, limitMs: number): { readonly value: T } | undefined {
  scope.work = work;
  try {
    return { value: script.runInContext(context, { timeout: limitMs }) as T };
  } catch (error) {
    if (isTimeout(error)) return undefined;
    throw error;
  }
}

/** The error comes from the script's own world, whose Error is another class than this one's. */
function isTimeout(error: unknown): boolean {
  const isObject = typeof error === "object" && error !== null;
  return isObject && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
