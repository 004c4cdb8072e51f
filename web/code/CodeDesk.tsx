import { useEffect, useRef, useState } from "preact/hooks";
import { NoteField } from "../review/NoteField.tsx";
import { useKeys } from "../review/useKeys.ts";
import { browserStores } from "../shell/browserStores.ts";
import { keepText } from "../shell/keepText.ts";
import { AnswerButtons } from "./AnswerButtons.tsx";
import { CategoryButtons } from "./CategoryButtons.tsx";
import { CoderCodes } from "./CoderCodes.tsx";
import { CodeStage, type PictureState } from "./CodeStage.tsx";
import { readCategoryKeys } from "./categoryKeys.ts";
import {
  type CodingImage,
  type CodingView,
  isCoded,
  maybeLastCoded,
  maybeNeighbour,
  maybeNextOpen,
  orderOfAnswers,
  type Said,
} from "./codingState.ts";
import { SaveMessage } from "./SaveMessage.tsx";
import { SpokenCoding } from "./SpokenCoding.tsx";
import { TrainingFeedback } from "./TrainingFeedback.tsx";
import type { Coding } from "./useCoding.ts";
import { useInstructions } from "./useInstructions.ts";
import { useVisibleClock } from "./useVisibleClock.ts";

/** Pictures that are fetched before they are needed. */
const preloaded = 3;

/** What can be done with the image that is shown, beside choosing a category. */
export type CodeCommand =
  | "unsure"
  | "uncodable"
  | "undo"
  | "note"
  | "back"
  | "forward"
  | "instructions"
  | "next";

const commandOfKey: Readonly<Record<string, CodeCommand>> = {
  u: "unsure",
  x: "uncodable",
  z: "undo",
  backspace: "undo",
  n: "note",
  i: "instructions",
  arrowleft: "back",
  arrowright: "forward",
  enter: "next",
  " ": "next",
};

/** One image, and all that can be said of it. */
export function CodeDesk({
  coding,
  view,
  current,
  number,
  onShow,
}: {
  readonly coding: Coding;
  readonly view: CodingView;
  readonly current: CodingImage;
  /** Of the image among those to code, from 1. */
  readonly number: number;
  /** Goes to another image; undefined: to the end. */
  readonly onShow: (image: CodingImage | undefined) => void;
}) {
  const { images, outbox, link } = coding;
  const { at, own } = current;
  const isTraining = view.score !== null;
  const isWaiting = outbox.waiting.some((judgement) => judgement.at === at);
  // In a training round an answer stays, and the right one comes with it.
  const isClosed = outbox.clash !== undefined || (isTraining && isCoded(current));
  const noteKey = `clipbook note ${link} ${at}`;
  const notes = browserStores()[1];
  const [typed, setTyped] = useState<{ readonly at: number; readonly note: string }>();
  const note = typed?.at === at ? typed.note : (notes?.getItem(noteKey) ?? own?.note ?? "");
  const [pictures, setPictures] = useState<ReadonlyMap<number, PictureState>>(new Map());
  const picture = pictures.get(at);
  const [keys, setKeys] = useState("");
  const [instructions, toggleInstructions] = useInstructions(isTraining);
  const secondsOf = useVisibleClock(picture === undefined ? undefined : at);
  const noteField = useRef<HTMLTextAreaElement>(null);

  const forgetNote = () => {
    setTyped(undefined);
    keepText(notes, noteKey, undefined);
  };
  const give = (said: Said) => {
    coding.give(current, said, secondsOf(at));
    forgetNote();
  };
  // A picture that is not there can be called uncodable, and nothing else.
  const canAnswer = (answer: Said["answer"]) =>
    !isClosed && (picture === "shown" || (picture === "missing" && answer === "uncodable"));
  const judge = (answer: "category" | "unsure" | "uncodable", value: string | null = null) => {
    if (!canAnswer(answer)) return;
    setKeys("");
    give({ answer, value, note });
    if (!isTraining) onShow(maybeNextOpen(images, at));
  };
  const last = isTraining
    ? undefined
    : maybeLastCoded(images, orderOfAnswers(outbox.waiting.map((judgement) => judgement.at)));
  const run = (command: CodeCommand) => {
    setKeys("");
    if (command === "instructions") toggleInstructions();
    else if (command === "note") noteField.current?.focus();
    else if (command === "unsure" || command === "uncodable") judge(command);
    else if (outbox.clash !== undefined) return;
    else if (command === "next") {
      if (current.known !== null) onShow(maybeNextOpen(images, at));
    } else if (command === "undo") {
      if (last?.own == null) return;
      coding.give(last, { answer: "withdrawn", value: null, note: last.own.note }, secondsOf(last.at));
      onShow(last);
    } else {
      const neighbour = maybeNeighbour(images, at, command === "back" ? -1 : 1);
      if (neighbour !== undefined || command === "forward") onShow(neighbour);
    }
  };
  useKeys((key) => {
    if (outbox.clash !== undefined && (key === "k" || key === "r")) {
      coding.actions.settle(key === "k" ? "present" : "mine");
      return true;
    }
    if (key === "escape" && keys !== "") {
      setKeys("");
      return true;
    }
    const command = commandOfKey[key];
    if (command !== undefined) {
      if (command === "next" && current.known === null) return false;
      run(command);
      return true;
    }
    const read = readCategoryKeys(keys + key, view.categories.length);
    if (read === undefined) setKeys("");
    else if (read === "beginning") setKeys(keys + key);
    else judge("category", view.categories[read.category]?.name);
    return read !== undefined;
  });
  useEffect(() => setKeys(""), [at]);

  const open = images.filter((image) => image.at !== at && !isCoded(image));
  const after = open.filter((image) => image.at > at);
  const next = [...after, ...open.filter((image) => image.at < at)].slice(0, preloaded);
  return (
    <div class="desk">
      <SpokenCoding coding={coding} number={number} />
      <CodeStage
        link={link}
        images={[current, ...next]}
        label={`Image ${number} of ${images.length}`}
        isReachable={outbox.failure === undefined}
        onSettled={(of, state) => setPictures((before) => new Map([...before, [of, state]]))}
      >
        <SaveMessage coding={coding} />
      </CodeStage>
      <div class="panel">
        {current.codes.length > 0 && <CoderCodes codes={current.codes} />}
        {current.known !== null && own !== null ? (
          <TrainingFeedback view={view} known={current.known} own={own} onNext={() => run("next")} />
        ) : (
          <CategoryButtons
            categories={view.categories}
            said={own}
            typed={keys}
            isOff={!canAnswer("category")}
            showsInstructions={instructions}
            onChoose={(value) => judge("category", value)}
            onToggle={toggleInstructions}
          />
        )}
        <AnswerButtons
          said={own}
          isOff={(answer) => !canAnswer(answer)}
          canUndo={last !== undefined && outbox.clash === undefined}
          hasUndo={!isTraining}
          isFirst={number === 1}
          isHeld={outbox.clash !== undefined}
          onCommand={run}
        />
        <div
          onFocusOut={() => {
            // A note on an image that has its answer is saved when it is left; the others go with their answer.
            if (own !== null && isCoded(current) && !isClosed && note !== own.note) give({ ...own, note });
          }}
        >
          {isTraining && isCoded(current) ? (
            <p class="kept-note" dir="auto">
              {isWaiting ? "Saving your answer …" : own?.note}
            </p>
          ) : (
            <NoteField
              key={at}
              field={noteField}
              note={note}
              onNote={(text) => {
                setTyped({ at, note: text });
                keepText(notes, noteKey, text);
              }}
            />
          )}
        </div>
      </div>
    </div>
  );
}
