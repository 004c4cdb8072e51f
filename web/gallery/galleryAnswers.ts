import type { InferResponseType } from "hono/client";
import type { api } from "../api.ts";

/** A run at a glance, as the server tells it. */
export type RunAnswer = InferResponseType<(typeof api.runs)[":run"]["$get"], 200>;

/** A category of a run with its counts. */
export type CategoryAnswer = RunAnswer["categories"][number];

/** A page of a listing of units. */
export type UnitPageAnswer = InferResponseType<(typeof api.runs)[":run"]["units"]["$get"], 200>;

/** A unit as listings show it. */
export type UnitCard = UnitPageAnswer["items"][number];

/** A unit in full. */
export type UnitAnswer = InferResponseType<(typeof api.runs)[":run"]["units"][":position"]["$get"], 200>;
