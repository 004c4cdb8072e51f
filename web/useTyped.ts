import { useEffect, useState } from "preact/hooks";

/** What is being typed; it follows when the value changes otherwise, as by the browser's way back. */
export function useTyped(value: string) {
  const [text, setText] = useState(value);
  // A blank at the end is the beginning of the next word.
  useEffect(() => setText((typed) => (typed.trim() === value ? typed : value)), [value]);
  return [text, setText] as const;
}
