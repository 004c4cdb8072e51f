import { useEffect, useRef, useState } from "preact/hooks";
import type { OfflineCoding } from "../../src/validation/codingsFile.ts";
import type { OfflinePage } from "../../src/validation/offlinePage.ts";
import { answerText, codedCount, isCoded, maybeLastCoded, maybeNextOpen } from "../code/codingState.ts";
import { useVisibleClock } from "../code/useVisibleClock.ts";
import {
  type KeptAnswer,
  type KeptCodings,
  keptImages,
  openNotes,
  withAnswer,
  withExport,
  withNote,
  withoutAnswer,
} from "./keptCodings.ts";
import type { CodingsKeeper } from "./openKeeper.ts";
import { useDelayedNote } from "./useDelayedNote.ts";

/** What was coded, what is shown, and what can be done with it. */
export interface Coding {
  readonly kept: KeptCodings;
  /** Index of the image that is shown. */
  readonly at: number;
  /** Images without an answer. */
  readonly open: number;
  /** Notes on such images. */
  readonly openNotes: number;
  readonly answer: KeptAnswer | undefined;
  readonly note: string;
  /** Whether there is anything for a file. */
  readonly canExport: boolean;
  /** Whether a file has everything, or there is nothing for one. */
  readonly isExported: boolean;
  /** For screen readers: what was done last. */
  readonly spoken: string;
  readonly canUndo: boolean;
  /** The picture is on the screen, or cannot be: before that no answer is taken. */
  readonly isSettled: boolean;
  /** @param index of a picture that is on the screen, or cannot be */
  noteSettled(index: number): void;
  choose(category: number): void;
  chooseOther(answer: "unsure" | "uncodable"): void;
  setNote(note: string): void;
  /** Writes what is typed of a note. @returns all that is kept */
  settle(): KeptCodings;
  /** Shows or hides the instructions. */
  toggleInstructions(): void;
  step(by: 1 | -1): void;
  undo(): void;
  /** @param file what was exported, and its name */
  noteExport(file: { readonly name: string; readonly codings: readonly OfflineCoding[] }): void;
}

/** The state of the page; it begins at the first image without an answer. */
export function useCoding(page: OfflinePage, keeper: CodingsKeeper): Coding {
  const { categories } = page;
  const [kept, setKept] = useState(() => keeper.read());
  const images = keptImages(page, kept);
  const [at, setAt] = useState(() => maybeNextOpen(images, undefined)?.at ?? 0);
  const [spoken, setSpoken] = useState("");
  const [settled, setSettled] = useState<number>();
  const isSettled = settled === at;
  const showing = useRef(at);
  showing.current = at;
  const secondsOf = useVisibleClock(isSettled ? at : undefined);
  useEffect(() => keeper.follow(setKept), [keeper]);
  const change = (edit: (kept: KeptCodings) => KeptCodings) => {
    const changed = keeper.change(edit);
    setKept(changed);
    return changed;
  };
  const now = () => new Date().toISOString();
  const delayed = useDelayedNote(
    (image, note) => void change((before) => withNote(before, image, note, now())),
  );
  const shown = images[at] as (typeof images)[number];
  const { image } = shown;
  const show = (index: number, said: string) => {
    delayed.flush();
    setAt(index);
    setSpoken(`${said} Image ${index + 1} of ${images.length}.`.trim());
  };
  const give = (answer: "category" | "unsure" | "uncodable", value: string | null) => {
    if (!isSettled) return;
    delayed.flush();
    const given = { answer, value, seconds: secondsOf(at), codedAt: now() };
    const changed = change((before) => withAnswer(before, image, given));
    const said = `${answerText(given)}.`;
    const next = maybeNextOpen(keptImages(page, changed), at);
    if (next !== undefined) show(next.at, said);
    else setSpoken(`${said} All images are coded: export your codings.`);
  };
  const last = maybeLastCoded(images, ({ own }) => own?.number ?? 0);
  const canExport = images.some(({ own }) => own !== null);
  const isTyped = delayed.typed?.image === image;
  return {
    kept,
    at,
    open: images.length - codedCount(images),
    openNotes: openNotes(page, kept),
    answer: isCoded(shown) ? (shown.own ?? undefined) : undefined,
    note: isTyped ? (delayed.typed?.note ?? "") : (kept.notes[image] ?? ""),
    canExport,
    isExported: !canExport || (kept.exported === "everything" && !(isTyped && isCoded(shown))),
    spoken,
    canUndo: last !== undefined,
    isSettled,
    noteSettled: (index) => {
      // The picture before may end its loading after it is gone.
      if (index === showing.current) setSettled(index);
    },
    choose: (category) => {
      const name = categories[category]?.name;
      if (name !== undefined) give("category", name);
    },
    chooseOther: (answer) => give(answer, null),
    setNote: (note) => delayed.type(image, note),
    settle: () => {
      delayed.flush();
      return keeper.read();
    },
    toggleInstructions: () =>
      void change((before) => ({ ...before, showsInstructions: !before.showsInstructions })),
    step: (by) => {
      const index = at + by;
      if (index >= 0 && index < images.length) show(index, "");
    },
    undo: () => {
      if (last === undefined) return;
      delayed.flush();
      change((before) => withoutAnswer(before, last.image, now()));
      show(last.at, "Taken back.");
    },
    noteExport: ({ name, codings }) => {
      change((before) => withExport(page, before, codings));
      const count = codings.filter(({ answer }) => answer !== "withdrawn").length;
      setSpoken(`${count} ${count === 1 ? "coding" : "codings"} exported to ${name}.`);
    },
  };
}
