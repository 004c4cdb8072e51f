import type { MiddlewareHandler } from "hono";

/** Nothing that an answer could hold is run, loaded or shown in a frame: data, pictures and downloads are no pages. */
export const answerPolicy = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "sandbox",
].join("; ");

/**
 * The policy of the one page: its own scripts and styles, known by a nonce (CSP Level 3, `strict-dynamic`: what they fetch, too);
 * pictures of this server; nothing inline, no frame, no form that leads away.
 * @param nonce base64 or base64url, new for every response
 */
export function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Headers that every answer carries. */
export const securityHeaderValues: Readonly<Record<string, string>> = {
  "Content-Security-Policy": answerPolicy,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  // Another site may not even show the study's pictures.
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Permissions-Policy": ["camera", "microphone", "geolocation", "display-capture", "payment", "usb", "serial"]
    .map((feature) => `${feature}=()`)
    .join(", "),
};

/** Sets the headers that every answer carries, errors included; a page has said its own policy already. */
export const securityHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(securityHeaderValues)) {
    if (name !== "Content-Security-Policy" || !c.res.headers.has(name)) c.res.headers.set(name, value);
  }
  if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
};
