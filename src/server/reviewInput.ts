import { z } from "zod";
import { mostPictures, type QueueSpec } from "../review/queueSpec.ts";
import type { Run } from "../store/runStore.ts";
import { wholeNumber } from "./checkedInput.ts";
import { RequestError } from "./requestError.ts";

/** Most pictures in one queue: more than anybody judges, and few enough to be sent at once. */
const mostInQueue = 20_000;

/** A reviewer's name: the same characters typed in another way, or with other blanks, are the same name. */
export const reviewerName = z
  .string()
  .transform((name) => name.toWellFormed().normalize("NFC").replace(/\s+/g, " ").trim())
  .pipe(
    z
      .string()
      .min(1, "the name is empty")
      .max(80, "the name is longer than 80 characters")
      .regex(/^\P{Cc}*$/u, "the name has control characters")
      .regex(/[\p{L}\p{N}\p{P}\p{S}]/u, "the name has nothing that can be seen"),
  );

/** A queue in a query. */
export const queueQuery = z.object({
  kind: z.enum(["random", "uncertain"]),
  n: wholeNumber.pipe(z.number().min(1).max(mostPictures)),
  seed: wholeNumber.pipe(z.number().min(0)),
  category: wholeNumber.pipe(z.number().min(0)).optional(),
});

/** A verdict as a client sends it. */
export const verdictBody = z.strictObject({
  position: z.int().min(0),
  reviewer: reviewerName,
  verdict: z.enum(["right", "wrong", "unsure", "skipped", "withdrawn"]),
  correctCategory: z.string().max(10_000).optional(),
  note: z
    .string()
    .max(4000, "the note is longer than 4000 characters")
    .transform((note) => note.toWellFormed()),
  queue: z.strictObject({
    kind: z.enum(["random", "uncertain"]),
    n: z.int().min(1).max(mostPictures),
    seed: z.int().min(0),
    category: z.int().min(0).optional(),
  }),
  /** Id of the reviewer's newest verdict on the unit that the client knew of; 0 for none. */
  seen: z.int().min(0),
});

/** @throws RequestError 400 for a category that the run does not have, and more pictures than one queue may have */
export function requireQueueOf(run: Run, { n, category }: QueueSpec): void {
  const categories = run.codebook.categories.length;
  if (category !== undefined && category >= categories) {
    throw new RequestError(400, `run ${run.id} has no category ${category}`, {
      hint: `it has ${categories}, counted from 0`,
    });
  }
  if (category === undefined && n * categories > mostInQueue) {
    throw new RequestError(
      400,
      `${n} pictures of each of ${categories} categories are too many for one queue`,
      {
        hint: `give ${Math.floor(mostInQueue / categories)} or less, or choose one category`,
      },
    );
  }
}
