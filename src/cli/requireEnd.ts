/**
 * Awaits the program's work, and sees to it that the process cannot end as if all were well in the middle of it: where nothing is
 * left that could end the work, Node stops without a word and with exit code 0.
 * @param onStopped called when that happens, just before the process ends
 */
export async function requireEnd(work: Promise<unknown>, onStopped: () => void): Promise<void> {
  process.once("beforeExit", onStopped);
  try {
    await work;
  } finally {
    process.off("beforeExit", onStopped);
  }
}
