import { ImageFailure } from "../../src/images/imageFailure.ts";

/** The code with which work on an image fails, or `no failure`. @throws whatever else it throws */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "no failure",
    (error) => {
      if (error instanceof ImageFailure) return error.code;
      throw error;
    },
  );
}
