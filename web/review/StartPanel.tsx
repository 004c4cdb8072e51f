import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { defaultQueue, mostPictures, type QueueSpec } from "../../src/review/queueSpec.ts";
import { goTo, hrefOf, useAddress } from "../address.ts";
import { answer, api } from "../api.ts";
import { formatCount } from "../format.ts";
import { useAnswer } from "../useAnswer.ts";
import { EarlierReviews } from "./EarlierReviews.tsx";
import { maybeWhole, queueChanges } from "./queueAddress.ts";
import "./startPanel.css";

/** What is reviewed, by whom; what a review is and is not. What the address says of a queue is filled in already. */
export function StartPanel({
  runId,
  name,
  onName,
}: {
  readonly runId: number;
  readonly name: string | undefined;
  readonly onName: (name: string) => void;
}) {
  const { query } = useAddress();
  const param = { run: String(runId) };
  const run = useAnswer((signal) => answer(api.runs[":run"].$get({ param }, { init: { signal } })), [runId]);
  const [kind, setKind] = useState<QueueSpec["kind"]>(
    query.get("kind") === "uncertain" ? "uncertain" : "random",
  );
  const [n, setN] = useState(query.get("n") ?? String(defaultQueue.n));
  const nameField = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    // Whoever opened a shared address has only the name to give.
    if (name === undefined) nameField.current?.focus();
  }, [name]);

  const start = (event: SubmitEvent & { readonly currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (key: string) => String(form.get(key) ?? "");
    const pictures = maybeWhole(text("n"), 1, mostPictures);
    const seed = maybeWhole(kind === "random" ? text("seed") : String(defaultQueue.seed), 0);
    if (pictures === undefined || seed === undefined) return;
    const category = text("category");
    const queue = { kind, n: pictures, seed, ...(category !== "" && { category: Number(category) }) };
    onName(text("name").normalize("NFC").replace(/\s+/g, " ").trim());
    goTo(hrefOf("/review", { ...queueChanges(queue), run: query.get("run") ?? undefined }));
  };

  const categories = run.value?.categories ?? [];
  const chosen = query.get("category") ?? "";
  return (
    <div class="review-start">
      <h1>Review the predictions</h1>
      <p>
        You see one picture after the other with the category that the run gave it, and say whether that is
        right. Because you see the prediction, the result is an impression of how well the codebook works; it
        is not a validation, for which people code a random sample without seeing any prediction.
      </p>
      <form onSubmit={start}>
        <label class="field">
          <span>Your name</span>
          <input
            ref={nameField}
            name="name"
            defaultValue={name}
            required
            pattern=".*\S.*"
            maxLength={80}
            autocomplete="nickname"
            dir="auto"
          />
          <small class="soft">Verdicts are kept under it. Two people use two names.</small>
        </label>
        <fieldset>
          <legend>Which pictures</legend>
          <label>
            <input type="radio" name="kind" checked={kind === "random"} onChange={() => setKind("random")} />
            <span>
              <b>A random sample</b> of each category: shows how often the run is right
            </span>
          </label>
          <label>
            <input
              type="radio"
              name="kind"
              checked={kind === "uncertain"}
              onChange={() => setKind("uncertain")}
            />
            <span>
              <b>The most uncertain first</b>: shows where the codebook is weak, not how often it is right
            </span>
          </label>
        </fieldset>
        <div class="field-row">
          <label class="field">
            <span>{kind === "random" ? "Pictures of each category" : "Pictures"}</span>
            <input
              name="n"
              type="number"
              required
              min={1}
              max={mostPictures}
              value={n}
              onInput={(event) => setN(event.currentTarget.value)}
            />
          </label>
          <label class="field">
            <span>Category</span>
            <select name="category">
              <option value="">All categories</option>
              {categories.map((category, index) => (
                <option key={category.name} value={String(index)} selected={chosen === String(index)}>
                  {`${category.name} (${formatCount(category.count)})`}
                </option>
              ))}
            </select>
          </label>
          {kind === "random" && (
            <label class="field">
              <span>Seed</span>
              <input
                name="seed"
                type="number"
                required
                min={0}
                max={999_999_999_999_999}
                defaultValue={query.get("seed") ?? String(defaultQueue.seed)}
              />
            </label>
          )}
        </div>
        <p class="soft small hint">
          {kind === "random"
            ? "The same seed draws the same pictures, a greater number only adds to them. Seed 1 with 12 of each has those of the overview page."
            : "Pictures whose two best categories are closest to each other come first."}
        </p>
        <button type="submit" class="primary">
          Start
        </button>
      </form>
      <EarlierReviews runId={runId} />
    </div>
  );
}
