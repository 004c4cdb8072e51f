import type { ComponentProps } from "preact";

/** A text field as high as its text, in every browser: a hidden copy of the text gives it its height. */
export function GrowingText({
  value,
  class: name,
  ...rest
}: ComponentProps<"textarea"> & { readonly value: string }) {
  return (
    <span class={`growing ${name ?? ""}`} data-text={value}>
      <textarea {...rest} rows={1} value={value} dir="auto" />
    </span>
  );
}
