import type { Category } from "../../codebook/codebook.ts";
import { answerWord, otherAnswers } from "../../validation/answerWord.ts";
import { labelStudioControls, labelStudioKeys } from "./labelStudioForm.ts";

/**
 * Label Studio's configuration for coding one picture: a choice for each category, with its instructions as a hint, the answers unsure
 * and uncodable, and a note. XML.
 */
export function labelConfig(categories: readonly Pick<Category, "name" | "instructions">[]): string {
  const names = categories.map(({ name }) => name);
  const choices = [
    ...categories.map(({ name, instructions }) => choice(name, instructions)),
    ...otherAnswers.map((answer) => choice(answerWord(answer, names), undefined)),
  ];
  return [
    "<View>",
    "  <!-- Written by Clipbook: clipbook import codings reads the choices of the control by its name. -->",
    `  <Image name="image" value="$${labelStudioKeys.picture}"/>`,
    `  <Choices name="${labelStudioControls.category}" toName="image" choice="single" required="true">`,
    ...choices,
    "  </Choices>",
    `  <TextArea name="${labelStudioControls.note}" toName="image" rows="2" maxSubmissions="1" placeholder="Note"/>`,
    "</View>",
    "",
  ].join("\n");
}

function choice(value: string, hint: string | undefined): string {
  const more = hint === undefined ? "" : ` hint="${escapeXml(hint)}"`;
  return `    <Choice value="${escapeXml(value)}"${more}/>`;
}

/** As an attribute's text (XML 1.0, 2.4 and 3.3.3: line breaks would become spaces). */
function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[\t\n\r]/g, (space) => `&#${space.charCodeAt(0)};`);
}
