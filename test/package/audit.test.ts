import { describe, expect, it } from "vitest";
import { auditOutcome } from "../../tools/auditOutcome.ts";

// The first is what npm 11 printed where the registry keeps no advisories; the other two are written after the form of its reports
// (version 2), for no registry that could be asked had any.
const refused = {
  message: "405 Method Not Allowed - POST https://registry.example/-/npm/v1/security/advisories/bulk",
  method: "POST",
  uri: "https://registry.example/-/npm/v1/security/advisories/bulk",
  headers: { allow: ["GET,HEAD"] },
  statusCode: 405,
  body: "",
  error: { summary: "", detail: "" },
};
const metadata = (total: number) => ({
  vulnerabilities: { info: 0, low: 0, moderate: 0, high: total, critical: 0, total },
  dependencies: { prod: 40, dev: 90, optional: 30, peer: 0, peerOptional: 0, total: 130 },
});
const clean = { auditReportVersion: 2, vulnerabilities: {}, metadata: metadata(0) };
const found = {
  auditReportVersion: 2,
  vulnerabilities: {
    minimist: {
      name: "minimist",
      severity: "critical",
      isDirect: false,
      via: [
        { source: 1, name: "minimist", title: "Prototype Pollution in minimist", url: "u", range: "<0.2.4" },
      ],
      effects: ["mkdirp"],
      range: "<0.2.4",
      nodes: ["node_modules/minimist"],
      fixAvailable: true,
    },
    mkdirp: { name: "mkdirp", severity: "critical", via: ["minimist"], range: "0.4.1 - 0.5.1", nodes: [] },
  },
  metadata: metadata(2),
};

describe("auditOutcome", () => {
  it("passes a report without findings", () => {
    expect(auditOutcome(JSON.stringify(clean))).toEqual({ kind: "clean" });
  });

  it("names every finding with its severity", () => {
    expect(auditOutcome(JSON.stringify(found))).toEqual({
      kind: "found",
      lines: [
        "minimist <0.2.4: critical: Prototype Pollution in minimist",
        "mkdirp 0.4.1 - 0.5.1: critical: through minimist",
      ],
    });
  });

  it("is left out where the registry has no advisories or cannot be reached", () => {
    expect(auditOutcome(JSON.stringify(refused))).toEqual({ kind: "left out", reason: refused.message });
    const offline = "request to https://registry.example/-/npm failed, reason: getaddrinfo ENOTFOUND";
    const error = { summary: "", detail: "" };
    expect(auditOutcome(JSON.stringify({ message: offline, error }))).toEqual({
      kind: "left out",
      reason: offline,
    });
  });

  it.each([
    ["nothing", ""],
    ["a page", "<html>"],
    ["an empty object", "{}"],
    ["an older report", JSON.stringify({ ...clean, auditReportVersion: 1 })],
    ["a report without a list", JSON.stringify({ auditReportVersion: 2 })],
    ["a server's failure", JSON.stringify({ ...refused, statusCode: 500 })],
    ["a refused login", JSON.stringify({ ...refused, statusCode: 401 })],
    ["a missing lockfile", JSON.stringify({ message: "ENOLOCK", error: { code: "ENOLOCK" } })],
  ])("does not pass %s", (_, printed) => {
    expect(() => auditOutcome(printed)).toThrow(RangeError);
  });
});
