import type { OfflinePage } from "../../src/validation/offlinePage.ts";
import { categoryKeys } from "../code/categoryKeys.ts";
import { oncePerPress } from "../code/oncePerPress.ts";
import type { KeptAnswer } from "./keptCodings.ts";

/** One button for each answer, with its key; what coders are told stands with the categories. */
export function AnswerButtons({
  categories,
  chosen,
  showsInstructions,
  onInstructions,
  onChoose,
  onOther,
}: {
  readonly categories: OfflinePage["categories"];
  readonly chosen: KeptAnswer | undefined;
  readonly showsInstructions: boolean;
  /** Shows or hides them. */
  readonly onInstructions: () => void;
  readonly onChoose: (category: number) => void;
  readonly onOther: (answer: "unsure" | "uncodable") => void;
}) {
  const keys = categoryKeys(categories.length);
  return (
    <fieldset class="answers">
      <legend class="unseen">Which category?</legend>
      {categories.some(
        ({ description, instructions }) => description !== undefined || instructions !== undefined,
      ) && (
        <button type="button" class="plain toggle" aria-pressed={showsInstructions} onClick={onInstructions}>
          Instructions <kbd>I</kbd>
        </button>
      )}
      <ol>
        {categories.map(({ name, description, instructions }, index) => (
          <li key={name}>
            <button
              type="button"
              class="answer"
              aria-pressed={chosen?.value === name}
              aria-describedby={showsInstructions ? `instructions-${index}` : undefined}
              {...oncePerPress(() => onChoose(index))}
            >
              <kbd>{keys[index]?.toUpperCase()}</kbd>
              <bdi>{name}</bdi>
            </button>
            {showsInstructions && (
              <div id={`instructions-${index}`} class="instructions">
                {description !== undefined && <p dir="auto">{description}</p>}
                {instructions !== undefined && <p dir="auto">{instructions}</p>}
              </div>
            )}
          </li>
        ))}
      </ol>
      <div class="others">
        <button
          type="button"
          class="answer"
          aria-pressed={chosen?.answer === "unsure"}
          {...oncePerPress(() => onOther("unsure"))}
        >
          <kbd>U</kbd> Unsure
        </button>
        <button
          type="button"
          class="answer"
          aria-pressed={chosen?.answer === "uncodable"}
          {...oncePerPress(() => onOther("uncodable"))}
        >
          <kbd>X</kbd> Uncodable
        </button>
      </div>
    </fieldset>
  );
}
