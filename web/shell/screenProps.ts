import type { InferResponseType } from "hono/client";
import type { api } from "../api.ts";

/** The study and its runs, as the server tells them. */
export type StudyAnswer = InferResponseType<typeof api.study.$get, 200>;

/** What every screen is given. */
export interface ScreenProps {
  readonly study: StudyAnswer;
  /** The run that the address names, else the newest; undefined where the study has none. */
  readonly runId: number | undefined;
  /** Asks for the study and its runs again. */
  readonly refresh: () => void;
}
