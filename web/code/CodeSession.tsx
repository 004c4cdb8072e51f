import { useState } from "preact/hooks";
import { CodeDesk } from "./CodeDesk.tsx";
import { CodeTop } from "./CodeTop.tsx";
import { CodingDone } from "./CodingDone.tsx";
import { type CodingView, maybeNextOpen } from "./codingState.ts";
import type { Coding } from "./useCoding.ts";

/** From the first image without an answer to the last. */
export function CodeSession({ coding, view }: { readonly coding: Coding; readonly view: CodingView }) {
  const { images, outbox } = coding;
  const [chosen, setChosen] = useState<number | "end">(() => maybeNextOpen(images, undefined)?.at ?? "end");
  // An image whose answer clashes comes back, whatever was looked at.
  const wanted = outbox.clash?.judgement.at ?? chosen;
  const index = images.findIndex(({ at }) => at === wanted);
  const current = images[index];
  return (
    <section class="coding" aria-labelledby="coding-heading">
      <CodeTop coding={coding} view={view} />
      {current === undefined ? (
        <CodingDone coding={coding} view={view} onShow={(image) => setChosen(image.at)} />
      ) : (
        <CodeDesk
          coding={coding}
          view={view}
          current={current}
          number={index + 1}
          onShow={(image) => setChosen(image?.at ?? "end")}
        />
      )}
    </section>
  );
}
