import type { DrawnCategory } from "../../demo/drawPicture.ts";
import { type SimulatedCoder, simulateAnswers } from "../../demo/simulateCoders.ts";
import { addCoder } from "../pipeline/samples/addCoder.ts";
import { findDisagreements } from "../pipeline/samples/findDisagreements.ts";
import { recordCoding } from "../pipeline/samples/recordCoding.ts";
import { seededRandom } from "../seededRandom.ts";
import type { Study } from "../store/openStudy.ts";
import type { Sample } from "../store/sampleStore.ts";
import { type CodingRole, categoryVariable } from "../validation/coding.ts";
import { codingOrder } from "../validation/codingOrder.ts";

/** What simulated coders know, and by what chance they err. */
export interface Simulation {
  /** Image id to what the image was drawn as. */
  readonly drawn: ReadonlyMap<number, DrawnCategory>;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** Lets a simulated coder code what is not coded yet of a sample, in the order in which a coder sees it. */
export function codeBySimulation(
  study: Study,
  sample: Sample,
  coder: SimulatedCoder,
  simulation: Simulation,
): void {
  const size = study.samples.members(sample.id).length;
  code(study, sample, coder, {
    ...simulation,
    role: "coder",
    places: codingOrder(size, sample, coder.name),
  });
}

/** Lets a simulated adjudicator decide what the coders of a sample disagree on. @returns how many images that are */
export function adjudicateBySimulation(
  study: Study,
  sample: Sample,
  coder: SimulatedCoder,
  simulation: Simulation,
): number {
  const places = [...findDisagreements(study, sample).byPlace.keys()];
  code(study, sample, coder, { ...simulation, role: "adjudicator", places });
  return places.length;
}

function code(
  study: Study,
  sample: Sample,
  coder: SimulatedCoder,
  {
    drawn,
    seed,
    signal,
    role,
    places,
  }: Simulation & { readonly role: CodingRole; readonly places: readonly number[] },
): void {
  addCoder(study, sample, { coder: coder.name, role, addedAt: new Date().toISOString() });
  // All are thought out before the first is written, so that what was cut off goes on with the same answers.
  const answers = simulateAnswers(
    coder,
    study.samples.members(sample.id).map(({ imageId }) => drawnAs(drawn, imageId)),
    seededRandom(seed),
  );
  const coded = new Set(
    study.codings.newest(sample.id, { coder: coder.name, role }).map(({ place }) => place),
  );
  for (const place of places.filter((candidate) => !coded.has(candidate))) {
    signal.throwIfAborted();
    const { answer, value, seconds } = answers[place] as (typeof answers)[number];
    recordCoding(study, sample, {
      place,
      coder: coder.name,
      role,
      variable: categoryVariable,
      answer,
      value,
      note: "",
      seconds,
      source: "screen",
      codedAt: new Date().toISOString(),
      seen: 0,
    });
  }
}

function drawnAs(drawn: ReadonlyMap<number, DrawnCategory>, imageId: number): DrawnCategory {
  const category = drawn.get(imageId);
  if (category === undefined) throw new RangeError(`image ${imageId} is no drawing of the demo`);
  return category;
}
