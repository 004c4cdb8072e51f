import "./gallery.css";
import { useAddress } from "../address.ts";
import { answer, api } from "../api.ts";
import { Failure } from "../shell/Failure.tsx";
import type { ScreenProps } from "../shell/screenProps.ts";
import { useAnswer } from "../useAnswer.ts";
import { CategoryChooser } from "./CategoryChooser.tsx";
import { CategoryList } from "./CategoryList.tsx";
import { Gallery } from "./Gallery.tsx";
import { galleryHref, readGalleryState } from "./galleryState.ts";
import { NoRun } from "./NoRun.tsx";
import { RunHeader } from "./RunHeader.tsx";

/** The images of a run by category: counts first, then a grid of all or some of them, and each one large. */
export function GalleryScreen({ runId, study }: ScreenProps) {
  return runId === undefined ? <NoRun study={study} /> : <RunGallery key={runId} runId={runId} />;
}

function RunGallery({ runId }: { readonly runId: number }) {
  const { query } = useAddress();
  const state = readGalleryState(query);
  const asked = useAnswer(
    (signal) => answer(api.runs[":run"].$get({ param: { run: String(runId) } }, { init: { signal } })),
    [runId],
  );
  const run = asked.value;
  if (run === undefined) {
    return asked.state === "failed" ? (
      <Failure error={asked.error} />
    ) : (
      <p class="waiting">Counting the images …</p>
    );
  }
  const hrefOf = (changes: Parameters<typeof galleryHref>[1]) => galleryHref(query, changes);
  const choice = { run, state, hrefOf };
  return (
    <div class="gallery">
      <div class="gallery-side">
        <RunHeader run={run} />
        <CategoryChooser {...choice} />
        <CategoryList {...choice} />
      </div>
      <Gallery {...choice} />
    </div>
  );
}
