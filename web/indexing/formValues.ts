import type { InferRequestType, InferResponseType } from "hono/client";
import type { api } from "../api.ts";

/** What a new job begins with, and what there is to choose from. */
export type IndexingDefaults = InferResponseType<typeof api.indexing.defaults.$get, 200>;

/** What a job is told to do. */
export type IndexingRequest = InferRequestType<typeof api.indexing.$post>["json"];

/** The form's fields as they are filled in. */
export interface FormValues {
  /** One input per line. */
  readonly inputs: string;
  /** A registered model; empty for a folder. */
  readonly model: string;
  readonly modelFolder: string;
  readonly precision: IndexingRequest["precision"];
  /** Empty: as the model was trained. */
  readonly view: NonNullable<IndexingRequest["view"]> | "";
  readonly scoring: IndexingRequest["scoring"];
  readonly imageColumn: string;
  readonly logitScale: string;
  readonly logitBias: string;
  readonly maxMegapixels: string;
  readonly truncate: boolean;
  readonly followOutside: boolean;
}

/** The form as it is opened. */
export function valuesOf({ spec, models }: Pick<IndexingDefaults, "spec" | "models">): FormValues {
  const isRegistered = models.some(({ id }) => id === spec.model);
  return {
    inputs: spec.inputs.join("\n"),
    model: isRegistered ? spec.model : "",
    modelFolder: isRegistered ? "" : spec.model,
    precision: spec.precision,
    view: spec.view ?? "",
    scoring: spec.scoring,
    imageColumn: spec.imageColumn ?? "",
    logitScale: numberText(spec.logitScale),
    logitBias: numberText(spec.logitBias),
    maxMegapixels: numberText(spec.maxMegapixels),
    truncate: spec.truncate ?? false,
    followOutside: spec.followOutside ?? false,
  };
}

/** What the filled form asks for; fields that are empty are left to the server. */
export function requestOf(values: FormValues): IndexingRequest {
  const { model, modelFolder, precision, view, scoring, imageColumn, truncate, followOutside } = values;
  const [logitScale, logitBias, maxMegapixels] = [
    maybeNumber(values.logitScale),
    maybeNumber(values.logitBias),
    maybeNumber(values.maxMegapixels),
  ];
  return {
    inputs: values.inputs
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== ""),
    model: model === "" ? modelFolder.trim() : model,
    precision,
    scoring,
    ...(view !== "" && { view }),
    ...(imageColumn.trim() !== "" && { imageColumn: imageColumn.trim() }),
    ...(logitScale !== undefined && { logitScale }),
    ...(logitBias !== undefined && { logitBias }),
    ...(maxMegapixels !== undefined && { maxMegapixels }),
    ...(truncate && { truncate }),
    ...(followOutside && { followOutside }),
  };
}

/** Whether one of the settings that are folded away is not as usual. */
export function hasUnusualSettings(values: FormValues): boolean {
  const { precision, view, scoring, imageColumn, logitScale, logitBias, maxMegapixels, truncate } = values;
  const isFilled = [view, imageColumn, logitScale, logitBias, maxMegapixels].some((text) => text !== "");
  return isFilled || truncate || values.followOutside || precision !== "float32" || scoring !== "max";
}

function numberText(value: number | undefined): string {
  return value === undefined ? "" : String(value);
}

/** Number fields hold nothing, or a number with a point. */
function maybeNumber(text: string): number | undefined {
  return text.trim() === "" ? undefined : Number(text);
}
