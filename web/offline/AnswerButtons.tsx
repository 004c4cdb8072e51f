import { codingKeys } from "../../src/validation/codingKeys.ts";
import type { OfflinePage } from "../../src/validation/offlinePage.ts";
import type { KeptAnswer } from "./keptCodings.ts";

/** One button for each answer, with its key; the codebook's instructions stand with the categories. */
export function AnswerButtons({
  categories,
  chosen,
  onChoose,
  onOther,
}: {
  readonly categories: OfflinePage["categories"];
  readonly chosen: KeptAnswer | undefined;
  readonly onChoose: (category: number) => void;
  readonly onOther: (answer: "unsure" | "uncodable") => void;
}) {
  return (
    <fieldset class="answers">
      <legend class="unseen">What does the picture show?</legend>
      <ol>
        {categories.map(({ name, instructions }, index) => (
          <li key={name}>
            <button
              type="button"
              aria-pressed={chosen?.value === name}
              aria-describedby={instructions === undefined ? undefined : `instructions-${index}`}
              onClick={() => onChoose(index)}
            >
              {index < codingKeys.length && <kbd>{codingKeys[index]?.toUpperCase()}</kbd>}
              <bdi>{name}</bdi>
            </button>
            {instructions !== undefined && (
              <p id={`instructions-${index}`} class="instructions" dir="auto">
                {instructions}
              </p>
            )}
          </li>
        ))}
      </ol>
      <div class="others">
        <button type="button" aria-pressed={chosen?.answer === "unsure"} onClick={() => onOther("unsure")}>
          <kbd>U</kbd> Unsure
        </button>
        <button
          type="button"
          aria-pressed={chosen?.answer === "uncodable"}
          onClick={() => onOther("uncodable")}
        >
          <kbd>X</kbd> Uncodable
        </button>
      </div>
    </fieldset>
  );
}
