import { UserError } from "../../errors.ts";
import type { Study } from "../../store/openStudy.ts";
import type { Sample } from "../../store/sampleStore.ts";

/**
 * The sample that the user named; without a name the only one, or the only one for a test.
 * @throws UserError for none of that name, none at all, or several to choose from
 */
export function requireSample(study: Study, name: string | undefined): Sample {
  const samples = study.samples.list();
  if (samples.length === 0) {
    throw new UserError(`${study.databasePath}: no sample was drawn yet`, {
      hint: "draw one with clipbook sample",
    });
  }
  const names = samples.map((sample) => `"${sample.name}"`).join(", ");
  if (name !== undefined) {
    const named = samples.find((sample) => sample.name === name);
    if (named !== undefined) return named;
    throw new UserError(`${study.databasePath}: there is no sample "${name}"`, {
      hint: `there are ${names}`,
    });
  }
  const tests = samples.filter(({ purpose }) => purpose === "test");
  const [only, ...others] = tests.length > 0 ? tests : samples;
  if (only !== undefined && others.length === 0) return only;
  throw new UserError(`${study.databasePath}: there are several samples`, {
    hint: `name one with --sample: ${names}`,
  });
}
