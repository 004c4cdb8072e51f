import type { z } from "zod";

/** What is wrong with something that has not the form it should have, first of all, in one short line without its content. */
export function formFault({ issues }: z.ZodError): string {
  const [first] = issues;
  if (first === undefined) return "it has another form";
  const place = first.path.map(String).join(".").slice(0, 100);
  return `${place === "" ? "" : `${place}: `}${first.message.slice(0, 200)}`;
}
