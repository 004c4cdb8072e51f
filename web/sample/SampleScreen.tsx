import { Fragment } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { overlapCountText, sampleWord } from "../../src/validation/overlapText.ts";
import { hrefOf } from "../address.ts";
import { answer, api } from "../api.ts";
import { formatCount } from "../format.ts";
import { Failure } from "../shell/Failure.tsx";
import { Link } from "../shell/Link.tsx";
import type { ScreenProps } from "../shell/screenProps.ts";
import { useAnswer } from "../useAnswer.ts";
import { FreezePanel } from "./FreezePanel.tsx";
import { SampleForm } from "./SampleForm.tsx";
import { SampleList } from "./SampleList.tsx";
import type { DrawnNews, ListedSample } from "./sampleAnswers.ts";
import "./sample.css";
import "./plan.css";

/** Examples that are named; the others are counted. */
const mostNamed = 10;

/** Samples for people to code: those that are there with their coders, the freezing of the codebook, and the drawing of another one. */
export function SampleScreen({ runId }: ScreenProps) {
  const [asked, setAsked] = useState(0);
  const [news, setNews] = useState("");
  const [unusable, setUnusable] = useState<readonly string[]>([]);
  const [drawnId, setDrawnId] = useState<number>();
  const refresh = useCallback(() => setAsked((times) => times + 1), []);
  const listed = useAnswer((signal) => answer(api.samples.$get({}, { init: { signal } })), [asked]);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Coders go on while the researcher is elsewhere.
    addEventListener("focus", refresh);
    return () => removeEventListener("focus", refresh);
  }, [refresh]);
  const samples = listed.value?.samples;
  const isShown = samples?.some(({ id }) => id === drawnId) ?? false;
  useEffect(() => {
    if (isShown) content.current?.querySelector<HTMLElement>(`#sample-${drawnId}`)?.focus();
  }, [isShown, drawnId]);
  if (runId === undefined) {
    return (
      <section class="empty-state">
        <h1>There is nothing to draw from yet</h1>
        <p>
          A sample is drawn from the images of a run, and this study has none.{" "}
          <Link href={hrefOf("/indexing")}>Add images</Link>, or run <code>clipbook classify</code>.
        </p>
      </section>
    );
  }
  const onDrawn = (sample: ListedSample, { overlaps, unusable: leftOut }: DrawnNews) => {
    setUnusable(leftOut);
    const shared = overlaps.map(
      ({ name, purpose, images }) =>
        ` ${overlapCountText(images, false)} in the ${sampleWord(purpose)} ${name}.`,
    );
    setNews(`${sample.name} is drawn: ${formatCount(sample.size)} images.${shared.join("")} Add its coders.`);
    setDrawnId(sample.id);
    refresh();
  };
  return (
    <div class="sampling" ref={content}>
      <h1>Samples for blind coding</h1>
      <p>
        People code a random sample without seeing any prediction. What they say becomes the measure of how
        good the classification is, and corrects the categories’ shares. Plan the sample before you draw it.
      </p>
      <p class="news" role="status" dir="auto">
        {news}
      </p>
      {unusable.length > 0 && (
        <p class="caution" role="status">
          {formatCount(unusable.length)} of the codebook’s examples {unusable.length === 1 ? "is" : "are"}{" "}
          left out: no image of the run has the name, or it is an example of two categories:{" "}
          {unusable.slice(0, mostNamed).map((name, at) => (
            <Fragment key={name}>
              {at > 0 && ", "}
              <bdi>{name}</bdi>
            </Fragment>
          ))}
          {unusable.length > mostNamed && " …"}
        </p>
      )}
      {listed.state === "failed" && <Failure error={listed.error} />}
      {samples !== undefined && (
        <>
          {samples.length > 0 && <SampleList samples={samples} announce={setNews} onChange={refresh} />}
          <SampleForm key={`${runId} ${samples.length}`} runId={runId} samples={samples} onDrawn={onDrawn} />
          <FreezePanel runId={runId} announce={setNews} />
        </>
      )}
    </div>
  );
}
