import { UserError } from "../../errors.ts";
import { longestNote, mostSeconds } from "../../validation/codingLimits.ts";
import type { ReadCoding } from "./readCoding.ts";

/** @throws UserError for a note or a time beyond what the app itself takes */
export function requireLimits({ where, note, seconds }: ReadCoding): void {
  if (note.length > longestNote) {
    throw new UserError(`${where}: the note has ${note.length} characters; ${longestNote} are the most`, {
      hint: "shorten it",
    });
  }
  if (seconds !== undefined && seconds > mostSeconds) {
    throw new UserError(`${where}: ${seconds} seconds on one image; ${mostSeconds}, a day, are the most`, {
      hint: "is it in milliseconds? Leave the seconds empty where nobody measured them",
    });
  }
}
