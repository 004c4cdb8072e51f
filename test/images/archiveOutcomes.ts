import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ImageFailure } from "../../src/images/imageFailure.ts";
import { openUnitReader } from "../../src/images/unitReader.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { readReferenceImage } from "./reference.ts";

/** The pictures that archives in tests hold. */
export const png = readReferenceImage("upscale-9x9.png");
export const jpeg = readReferenceImage("gray.jpg");

/** An archive of these bytes in a folder of its own. */
export function fileOf(bytes: Uint8Array, name = "a.zip"): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, bytes);
  return path;
}

/** What comes out of an archive, name by name: `read`, a failure's code, or `ignored`. */
export async function outcomesOf(
  path: string,
): Promise<readonly (readonly [name: string, outcome: string])[]> {
  const reader = openUnitReader();
  const outcomes: (readonly [string, string])[] = [];
  for await (const unit of reader.unitsOf(path, "archive")) {
    const name = ("ignored" in unit ? unit.ignored : unit.name).slice(path.length + 2);
    if ("ignored" in unit) outcomes.push([name, "ignored"]);
    else outcomes.push([name, await outcomeOf(unit.read())]);
  }
  await reader.close();
  return outcomes;
}

/** What reading a file of an archive gives: `read` where it is one of the two pictures, or a failure's code. */
export async function outcomeOf(work: Promise<Buffer>): Promise<string> {
  return work.then(
    (bytes) => (bytes.equals(png) || bytes.equals(jpeg) ? "read" : "other bytes"),
    (error) => {
      if (error instanceof ImageFailure) return error.code;
      throw error;
    },
  );
}
