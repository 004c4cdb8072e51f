import { graphemes } from "./graphemes.ts";

/** Cuts a text after `limit` graphemes and marks the cut with an ellipsis; a text within the limit stays. */
export function shortenText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const parts = graphemes(text);
  return parts.length <= limit
    ? text
    : `${parts
        .slice(0, limit - 1)
        .join("")
        .trimEnd()}…`;
}

/** Cuts the middle out of a file name, because its number and extension are what tells it from the next. */
export function shortenName(name: string, limit: number): string {
  if (name.length <= limit) return name;
  const parts = graphemes(name);
  if (parts.length <= limit) return name;
  const tail = Math.floor((limit - 1) / 2);
  return `${parts.slice(0, limit - 1 - tail).join("")}…${parts.slice(parts.length - tail).join("")}`;
}
