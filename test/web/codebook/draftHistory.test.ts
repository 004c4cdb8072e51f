import { describe, expect, it } from "vitest";
import {
  beginHistory,
  type DraftHistory,
  endTyping,
  recordEdit,
  redo,
  undo,
} from "../../../web/codebook/draftHistory.ts";
import { changePhrase, deletePhrase } from "../../../web/codebook/editDraft.ts";
import { draftOfTest, outline } from "./draftOfTest.ts";

const baseText = "base";
const start = draftOfTest();

function type(history: DraftHistory, phraseKey: string, text: string): DraftHistory {
  const draft = changePhrase(history.present.draft, phraseKey, { text });
  return recordEdit(history, { baseText, draft }, "edit phrase", `text ${phraseKey}`);
}

function textOf({ present }: DraftHistory, phrase: number): string | undefined {
  return present.draft.categories[0]?.phrases[phrase]?.text;
}

describe("the history of a draft", () => {
  it("takes typing in one field as one step, and typing in the next field as another", () => {
    let history = beginHistory({ baseText, draft: start });
    for (const text of ["a", "a d", "a dog"]) history = type(history, "p0", text);
    for (const text of ["a c", "a cat"]) history = type(history, "p1", text);
    expect(history.past).toHaveLength(2);
    history = undo(history);
    expect([textOf(history, 0), textOf(history, 1)]).toEqual(["a dog", "a speaker on a stage"]);
    history = undo(history);
    expect(history.present.draft).toBe(start);
    history = redo(redo(history));
    expect([textOf(history, 0), textOf(history, 1)]).toEqual(["a dog", "a cat"]);
  });

  it("takes typing after the field was left as a new step", () => {
    const first = type(beginHistory({ baseText, draft: start }), "p0", "a dog");
    const history = undo(type(endTyping(first), "p0", "a dog barks"));
    expect(textOf(history, 0)).toBe("a dog");
  });

  it("names the steps, and forgets what was undone at the next edit", () => {
    const begun = beginHistory({ baseText, draft: start });
    const deleted = recordEdit(begun, { baseText, draft: deletePhrase(start, "p0") }, "delete phrase");
    expect(deleted.past.at(-1)?.label).toBe("delete phrase");
    const undone = undo(deleted);
    expect(undone.future.at(-1)?.label).toBe("delete phrase");
    expect(outline(undone.present.draft)).toEqual(outline(start));
    expect(type(undone, "p1", "x").future).toEqual([]);
    expect(outline(redo(undone).present.draft)[0]).toBe("Rally: p1 p2");
  });

  it("brings the text back to which a draft's parts refer", () => {
    const begun = beginHistory({ baseText, draft: start });
    const reloaded = recordEdit(begun, { baseText: "the file's", draft: draftOfTest() }, "take the file's");
    expect(undo(reloaded).present).toEqual({ baseText, draft: start });
  });

  it("has no step for an edit that changes nothing, and none before the first or after the last", () => {
    const begun = beginHistory({ baseText, draft: start });
    expect(recordEdit(begun, { baseText, draft: deletePhrase(start, "gone") }, "delete")).toBe(begun);
    expect(undo(begun)).toBe(begun);
    expect(redo(begun)).toBe(begun);
  });

  it("keeps the last thousand steps", () => {
    let history = beginHistory({ baseText, draft: start });
    for (let i = 0; i < 1100; i++) history = endTyping(type(history, "p0", `text ${i}`));
    expect(history.past).toHaveLength(1000);
    expect(textOf(undo(history), 0)).toBe("text 1098");
  });
});
