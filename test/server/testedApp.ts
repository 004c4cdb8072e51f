import { createAccessKeys, tokenHeader } from "../../src/server/accessKeys.ts";
import { type AppSpec, createApp } from "../../src/server/createApp.ts";

/** What a test may set of an app; by default it answers under any name. */
export type AppInTest = Omit<AppSpec, "access"> & { readonly hosts?: readonly string[] };

/** The whole server without a network, which is asked as the app's pages do: with the token, and with JSON. */
export function testedApp({ hosts, ...spec }: AppInTest) {
  const keys = createAccessKeys();
  const app = createApp({ ...spec, access: { hosts, keys } });
  return {
    keys,
    /** Without a token. */
    fetch: app.fetch,
    request: async (path: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      if (!headers.has(tokenHeader)) headers.set(tokenHeader, keys.token);
      // A body of no type is what a test wants to send where it gives bytes.
      if (!headers.has("content-type") && (init.body === undefined || typeof init.body === "string"))
        headers.set("content-type", "application/json");
      return app.request(path, { ...init, headers });
    },
  };
}
