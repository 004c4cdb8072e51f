import { useEffect, useRef } from "preact/hooks";

/** Keys of the categories, in the codebook's order: without W, which says "wrong" without saying which. */
const choiceKeys = "1234567890abcdefghijklmnopqrstuvxyz";

/** The category that a key chooses; undefined for none. */
export function maybeIndexOfKey(key: string, categories: number): number | undefined {
  const index = key.length === 1 ? choiceKeys.indexOf(key) : -1;
  return index === -1 || index >= categories ? undefined : index;
}

/** After "wrong": which category is correct, or none said. A category has the same key whatever was predicted. */
export function CategoryChoice({
  categories,
  predicted,
  onChoose,
  onCancel,
}: {
  readonly categories: readonly string[];
  /** Its index; it cannot be chosen. */
  readonly predicted: number;
  readonly onChoose: (correctCategory: string | undefined) => void;
  readonly onCancel: () => void;
}) {
  const panel = useRef<HTMLFieldSetElement>(null);
  // The keys have to reach it, and a screen reader has to tell that it is there.
  useEffect(() => panel.current?.focus(), []);
  return (
    <fieldset class="choice" ref={panel} tabIndex={-1}>
      <legend>
        <b>Wrong.</b> Which category is correct?
      </legend>
      <ol>
        {categories.map((name, index) => (
          <li key={name}>
            <button type="button" disabled={index === predicted} onClick={() => onChoose(name)}>
              {index < choiceKeys.length && <kbd>{choiceKeys[index]?.toUpperCase()}</kbd>} <bdi>{name}</bdi>
            </button>
          </li>
        ))}
      </ol>
      <div class="choice-ends">
        <button type="button" onClick={() => onChoose(undefined)}>
          Just wrong <kbd>Enter</kbd>
        </button>
        <button type="button" class="plain" onClick={onCancel}>
          Back <kbd>Esc</kbd>
        </button>
      </div>
    </fieldset>
  );
}
