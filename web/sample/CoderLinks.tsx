import { useRef, useState } from "preact/hooks";
import { foldCase } from "../../src/codebook/foldCase.ts";
import { namesOf } from "../../src/validation/namesOf.ts";
import { answer, api } from "../api.ts";
import { formatCount } from "../format.ts";
import { copyText } from "../shell/copyText.ts";
import { Failure } from "../shell/Failure.tsx";
import type { ListedCoder, ListedSample } from "./sampleAnswers.ts";

/** Who codes a sample: each with their link and how far they are; and one more. */
export function CoderLinks({
  sample,
  announce,
  onChange,
}: {
  readonly sample: ListedSample;
  readonly announce: (text: string) => void;
  readonly onChange: () => void;
}) {
  return (
    <>
      {sample.coders.length === 0 ? (
        <p class="soft">Nobody codes it yet. Two coders are the least, three are better.</p>
      ) : (
        <ul class="coders" aria-label={`Coders of ${sample.name}`}>
          {sample.coders.map((coder) => (
            <CoderRow key={`${coder.role} ${coder.coder}`} coder={coder} announce={announce} />
          ))}
        </ul>
      )}
      {waitingAdjudicators(sample).map((name) => (
        <p key={name} class="soft small waiting-adjudicator">
          <bdi>{name}</bdi> codes this sample, too: the adjudicator’s link shows nothing before all of it is
          coded.
        </p>
      ))}
      <AddCoder sample={sample} announce={announce} onChange={onChange} />
    </>
  );
}

/** Adjudicators who are coders, too, and have images to code. */
function waitingAdjudicators({ coders }: ListedSample): readonly string[] {
  const open = new Set(
    coders.flatMap(({ coder, role, coded, size }) =>
      role === "coder" && coded < size ? [foldCase(coder)] : [],
    ),
  );
  return coders.flatMap(({ coder, role }) =>
    role === "adjudicator" && open.has(foldCase(coder)) ? [coder] : [],
  );
}

function CoderRow({
  coder: { coder, role, link, coded, size },
  announce,
}: {
  readonly coder: ListedCoder;
  readonly announce: (text: string) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const address = `${location.origin}/code/${link}`;
  const copy = async () => {
    const isCopied = await copyText(address);
    field.current?.select();
    announce(isCopied ? `${coder}’s link is copied.` : "The link is selected: copy it with Ctrl+C.");
  };
  const percent = size === 0 ? 0 : (coded / size) * 100;
  return (
    <li>
      <span class="coder-name">
        <b>
          <bdi>{coder}</bdi>
        </b>{" "}
        {role === "adjudicator" && <span class="soft">adjudicator</span>}
      </span>
      <span class="coder-progress">
        {formatCount(coded)} of {formatCount(size)}
        <i aria-hidden="true">
          <i style={{ width: `${percent}%` }} />
        </i>
      </span>
      <input
        ref={field}
        readOnly
        value={address}
        aria-label={`Link of ${coder}`}
        onFocus={(event) => event.currentTarget.select()}
      />
      <button type="button" aria-label={`Copy the link of ${coder}`} onClick={() => void copy()}>
        Copy
      </button>
    </li>
  );
}

function AddCoder({
  sample,
  announce,
  onChange,
}: {
  readonly sample: ListedSample;
  readonly announce: (text: string) => void;
  readonly onChange: () => void;
}) {
  const [name, setName] = useState("");
  const [failure, setFailure] = useState<Error>();
  const add = async (role: ListedCoder["role"]) => {
    setFailure(undefined);
    const names = namesOf(name);
    try {
      const param = { sampleId: String(sample.id) };
      for (const [at, coder] of names.entries()) {
        await answer(api.samples[":sampleId"].coders.$post({ param, json: { coder, role } }));
        // If a later one fails, the field has only those that are not added yet.
        setName(names.slice(at + 1).join(", "));
      }
      announce(`${names.join(", ")} ${names.length === 1 ? "is" : "are"} added to ${sample.name}.`);
      onChange();
    } catch (error) {
      onChange();
      setFailure(error instanceof Error ? error : new Error(String(error)));
    }
  };
  return (
    <form
      class="add-coder"
      onSubmit={(event) => {
        event.preventDefault();
        void add("coder");
      }}
    >
      <input
        aria-label={`Name of another coder of ${sample.name}`}
        placeholder="Name"
        required
        pattern=".*[^\s,].*"
        maxLength={800}
        dir="auto"
        autocomplete="off"
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit">Add coder</button>
      {sample.purpose !== "training" && (
        <button
          type="button"
          onClick={(event) => {
            if (event.currentTarget.form?.reportValidity()) void add("adjudicator");
          }}
        >
          Add as adjudicator
        </button>
      )}
      {failure !== undefined && <Failure error={failure} />}
    </form>
  );
}
