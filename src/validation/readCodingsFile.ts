import { z } from "zod";
import { UserError } from "../errors.ts";
import { type CodingsContent, codingsChecksum, codingsFileKind, codingsFileVersion } from "./codingsFile.ts";

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const time = z.iso.datetime();

const schema = z.strictObject({
  clipbook: z.literal(codingsFileKind),
  version: z.literal(codingsFileVersion),
  sample: z.string(),
  sampleDigest: digest,
  coder: z.string(),
  exportedAt: time,
  codings: z.array(
    z.strictObject({
      image: digest,
      answer: z.enum(["category", "unsure", "uncodable", "withdrawn"]),
      value: z.string().nullable(),
      note: z.string(),
      seconds: z.number().min(0).nullable(),
      codedAt: time,
    }),
  ),
  checksum: digest,
});

/** Whether JSON is, or claims to be, a file of codings of Clipbook. */
export function isCodingsFile(json: unknown): boolean {
  return typeof json === "object" && json !== null && "clipbook" in json;
}

/**
 * What a coder handed back from a page without a server.
 * @param shown the file's name for messages
 * @throws UserError for another form or version, and where the checksum shows that the file was changed
 */
export function readCodingsFile(json: unknown, shown: string): CodingsContent {
  const version = (json as { readonly version?: unknown }).version;
  if (typeof version === "number" && version > codingsFileVersion) {
    throw new UserError(`${shown}: a file of codings in form ${version}, which a newer Clipbook wrote`, {
      hint: "update Clipbook",
    });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.join(".") ?? "";
    throw new UserError(
      `${shown}: not a whole file of codings: ${where === "" ? "" : `${where}: `}${issue?.message ?? "unknown form"}`,
      { hint: "ask the coder to export once more" },
    );
  }
  const { clipbook: _, version: __, checksum, ...content } = parsed.data;
  if (codingsChecksum(content) !== checksum) {
    throw new UserError(`${shown}: the file was changed after it was exported: its checksum does not fit`, {
      hint: "ask the coder for the file as the page wrote it; to correct codings, import a CSV instead",
    });
  }
  return content;
}
