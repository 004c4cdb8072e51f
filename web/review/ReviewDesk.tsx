import { useEffect, useRef, useState } from "preact/hooks";
import { CategoryChoice, maybeIndexOfKey } from "./CategoryChoice.tsx";
import { LiveResult } from "./LiveResult.tsx";
import { NoteField } from "./NoteField.tsx";
import { keepDraft, maybeDraft, type NoteOf } from "./noteDraft.ts";
import { PictureStage } from "./PictureStage.tsx";
import { Prediction } from "./Prediction.tsx";
import type { ReviewOf } from "./reviewOf.ts";
import { type Member, maybeLastJudged } from "./reviewState.ts";
import { SpokenStep } from "./SpokenStep.tsx";
import { StageMessage } from "./StageMessage.tsx";
import { useKeys } from "./useKeys.ts";
import type { Review } from "./useReview.ts";
import { VerdictButtons } from "./VerdictButtons.tsx";
import "./desk.css";

/** Pictures that are fetched before they are needed. */
const preloaded = 3;

/** What can be done with the picture that is shown. */
export type Command = "right" | "wrong" | "unsure" | "skipped" | "undo" | "note";

const commandOfKey: Readonly<Record<string, Command>> = {
  r: "right",
  w: "wrong",
  u: "unsure",
  s: "skipped",
  z: "undo",
  backspace: "undo",
  n: "note",
};

/** The first open picture, and everything that is said about it. */
export function ReviewDesk({
  review,
  wasUndo,
  of,
  open,
  noteOf,
  onHelp,
}: {
  readonly review: Review;
  /** What was written last took a verdict back. */
  readonly wasUndo: boolean;
  readonly of: ReviewOf;
  /** At least one. */
  readonly open: readonly Member[];
  readonly noteOf: (position: number) => NoteOf;
  readonly onHelp: () => void;
}) {
  const current = open[0] as Member;
  const { position } = current;
  const categories = review.queue?.categories ?? [];
  const [choosingFor, setChoosingFor] = useState<number>();
  const isChoosing = choosingFor === position && review.unsaved === undefined;
  const [typed, setTyped] = useState<{ readonly position: number; readonly note: string }>();
  const note =
    typed?.position === position ? typed.note : (maybeDraft(noteOf(position)) ?? current.own?.note ?? "");
  const [settled, setSettled] = useState<ReadonlySet<number>>(new Set());
  // Nobody judges a picture that is not on the screen yet.
  const isSettled = settled.has(position);
  const noteField = useRef<HTMLTextAreaElement>(null);

  const judge = (verdict: "right" | "wrong" | "unsure" | "skipped", correctCategory?: string) => {
    if (!isSettled) return;
    setChoosingFor(undefined);
    review.judge(current, verdict, note, correctCategory);
  };
  const run = (command: Command) => {
    if (review.saving !== undefined || review.unsaved !== undefined) return;
    if (command === "undo") review.undo();
    else if (command === "note") noteField.current?.focus();
    else if (command !== "wrong") judge(command);
    else if (isSettled && categories.length > 1) setChoosingFor(position);
    else judge("wrong");
  };
  useKeys((key) => {
    if (key === "?") onHelp();
    else if (review.unsaved !== undefined) return answerToUnsaved(review, key);
    else if (isChoosing) {
      const index = maybeIndexOfKey(key, categories.length);
      if (key === "escape") setChoosingFor(undefined);
      else if (key === "enter" || key === "w") judge("wrong");
      else if (index !== undefined && index !== current.category) judge("wrong", categories[index]);
      else return false;
    } else {
      const command = commandOfKey[key];
      if (command === undefined) return false;
      run(command);
    }
    return true;
  });
  const desk = useRef<HTMLDivElement>(null);
  const hasPanel = isChoosing || review.unsaved !== undefined;
  const hadPanel = useRef(false);
  useEffect(() => {
    // What had the focus is gone with its panel: the next Tab goes on from here, not from the top of the page.
    if (hadPanel.current && !hasPanel) desk.current?.focus();
    hadPanel.current = hasPanel;
  }, [hasPanel]);

  return (
    <div class="desk" ref={desk} tabIndex={-1}>
      <SpokenStep review={review} predicted={categories[current.category]} />
      <PictureStage
        members={open.slice(0, 1 + preloaded)}
        onSettled={(at) => setSettled((before) => (before.has(at) ? before : new Set([...before, at])))}
      >
        <StageMessage review={review} wasUndo={wasUndo} />
      </PictureStage>
      <Prediction
        category={categories[current.category] ?? ""}
        phrase={current.phrase}
        probability={current.probability}
        name={current.name}
        position={position}
      />
      <NoteField
        key={position}
        field={noteField}
        note={note}
        onNote={(text) => {
          setTyped({ position, note: text });
          keepDraft(noteOf(position), text);
        }}
      />
      <div class="verdicts">
        {isChoosing ? (
          <CategoryChoice
            categories={categories}
            predicted={current.category}
            onChoose={(correctCategory) => judge("wrong", correctCategory)}
            onCancel={() => setChoosingFor(undefined)}
          />
        ) : (
          <VerdictButtons
            onCommand={run}
            pressed={review.saving?.verdict ?? review.unsaved?.choice.verdict}
            canUndo={review.unsaved === undefined && maybeLastJudged(review.members) !== undefined}
            isWaiting={!isSettled || review.unsaved !== undefined}
          />
        )}
      </div>
      <LiveResult of={of} saved={review.saved} />
    </div>
  );
}

function answerToUnsaved(review: Review, key: string): boolean {
  if (key === "enter") review.retry();
  else if (key === "escape") review.discard();
  else return false;
  return true;
}
