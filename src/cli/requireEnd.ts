/**
 * Sees to it that the process cannot end as if all were well while its work has not: where nothing is left that could end it, Node
 * stops without a word and with exit code 0.
 */
export async function requireEnd(work: Promise<unknown>): Promise<void> {
  const stopped = () => {
    process.stderr.write(
      "error: this is a fault of Clipbook, please report it: it stopped in the middle of its work\n",
    );
    process.exitCode = 2;
  };
  process.once("beforeExit", stopped);
  try {
    await work;
  } finally {
    process.off("beforeExit", stopped);
  }
}
