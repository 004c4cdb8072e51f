import { describe, expect, it } from "vitest";
import {
  type BaseCodebook,
  discardOf,
  editDraftOf,
  isUnsaved,
  openEditor,
  rebaseOf,
  redoOf,
  replaceDraftOf,
  savedOf,
  undoOf,
} from "../../../web/codebook/draftEditor.ts";
import { changeCategory, changePhrase, deletePhrase } from "../../../web/codebook/editDraft.ts";
import { bareDraft } from "../../../web/codebook/keyedDraft.ts";
import { draftOfTest } from "./draftOfTest.ts";

const base: BaseCodebook = { text: "the file", sha256: "aa", draft: bareDraft(draftOfTest()).draft };
const renamed = (name: string) => (draft: ReturnType<typeof draftOfTest>) =>
  changeCategory(draft, draft.categories[0]?.key ?? "", { name });

describe("the editing of a codebook", () => {
  it("is unsaved after an edit and not after its undoing, nor after saving", () => {
    const begun = openEditor(base, undefined);
    expect(isUnsaved(begun)).toBe(false);
    const edited = editDraftOf(begun, "rename", renamed("Crowd"));
    expect(isUnsaved(edited)).toBe(true);
    expect(isUnsaved(undoOf(edited))).toBe(false);
    const saved = savedOf(edited, edited.history.present, { text: "the new file", sha256: "bb" });
    expect(isUnsaved(saved)).toBe(false);
    expect(saved.saved.sha256).toBe("bb");
    // What was saved can be undone, and is a change then.
    expect(isUnsaved(undoOf(saved))).toBe(true);
    expect(isUnsaved(redoOf(undoOf(saved)))).toBe(false);
  });

  it("goes on from the text that it began with after saving, so that a renamed category is the one that it was", () => {
    const edited = editDraftOf(openEditor(base, undefined), "rename", renamed("Crowd"));
    const saved = savedOf(edited, edited.history.present, { text: "the new file", sha256: "bb" });
    expect(saved.history.present.baseText).toBe("the file");
    expect(saved.history.present.draft.categories[0]).toMatchObject({ source: 0, name: "Crowd" });
  });

  it("keeps as unsaved what was typed while it was saved", () => {
    const edited = editDraftOf(openEditor(base, undefined), "rename", renamed("Crowd"));
    const sent = edited.history.present;
    const typedOn = editDraftOf(edited, "rename", renamed("Crowds"));
    const saved = savedOf(typedOn, sent, { text: "the new file", sha256: "bb" });
    expect(isUnsaved(saved)).toBe(true);
    expect(saved.history.present.draft.categories[0]?.name).toBe("Crowds");
  });

  it("begins with the edits of an earlier visit, which can be undone and discarded", () => {
    const edited = editDraftOf(openEditor(base, undefined), "rename", renamed("Crowd"));
    const unsaved = {
      baseSha256: "aa",
      baseText: "the file",
      draft: bareDraft(edited.history.present.draft).draft,
    };
    const reopened = openEditor(base, unsaved);
    expect(reopened.restored).toEqual({ isOlder: false });
    expect(reopened.history.present.draft.categories[0]?.name).toBe("Crowd");
    expect(isUnsaved(undoOf(reopened))).toBe(false);
    const discarded = discardOf(reopened, base);
    expect(isUnsaved(discarded)).toBe(false);
    expect(discarded.restored).toBeUndefined();
    expect(undoOf(discarded).history.present.draft.categories[0]?.name).toBe("Crowd");
  });

  it("saves against the file that the earlier visit knew, when the file is another one by now", () => {
    const edited = editDraftOf(openEditor(base, undefined), "rename", renamed("Crowd"));
    const draft = bareDraft(edited.history.present.draft).draft;
    const reopened = openEditor(
      { ...base, text: "changed", sha256: "cc" },
      { baseSha256: "aa", baseText: "the file", draft },
    );
    expect(reopened.restored).toEqual({ isOlder: true });
    expect(reopened.saved.sha256).toBe("aa");
    expect(reopened.history.present.baseText).toBe("the file");
  });

  it("has nothing to restore where the edits are in the file by now", () => {
    const reopened = openEditor(base, { baseSha256: "00", baseText: "older", draft: base.draft });
    expect(reopened.restored).toBeUndefined();
    expect(reopened.saved.sha256).toBe("aa");
  });

  it("takes the file's text with mine one step back", () => {
    const mine = editDraftOf(openEditor(base, undefined), "delete", (draft) =>
      deletePhrase(draft, draft.categories[0]?.phrases[0]?.key ?? ""),
    );
    const onDisk: BaseCodebook = {
      text: "theirs",
      sha256: "cc",
      draft: bareDraft(changePhrase(draftOfTest(), "p0", { text: "their phrase" })).draft,
    };
    const taken = replaceDraftOf(rebaseOf(mine, onDisk), onDisk, "take the file's text");
    expect(isUnsaved(taken)).toBe(false);
    expect(taken.history.present.baseText).toBe("theirs");
    const back = undoOf(taken);
    expect(back.history.present).toBe(mine.history.present);
    expect(isUnsaved(back)).toBe(true);
    expect(back.saved.sha256).toBe("cc");
  });
});
