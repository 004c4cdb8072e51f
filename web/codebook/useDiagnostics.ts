import { useEffect, useMemo, useState } from "preact/hooks";
import { answer, api } from "../api.ts";
import { type Answer, useAnswer } from "../useAnswer.ts";
import type { DiagnosticsAnswer } from "./codebookAnswers.ts";
import type { Diagnoses } from "./diagnosesContext.ts";

/** What is known of a run's codebook. */
export interface ShownDiagnostics {
  readonly answer: Answer<DiagnosticsAnswer | undefined>;
  /** For the board; undefined where the answer is about another run. */
  readonly phrases: Diagnoses | undefined;
}

interface Question {
  readonly runId: number;
  readonly sample: string | undefined;
}

/**
 * Asks how a run's codebook works once the panel is open, and not before: it takes seconds, and a look at coded images is counted. The
 * answer stays when the panel is closed.
 */
export function useDiagnostics(
  runId: number | undefined,
  isOpen: boolean,
  sample: string | undefined,
): ShownDiagnostics {
  const [question, setQuestion] = useState<Question>();
  useEffect(() => {
    if (isOpen && runId !== undefined) setQuestion({ runId, sample });
  }, [isOpen, runId, sample]);
  const found = useAnswer(
    async (signal) => {
      if (question === undefined) return undefined;
      return answer(
        api.runs[":run"].diagnostics.$get(
          {
            param: { run: String(question.runId) },
            query: question.sample === undefined ? {} : { sample: question.sample },
          },
          { init: { signal } },
        ),
      );
    },
    [question?.runId, question?.sample],
  );
  const { value } = found;
  const phrases = useMemo(
    () =>
      value === undefined || value.runId !== runId
        ? undefined
        : { runId, phrases: new Map(value.phrases.map((phrase) => [phrase.text, phrase])) },
    [value, runId],
  );
  return { answer: found, phrases };
}
