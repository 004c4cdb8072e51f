import { categoryKeys } from "./categoryKeys.ts";
import type { CodingView, Said } from "./codingState.ts";
import { oncePerPress } from "./oncePerPress.ts";

/** The codebook's categories, each with its key, and with what coders are told of it. */
export function CategoryButtons({
  categories,
  said,
  typed,
  isOff,
  showsInstructions,
  onChoose,
  onToggle,
}: {
  readonly categories: CodingView["categories"];
  /** What stands for the image. */
  readonly said: Said | null;
  /** The beginning of a category's keys. */
  readonly typed: string;
  /** Nothing can be chosen now. */
  readonly isOff: boolean;
  readonly showsInstructions: boolean;
  readonly onChoose: (name: string) => void;
  readonly onToggle: () => void;
}) {
  const keys = categoryKeys(categories.length);
  const isTold = categories.some(
    ({ description, instructions }) => description !== null || instructions !== null,
  );
  return (
    <div class="categories">
      <div class="categories-top">
        <h2>Which category?</h2>
        {isTold && (
          <button type="button" class="plain" aria-pressed={showsInstructions} onClick={onToggle}>
            Instructions <kbd>I</kbd>
          </button>
        )}
      </div>
      <ol>
        {categories.map(({ name, description, instructions }, index) => {
          const key = keys[index] as string;
          return (
            <li key={name} class={typed !== "" && !key.startsWith(typed) ? "out" : undefined}>
              <button
                type="button"
                aria-pressed={said?.answer === "category" && said.value === name}
                aria-disabled={isOff}
                {...oncePerPress(() => !isOff && onChoose(name))}
              >
                <kbd>{key.toUpperCase()}</kbd> <span dir="auto">{name}</span>
              </button>
              {showsInstructions && description !== null && <p dir="auto">{description}</p>}
              {showsInstructions && instructions !== null && <p dir="auto">{instructions}</p>}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
