import { z } from "zod";
import { findTemplateFault, findTextFault, type TextFault } from "./textFault.ts";

const title = text("line").describe("What the study is called.");
const language = text("line").describe("Language of the phrases, such as en or pt-BR.");
const template = checkedText(findTemplateFault).meta({
  pattern: "\\{\\}",
  description: "A text with {} once, into which every phrase is put, such as: a photo of {}",
});

/** A category's name: trimmed, on one line. */
export const categoryNameSchema = text("line").describe(
  "The category's name, as it will stand in the table.",
);

const phrases = z.array(text("line").describe("A sentence describing images of this category.")).min(1).meta({
  uniqueItems: true,
  description: "Sentences describing images of this category; the best one counts.",
});

const examples = z
  .array(imageName().describe("An image's name, as it stands in the results table."))
  .describe("Images that show the category well; they do not take part in the classification.");

const category = z
  .strictObject({
    description: text("lines").optional().describe("What the category is, for readers."),
    instructions: text("lines").optional().describe("What human coders are told."),
    phrases,
    residual: z.boolean().optional().describe("true for the one category that takes what fits nowhere else."),
    examples: examples.optional(),
  })
  .describe("One category.");

const head = {
  title: title.optional(),
  language: language.optional(),
  template: template.optional(),
  templates: z
    .array(template)
    .optional()
    .describe("Several templates: a phrase's embedding is averaged over them."),
};

/**
 * The full form once every category is written out; the keys of `categories` stand for places in the file, because
 * names may be doubled or be `__proto__`. Texts come out trimmed.
 */
export const codebookSchema = z.strictObject({ ...head, categories: z.record(z.string(), category) });

/** What a user may write: the full form, or the plain mapping from categories to phrases. For editors. */
export const codebookFileSchema = z.union([
  z
    .strictObject({
      ...head,
      categories: z
        .record(categoryNameSchema, z.union([category, phrases]))
        .meta({ minProperties: 1, description: "The categories, in the order of the table." }),
    })
    .describe("The full form."),
  z.record(categoryNameSchema, phrases).meta({
    minProperties: 1,
    not: { anyOf: [...Object.keys(head), "categories"].map((key) => ({ required: [key] })) },
    description: "The plain form: each category with its phrases.",
  }),
]);

/** The keys of the full form. */
export const codebookKeys: readonly string[] = Object.keys(codebookSchema.shape);

/** The keys of a category in the full form. */
export const categoryKeys: readonly string[] = Object.keys(category.shape);

function text(role: "line" | "lines") {
  return checkedText((value) => findTextFault(value, role));
}

/** Blanks round it are part of a file's name. */
function imageName() {
  return withoutFault(z.string().min(1), (value) => findTextFault(value, "name"));
}

function checkedText(findFault: (text: string) => TextFault | undefined) {
  return withoutFault(z.string().trim().min(1), findFault);
}

function withoutFault(schema: z.ZodString, findFault: (text: string) => TextFault | undefined) {
  return schema.check(({ value, issues }) => {
    const fault = value === "" ? undefined : findFault(value);
    if (fault === undefined) return;
    issues.push({ code: "custom", input: value, message: fault.what, params: { hint: fault.hint } });
  });
}
