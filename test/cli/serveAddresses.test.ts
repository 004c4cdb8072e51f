import type { NetworkInterfaceInfo } from "node:os";
import { describe, expect, it } from "vitest";
import { isLoopback, loopbackHosts, serveAddresses } from "../../src/cli/serveAddresses.ts";

function ipv4(address: string, internal = false): NetworkInterfaceInfo {
  return { address, internal, family: "IPv4", netmask: "", mac: "", cidr: null };
}

const interfaces = {
  lo: [ipv4("127.0.0.1", true)],
  eth0: [
    ipv4("192.168.1.5"),
    {
      address: "fe80::1",
      internal: false,
      family: "IPv6" as const,
      netmask: "",
      mac: "",
      cidr: null,
      scopeid: 2,
    },
  ],
  wlan0: [ipv4("10.0.0.7")],
  gone: undefined,
};

describe("isLoopback", () => {
  it.for(["127.0.0.1", "127.0.0.2", "127.255.255.254", "::1", "localhost", "LOCALHOST"])(
    "knows %s",
    (host) => {
      expect(isLoopback(host)).toBe(true);
    },
  );

  it.for([
    "0.0.0.0",
    "::",
    "192.168.1.5",
    "127.0.0.1.evil.example",
    "127.evil.example",
    "127.1",
    "localhost.evil.example",
    "::ffff:127.0.0.1",
    "lab-pc",
    "",
    "1270.0.0.1",
  ])("does not take %j for it, and so demands a token", (host) => {
    expect(isLoopback(host)).toBe(false);
  });
});

describe("loopbackHosts", () => {
  it("are what a browser on this machine sends", () => {
    expect(loopbackHosts("127.0.0.1", 4700)).toEqual(["127.0.0.1:4700", "localhost:4700", "[::1]:4700"]);
    expect(loopbackHosts("127.0.0.3", 4700)[0]).toBe("127.0.0.3:4700");
    expect(loopbackHosts("::1", 80)).toEqual(["[::1]", "127.0.0.1", "localhost"]);
  });
});

describe("serveAddresses", () => {
  it("are the one that was asked for", () => {
    expect(serveAddresses("127.0.0.1", 4700, interfaces)).toEqual(["http://127.0.0.1:4700/"]);
    expect(serveAddresses("192.168.1.5", 4701, interfaces)).toEqual(["http://192.168.1.5:4701/"]);
    expect(serveAddresses("::1", 4700, interfaces)).toEqual(["http://[::1]:4700/"]);
    expect(serveAddresses("lab-pc", 80, interfaces)).toEqual(["http://lab-pc/"]);
  });

  it.for(["0.0.0.0", "::", "0:0:0:0:0:0:0:0"])(
    "are this machine's own first for %s, then those from elsewhere",
    (host) => {
      expect(serveAddresses(host, 4700, interfaces)).toEqual([
        "http://127.0.0.1:4700/",
        "http://192.168.1.5:4700/",
        "http://10.0.0.7:4700/",
      ]);
    },
  );
});
