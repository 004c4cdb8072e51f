import { randomBytes } from "node:crypto";

/** A secret that the order in which coders see a sample's images hangs on; 128 bits, as a coder's link. */
export function newOrderKey(): string {
  return randomBytes(16).toString("base64url");
}
