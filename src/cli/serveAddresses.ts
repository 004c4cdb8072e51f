import { isIPv4, isIPv6 } from "node:net";
import type { NetworkInterfaceInfo } from "node:os";

/** The machine's network addresses, as `os.networkInterfaces()` has them. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** Names by which a browser reaches the loopback interface. */
const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];

/** Whether only this machine can reach an address to listen on. Names other than localhost could lead anywhere. */
export function isLoopback(host: string): boolean {
  return host.toLowerCase() === "localhost" || host === "::1" || (isIPv4(host) && host.startsWith("127."));
}

/** `Host` headers of requests that a browser on this machine sends to a loopback address. */
export function loopbackHosts(host: string, port: number): readonly string[] {
  const names = new Set([inUrl(host.toLowerCase()), ...loopbackNames]);
  return [...names].map((name) => withPort(name, port));
}

/** The addresses under which the app can be opened: the first one on this machine, the others from elsewhere. */
export function serveAddresses(
  host: string,
  port: number,
  interfaces: Interfaces,
): readonly [string, ...string[]] {
  const url = (name: string) => `http://${withPort(name, port)}/`;
  if (!isAny(host)) return [url(inUrl(host))];
  const outside = Object.values(interfaces)
    .flatMap((found) => found ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => url(address));
  return [url("127.0.0.1"), ...new Set(outside)];
}

/** Listening on all addresses of the machine. */
function isAny(host: string): boolean {
  return host === "0.0.0.0" || (isIPv6(host) && /^[0:]+$/.test(host));
}

function inUrl(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

/** Browsers leave out the port that HTTP has anyway. */
function withPort(name: string, port: number): string {
  return port === 80 ? name : `${name}:${port}`;
}
