/** Runs `work` without root's right to read and write everything; who is not root just runs it. */
export async function asNobody<T>(work: () => Promise<T> | T): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.("nobody");
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
