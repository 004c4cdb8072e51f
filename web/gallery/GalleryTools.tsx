import { useEffect, useId, useRef, useState } from "preact/hooks";
import { changeQuery, goTo, type QueryChanges } from "../address.ts";
import { formatCount } from "../format.ts";
import { useTyped } from "../useTyped.ts";
import { allCategories } from "./CategoryList.tsx";
import type { RunAnswer } from "./galleryAnswers.ts";
import { activeFilters, type GalleryState, gallerySorts, verdictFilters } from "./galleryState.ts";

/** So long nothing is typed before the grid follows. */
const typingMs = 300;

/** Searching, sorting and filtering; whatever is set goes into the address. */
export function GalleryTools({
  run,
  state,
  hrefOf,
}: {
  readonly run: RunAnswer;
  readonly state: GalleryState;
  readonly hrefOf: (changes: QueryChanges) => string;
}) {
  const filters = activeFilters(state);
  const [isOpen, setIsOpen] = useState(filters > 0);
  return (
    <div class="gallery-tools">
      <SearchBox find={state.find} hrefOf={hrefOf} />
      <SortChoice state={state} />
      <button
        type="button"
        class="filter-toggle"
        aria-expanded={isOpen}
        aria-controls="gallery-filters"
        onClick={() => setIsOpen(!isOpen)}
      >
        {filters === 0 ? "Filters" : `Filters (${filters})`}
      </button>
      <div id="gallery-filters" class="filters" hidden={!isOpen}>
        <Filters run={run} state={state} />
      </div>
    </div>
  );
}

/** A sentence ranks all images. */
function SearchBox({
  find,
  hrefOf,
}: {
  readonly find: string | undefined;
  readonly hrefOf: (changes: QueryChanges) => string;
}) {
  const [text, setText] = useTyped(find ?? "");
  return (
    <search class="sentence-search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          goTo(hrefOf({ ...allCategories, find: text.trim(), like: undefined }));
        }}
      >
        <label>
          <span>Rank all images by a sentence</span>
          <input
            type="search"
            dir="auto"
            maxLength={1000}
            value={text}
            placeholder="a crowd in front of a stage"
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
        <button type="submit">Search</button>
      </form>
    </search>
  );
}

function SortChoice({ state }: { readonly state: GalleryState }) {
  const isRanked = state.find !== undefined || state.like !== undefined;
  return (
    <div class="sort-choice">
      <label>
        <span>Sort</span>
        <select
          disabled={isRanked}
          value={isRanked ? "ranked" : state.sort}
          onChange={({ currentTarget: { value } }) =>
            changeQuery({ sort: value === "probability" ? undefined : value, seed: undefined })
          }
        >
          {isRanked && <option value="ranked">Most similar first</option>}
          {Object.entries(gallerySorts).map(([sort, text]) => (
            <option key={sort} value={sort}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {state.sort === "random" && !isRanked && (
        <button type="button" onClick={() => changeQuery({ seed: (state.seed ?? 1) + 1 })}>
          Shuffle
        </button>
      )}
    </div>
  );
}

function Filters({ run, state }: { readonly run: RunAnswer; readonly state: GalleryState }) {
  return (
    <>
      <TypedField
        label="File name has"
        value={state.name ?? ""}
        onValue={(name) => changeQuery({ name }, { replace: true })}
      />
      <label>
        <span>Phrase</span>
        <select
          value={String(state.phrase ?? "")}
          onChange={({ currentTarget: { value } }) => changeQuery({ phrase: value })}
        >
          <option value="">Any phrase</option>
          {phraseGroups(run, state.category).map(({ name, phrases }) => (
            <optgroup key={name} label={name}>
              {phrases.map(({ index, text, wins }) => (
                <option key={index} value={String(index)} dir="auto">
                  {`${text} (${formatCount(wins)})`}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <fieldset class="probability-range">
        <legend>Probability in %</legend>
        <PercentField
          label="at least"
          share={state.least}
          onShare={(least) => changeQuery({ least }, { replace: true })}
        />
        <PercentField
          label="at most"
          share={state.most}
          onShare={(most) => changeQuery({ most }, { replace: true })}
        />
      </fieldset>
      <label>
        <span>Reviews</span>
        <select
          value={state.verdict ?? ""}
          onChange={({ currentTarget: { value } }) => changeQuery({ verdict: value, reviewer: undefined })}
        >
          <option value="">Reviewed or not</option>
          {Object.entries(verdictFilters).map(([verdict, text]) => (
            <option key={verdict} value={verdict}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}

/** The phrases of one category or all, each with its index among all. */
function phraseGroups({ categories }: RunAnswer, only: number | undefined) {
  let index = 0;
  const groups = categories.map(({ name, phrases }) => ({
    name,
    phrases: phrases.map(({ text, wins }) => ({ index: index++, text, wins })),
  }));
  return only === undefined ? groups : groups.slice(only, only + 1);
}

function PercentField({
  label,
  share,
  onShare,
}: {
  readonly label: string;
  readonly share: number | undefined;
  readonly onShare: (share: number | undefined) => void;
}) {
  return (
    <TypedField
      label={label}
      type="number"
      value={share === undefined ? "" : String(Math.round(share * 1e4) / 100)}
      onValue={(text) => onShare(text === "" ? undefined : Math.round(Number(text) * 100) / 1e4)}
    />
  );
}

/** A field whose value counts when nothing has been typed for a moment; one that is no percentage does not, and the field says so. */
function TypedField({
  label,
  type = "text",
  value,
  onValue,
}: {
  readonly label: string;
  readonly type?: "text" | "number";
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  const id = useId();
  const [text, setText] = useTyped(value);
  const field = useRef<HTMLInputElement>(null);
  // What is no number at all has no text: the browser alone knows of it.
  const [isNumber, setIsNumber] = useState(true);
  useEffect(() => {
    const percent = Number(text);
    const isWrong = type === "number" && !(isNumber && percent >= 0 && percent <= 100);
    field.current?.setCustomValidity(isWrong ? "Enter a percentage from 0 to 100" : "");
    if (text.trim() === value && !isWrong) return;
    const act = isWrong ? () => field.current?.reportValidity() : () => onValue(text.trim());
    const timer = setTimeout(act, typingMs);
    return () => clearTimeout(timer);
    // What counts already is no reason to wait again.
  }, [text, isNumber]);
  const common = {
    id,
    value: text,
    ref: field,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => {
      setText(currentTarget.value);
      setIsNumber(!currentTarget.validity.badInput);
    },
  };
  return (
    <label htmlFor={id}>
      <span>{label}</span>
      {type === "number" ? (
        <input type="number" min={0} max={100} step="any" inputMode="decimal" {...common} />
      ) : (
        <input type="text" dir="auto" maxLength={1000} {...common} />
      )}
    </label>
  );
}
