import { z } from "zod";
import { UserError } from "../../errors.ts";
import { maybeAnswerOfWord } from "../../validation/answerWord.ts";
import { mostSeconds } from "../../validation/codingLimits.ts";
import { labelStudioControls, labelStudioKeys } from "./labelStudioForm.ts";
import {
  type CodingsContext,
  type ReadCoding,
  type ReadCodings,
  requirePlace,
  unknownAnswer,
} from "./readCoding.ts";

const resultSchema = z.looseObject({
  from_name: z.string().optional(),
  type: z.string(),
  value: z.looseObject({
    choices: z.array(z.string()).optional(),
    text: z.union([z.string(), z.array(z.string())]).optional(),
  }),
});

const annotatorSchema = z.union([
  z.number(),
  z.string(),
  z.looseObject({ id: z.union([z.number(), z.string()]).optional(), email: z.string().optional() }),
]);

const taskSchema = z.looseObject({
  data: z.record(z.string(), z.unknown()),
  annotations: z.array(
    z.looseObject({
      completed_by: annotatorSchema.nullish(),
      result: z.array(z.unknown()),
      was_cancelled: z.boolean().optional(),
      lead_time: z.number().nullish(),
      created_at: z.string().nullish(),
      updated_at: z.string().nullish(),
    }),
  ),
});

type Task = z.infer<typeof taskSchema>;
type Annotation = Task["annotations"][number];
type ResultOf = z.infer<typeof resultSchema>;

/**
 * Reads annotations from Label Studio's JSON export (its full form, not JSON-MIN). The image is the task's `clipbook_image`, else the
 * one field of its data that is an image's SHA-256 or name; the answer is the choice of the control `category`, or of the only control
 * with choices. Annotations that were skipped, and those without a choice, are counted and left out.
 * @throws UserError for another form, and the first task that is wrong
 */
export function readLabelStudio(json: unknown, path: string, context: CodingsContext): ReadCodings {
  if (!Array.isArray(json)) {
    throw new UserError(`${path}: neither a file of codings nor a list of Label Studio's tasks`, {
      hint: "export from Label Studio as JSON, or from the coding page with its button",
    });
  }
  const tasks = json.map((task, index) => readTask(task, `${path}, task ${index + 1}`));
  const control = controlOf(
    tasks.flatMap(({ annotations }) => annotations.flatMap(({ result }) => result.map(choicesControl))),
    path,
  );
  const codings: ReadCoding[] = [];
  let unanswered = 0;
  for (const [index, { data, annotations }] of tasks.entries()) {
    const where = `${path}, task ${index + 1}`;
    if (annotations.length === 0) unanswered += 1;
    for (const annotation of annotations) {
      const results = annotation.was_cancelled === true ? [] : readResults(annotation, control, where);
      const word = maybeChoice(results, control, where);
      if (word === undefined) {
        unanswered += 1;
        continue;
      }
      const answer = maybeAnswerOfWord(word, context.categories);
      if (answer === undefined) throw unknownAnswer(context, word, where);
      codings.push({
        where,
        place: placeOf(data, context, where),
        coder: annotatorName(annotation, where),
        role: "coder",
        ...answer,
        note: noteOf(results),
        seconds: secondsOf(annotation),
        codedAt: timeOf(annotation),
      });
    }
  }
  return { path, source: "label-studio", codings, unanswered };
}

function readTask(task: unknown, where: string): Task {
  const parsed = taskSchema.safeParse(task);
  if (parsed.success) return parsed.data;
  const isMinimal = typeof task === "object" && task !== null && "annotator" in task;
  const [issue] = parsed.error.issues;
  throw new UserError(
    isMinimal
      ? `${where}: this is Label Studio's JSON-MIN`
      : `${where}: not a task of Label Studio: ${issue?.path.join(".")}: ${issue?.message}`,
    { hint: "export from Label Studio as JSON" },
  );
}

/** Results of other controls may have any form; one of Clipbook's that cannot be read is no missing answer. */
function readResults(
  { result }: Annotation,
  control: string | undefined,
  where: string,
): readonly ResultOf[] {
  return result.flatMap((raw) => {
    const parsed = resultSchema.safeParse(raw);
    const name = (raw as { readonly from_name?: unknown } | null)?.from_name;
    const isOurs = [control, labelStudioControls.category, labelStudioControls.note].includes(name as string);
    const issue = parsed.success
      ? maybeFault(parsed.data, control)
      : `${parsed.error.issues[0]?.path.join(".")}`;
    if (issue === undefined) return parsed.data ?? [];
    if (parsed.success || isOurs) {
      throw new UserError(`${where}: a result of the control "${name}" that cannot be read: ${issue}`, {
        hint: `the categories are the choices of a control that is called "${labelStudioControls.category}"`,
      });
    }
    return [];
  });
}

/** What keeps a result from being an answer. */
function maybeFault({ type, from_name, value }: ResultOf, control: string | undefined): string | undefined {
  if (from_name !== labelStudioControls.category && (type !== "choices" || from_name !== control))
    return undefined;
  if (type !== "choices") return `it is of the type ${JSON.stringify(type)}`;
  return value.choices === undefined ? "it has no choices" : undefined;
}

/** The name of the control that a result with choices comes from. */
function choicesControl(result: unknown): string | undefined {
  const { data } = resultSchema.safeParse(result);
  return data?.type === "choices" ? data.from_name : undefined;
}

function controlOf(names: readonly (string | undefined)[], path: string): string | undefined {
  const controls = [...new Set(names.filter((name) => name !== undefined))];
  if (controls.includes(labelStudioControls.category)) return labelStudioControls.category;
  if (controls.length <= 1) return controls[0];
  throw new UserError(`${path}: several controls have choices: ${controls.join(", ")}`, {
    hint: `call the one with the categories "${labelStudioControls.category}", as clipbook export label-studio does`,
  });
}

function maybeChoice(
  results: readonly ResultOf[],
  control: string | undefined,
  where: string,
): string | undefined {
  const choices = results
    .filter(({ type, from_name }) => type === "choices" && from_name === control)
    .flatMap(({ value }) => value.choices ?? []);
  if (choices.length <= 1) return choices[0];
  throw new UserError(`${where}: several categories were chosen: ${choices.join(", ")}`, {
    hint: 'an image has one category: write choice="single" in the label configuration',
  });
}

function noteOf(results: readonly ResultOf[]): string {
  return results
    .filter(({ type, from_name }) => type === "textarea" && from_name === labelStudioControls.note)
    .flatMap(({ value }) => value.text ?? [])
    .join("\n")
    .toWellFormed();
}

/** Clocks that were set back make a time below nothing, and tabs that were left open one of days: nobody measured these. */
function secondsOf({ lead_time: seconds }: Annotation): number | undefined {
  return typeof seconds === "number" && seconds >= 0 && seconds <= mostSeconds ? seconds : undefined;
}

function placeOf(data: Task["data"], context: CodingsContext, where: string): number {
  const digest = data[labelStudioKeys.sampleDigest];
  if (typeof digest === "string" && digest !== context.sampleDigest) {
    throw new UserError(`${where}: the task is of another sample than "${context.sample}"`, {
      hint: "name the sample that it was exported from with --sample",
    });
  }
  const own = data[labelStudioKeys.image];
  if (typeof own === "string") return requirePlace(context, own, where);
  const texts = Object.values(data).filter((value) => typeof value === "string");
  const places = new Set(
    texts.flatMap((text) => {
      const found = context.find(text);
      return "place" in found ? [found.place] : [];
    }),
  );
  const [place, ...others] = places;
  if (place !== undefined && others.length === 0) return place;
  throw new UserError(
    `${where}: ${place === undefined ? "no" : "more than one"} image of sample "${context.sample}" is named in the task's data`,
    { hint: "give each task the image's name as in the results table, or its SHA-256" },
  );
}

function annotatorName({ completed_by: by }: Annotation, where: string): string {
  if (typeof by === "string" && by.trim() !== "") return by;
  if (typeof by === "number") return `annotator ${by}`;
  if (typeof by === "object" && by !== null) {
    if (by.email !== undefined && by.email !== "") return by.email;
    if (by.id !== undefined) return `annotator ${by.id}`;
  }
  throw new UserError(`${where}: an annotation of nobody: completed_by is missing`, {
    hint: "export from Label Studio as JSON, with its annotators",
  });
}

function timeOf({ updated_at, created_at }: Annotation): string | undefined {
  const time = updated_at ?? created_at ?? "";
  return Number.isNaN(Date.parse(time)) ? undefined : new Date(time).toISOString();
}
