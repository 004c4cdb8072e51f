import { type Decoders, openDecoders } from "./openDecoders.ts";

let shared: Decoders | undefined;

/**
 * The decoders of this process, which all of its parts use unless they are given others: so do the pictures of one study count
 * against one budget. They need no closing: without work they end by themselves, and none keeps this process alive.
 */
export function sharedDecoders(): Decoders {
  shared ??= openDecoders();
  return shared;
}
