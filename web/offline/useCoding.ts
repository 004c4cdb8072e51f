import { useEffect, useRef, useState } from "preact/hooks";
import type { OfflinePage } from "../../src/validation/offlinePage.ts";
import { useVisibleClock } from "../code/useVisibleClock.ts";
import {
  type CodingsKeeper,
  codingsOf,
  codingsState,
  type KeptAnswer,
  type KeptCodings,
} from "./keptCodings.ts";

/** What was coded, what is shown, and what can be done with it. */
export interface Coding {
  readonly kept: KeptCodings;
  /** Index of the image that is shown. */
  readonly at: number;
  /** Images without an answer. */
  readonly open: number;
  readonly answer: KeptAnswer | undefined;
  readonly note: string;
  /** Whether a file has everything. */
  readonly isExported: boolean;
  /** For screen readers: what was done last. */
  readonly spoken: string;
  readonly canTakeBack: boolean;
  /** The picture is on the screen, or cannot be: before that no answer is taken. */
  readonly isSettled: boolean;
  /** @param index of a picture that is on the screen, or cannot be */
  noteSettled(index: number): void;
  choose(category: number): void;
  chooseOther(answer: "unsure" | "uncodable"): void;
  setNote(note: string): void;
  /** Shows or hides the instructions. */
  toggleInstructions(): void;
  step(by: 1 | -1): void;
  takeBack(): void;
  /** @param file what was exported, and its name */
  noteExport(file: { readonly state: string; readonly name: string; readonly codings: number }): void;
}

/** The state of the page; it begins at the first image without an answer. */
export function useCoding(page: OfflinePage, keeper: CodingsKeeper): Coding {
  const { images, categories } = page;
  const [kept, setKept] = useState(() => keeper.read());
  const [at, setAt] = useState(() => nextOpen(images, kept, 0) ?? 0);
  const [spoken, setSpoken] = useState("");
  const [settled, setSettled] = useState<number>();
  const isSettled = settled === at;
  const shown = useRef(at);
  shown.current = at;
  const secondsOf = useVisibleClock(isSettled ? at : undefined);
  useEffect(() => keeper.follow(setKept), [keeper]);
  const image = images[at] as string;
  const show = (index: number, said: string) => {
    setAt(index);
    setSpoken(`${said} Picture ${index + 1} of ${images.length}.`.trim());
  };
  const change = (edit: (kept: KeptCodings) => KeptCodings) => {
    const changed = keeper.change(edit);
    setKept(changed);
    return changed;
  };
  const give = (answer: KeptAnswer["answer"], value: string | null) => {
    if (!isSettled) return;
    const codedAt = new Date().toISOString();
    const seconds = secondsOf(at);
    const changed = change((now) => ({
      ...now,
      answers: { ...now.answers, [image]: { answer, value, seconds, codedAt, number: nextNumber(now) } },
    }));
    const said = `${value ?? (answer === "unsure" ? "Unsure" : "Uncodable")}.`;
    const next = nextOpen(images, changed, at + 1);
    if (next !== undefined) show(next, said);
    else setSpoken(`${said} All pictures are coded: export your codings.`);
  };
  const last = maybeLast(page, kept);
  const codings = codingsOf(page, kept);
  return {
    kept,
    at,
    open: images.length - codings.length,
    answer: kept.answers[image],
    note: kept.notes[image] ?? "",
    isExported: codings.length === 0 || codingsState(codings) === kept.exported,
    spoken,
    canTakeBack: last !== undefined,
    isSettled,
    noteSettled: (index) => {
      // The picture before may end its loading after it is gone.
      if (index === shown.current) setSettled(index);
    },
    choose: (category) => {
      const name = categories[category]?.name;
      if (name !== undefined) give("category", name);
    },
    chooseOther: (answer) => give(answer, null),
    setNote: (note) => void change((now) => ({ ...now, notes: { ...now.notes, [image]: note } })),
    toggleInstructions: () => void change((now) => ({ ...now, hidesInstructions: !now.hidesInstructions })),
    step: (by) => {
      const index = at + by;
      if (index >= 0 && index < images.length) show(index, "");
    },
    takeBack: () => {
      if (last === undefined) return;
      change((now) => {
        const { [images[last] as string]: _, ...answers } = now.answers;
        return { ...now, answers };
      });
      show(last, "Taken back.");
    },
    noteExport: ({ state, name, codings: count }) => {
      change((now) => ({ ...now, exported: state }));
      setSpoken(`${count} ${count === 1 ? "coding" : "codings"} exported to ${name}.`);
    },
  };
}

/** The first image without an answer from `from` on, then from the beginning. */
function nextOpen(images: readonly string[], { answers }: KeptCodings, from: number): number | undefined {
  for (let step = 0; step < images.length; step++) {
    const index = (from + step) % images.length;
    if (answers[images[index] as string] === undefined) return index;
  }
  return undefined;
}

/** The image that was answered last; undefined for none. */
function maybeLast({ images }: OfflinePage, { answers }: KeptCodings): number | undefined {
  let last: { readonly index: number; readonly number: number } | undefined;
  for (const [index, image] of images.entries()) {
    const number = answers[image]?.number;
    if (number !== undefined && (last === undefined || number > last.number)) last = { index, number };
  }
  return last?.index;
}

function nextNumber({ answers }: KeptCodings): number {
  return 1 + Object.values(answers).reduce((most, { number }) => Math.max(most, number), 0);
}
