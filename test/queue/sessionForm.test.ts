import { describe, expect, it } from "vitest";
import { beatForm, sessionForm } from "../../src/queue/sessionForm.ts";
import { soundBeat, soundSession } from "./soundSession.ts";

const huge = "x".repeat(100_000_000);

describe("a session's description in Redis", () => {
  it("is taken as it was written", () => {
    expect(sessionForm.parse(JSON.parse(JSON.stringify(soundSession())))).toEqual(soundSession());
  });

  it.each([
    ["nothing", null],
    ["a pattern as its id", { ...soundSession(), id: "*" }],
    ["an id of 100 MB", { ...soundSession(), id: huge }],
    ["a study of 100 MB", { ...soundSession(), study: huge }],
    ["an encoder without digest", { ...soundSession(), encoder: { model: "demo" } }],
    ["a field too many", { ...soundSession(), exec: "sh" }],
    ["no time to live", { ...soundSession(), lockMs: 0 }],
    ["too many roots", { ...soundSession(), roots: Array(257).fill("a") }],
    ["a view that there is not", { ...soundSession(), view: "toString" }],
    ["a prototype", JSON.parse(`{"__proto__": {}, ${JSON.stringify(soundSession()).slice(1)}`)],
  ])("is none with %s", (_what, session) => {
    expect(sessionForm.safeParse(session).success).toBe(false);
  });
});

describe("a worker's sign of life in Redis", () => {
  it("is taken as it was written", () => {
    expect(beatForm.parse(JSON.parse(JSON.stringify(soundBeat())))).toEqual(soundBeat());
  });

  it.each([
    ["nothing", undefined],
    ["a name of 100 MB", { ...soundBeat(), name: huge }],
    ["reference pictures of 100 MB", { ...soundBeat(), reference: huge }],
    ["fewer images than none", { ...soundBeat(), embedded: -1 }],
    ["a number that is none", { ...soundBeat(), beat: null }],
    ["a field too many", { ...soundBeat(), isCoordinator: true }],
  ])("is none with %s", (_what, beat) => {
    expect(beatForm.safeParse(beat).success).toBe(false);
  });
});
