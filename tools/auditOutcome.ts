import { z } from "zod";

/** What npm's audit says of the shipped dependencies. */
export type AuditOutcome =
  | { readonly kind: "clean" }
  /** Packages with known weaknesses, one line each. */
  | { readonly kind: "found"; readonly lines: readonly string[] }
  /** The registry has no such answer, or cannot be reached. */
  | { readonly kind: "left out"; readonly reason: string };

const adviceSchema = z.union([z.string(), z.looseObject({ title: z.string(), url: z.string().optional() })]);
// The form of reports since npm 7; another one is refused below.
const reportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.looseObject({ severity: z.string(), range: z.string(), via: z.array(adviceSchema) }),
  ),
});
const refusalSchema = z.object({
  message: z.string(),
  statusCode: z.number().optional(),
  error: z.looseObject({ code: z.string().optional() }).optional(),
});

/** Answers of a registry that keeps no advisories: mirrors and proxies often do not. */
const noSuchAnswer = [404, 405, 501];

/**
 * Reads what `npm audit --json` prints.
 * @throws RangeError for anything else than a report or a refusal: what is not understood must not pass
 */
export function auditOutcome(printed: string): AuditOutcome {
  const json = parse(printed);
  const report = reportSchema.safeParse(json);
  if (report.success) {
    const lines = Object.entries(report.data.vulnerabilities).map(([name, { severity, range, via }]) => {
      const titles = via.map((advice) => (typeof advice === "string" ? `through ${advice}` : advice.title));
      return `${name} ${range}: ${severity}: ${titles.join("; ")}`;
    });
    return lines.length === 0 ? { kind: "clean" } : { kind: "found", lines };
  }
  const refusal = refusalSchema.safeParse(json);
  if (!refusal.success) throw new RangeError(`npm audit printed what is no report: ${printed.slice(0, 300)}`);
  const { message, statusCode } = refusal.data;
  const isUnreachable = statusCode === undefined && /^request to \S+ failed/.test(message);
  if (isUnreachable || (statusCode !== undefined && noSuchAnswer.includes(statusCode))) {
    return { kind: "left out", reason: message };
  }
  throw new RangeError(`npm audit failed: ${message}`);
}

function parse(printed: string): unknown {
  try {
    return JSON.parse(printed);
  } catch (cause) {
    throw new RangeError(`npm audit printed no JSON: ${printed.slice(0, 300)}`, { cause });
  }
}
