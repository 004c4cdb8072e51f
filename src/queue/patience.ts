/** Resolves after so long, and keeps no process alive. */
export function patience(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
