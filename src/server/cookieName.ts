/**
 * Name of the cookie on a `Host`. Cookies do not tell ports apart: the study on another port of the same host has its own name for
 * it.
 */
export function cookieName(host: string): string {
  return `clipbook-${/:(\d{1,5})$/.exec(host)?.[1] ?? "80"}`;
}
