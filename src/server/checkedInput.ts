import { validator } from "hono/validator";
import { z } from "zod";
import { RequestError } from "./requestError.ts";

/** A whole number in a query, whose values are texts. */
export const wholeNumber = z
  .string()
  .regex(/^-?\d{1,15}$/, "is no whole number")
  .transform(Number);

/** A finite number in a query. */
export const finiteNumber = z
  .string()
  .regex(/^-?\d{1,15}(\.\d{1,20})?(e-?\d{1,3})?$/i, "is no number")
  .transform(Number);

/** Checks a request's query by a schema. @throws RequestError 400 naming what is wrong */
export function checkedQuery<Schema extends z.ZodType<object, object>>(schema: Schema) {
  return validator("query", (value): z.output<Schema> => check(schema, value));
}

/** Checks a request's JSON body by a schema. @throws RequestError 400 naming what is wrong */
export function checkedJson<Schema extends z.ZodType<object, object>>(schema: Schema) {
  return validator("json", (value): z.output<Schema> => check(schema, value));
}

/** Checks what stands in a request's path by a schema. @throws RequestError 400 naming what is wrong */
export function checkedParam<Schema extends z.ZodType<object, object>>(schema: Schema) {
  return validator("param", (value): z.output<Schema> => check(schema, value));
}

function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const checked = schema.safeParse(value);
  if (checked.success) return checked.data;
  throw new RequestError(400, `the request cannot be read: ${z.prettifyError(checked.error)}`);
}
