import type { QueueAddress } from "../../queue/queueAddress.ts";
import type { Root } from "./roots.ts";

/**
 * How a further worker is started, for people to copy: without the password, which whoever may know it puts in.
 * @param roots which each machine has in a place of its own
 * @returns lines for a shell
 */
export function workerCommand(
  { shown, username, password }: Pick<QueueAddress, "shown" | "username" | "password">,
  roots: readonly Pick<Root, "name">[],
): string {
  const places = roots.map(({ name }) => ` --root ${name}=FOLDER`).join("");
  // Some shells take a question mark for a pattern.
  if (password === undefined)
    return `clipbook worker --queue ${shown.includes("?") ? `'${shown}'` : shown}${places}`;
  const user = username === undefined ? "" : "USER";
  const address = shown.replace("://", `://${user}:PASSWORD@`);
  return `export CLIPBOOK_QUEUE='${address}'\nclipbook worker --queue env${places}`;
}
