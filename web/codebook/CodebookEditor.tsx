import { useRef, useState } from "preact/hooks";
import { useAddress } from "../address.ts";
import { answer, api } from "../api.ts";
import { formatTime } from "../format.ts";
import type { ScreenProps } from "../shell/screenProps.ts";
import { BoardSheet } from "./BoardSheet.tsx";
import { BoardProvider } from "./boardContext.ts";
import { CategoryIndex } from "./CategoryIndex.tsx";
import { ConflictDialog } from "./ConflictDialog.tsx";
import type { CodebookAnswer } from "./codebookAnswers.ts";
import { DiagnosticsPanel } from "./DiagnosticsPanel.tsx";
import { DragOverlay } from "./DragOverlay.tsx";
import { DiagnosesProvider } from "./diagnosesContext.ts";
import { discardOf, rebaseOf, replaceDraftOf } from "./draftEditor.ts";
import { EffectStrip } from "./EffectStrip.tsx";
import { FindPanel } from "./FindPanel.tsx";
import { Menu } from "./Menu.tsx";
import { MovesPanel } from "./MovesPanel.tsx";
import { Notices } from "./Notices.tsx";
import { maybePanel } from "./panels.ts";
import { saveButtonId } from "./partIds.ts";
import { undoKeys } from "./phraseEdits.ts";
import { SimilarityPanel } from "./SimilarityPanel.tsx";
import { Toolbar } from "./Toolbar.tsx";
import { useBoardState } from "./useBoardState.ts";
import { useDiagnostics } from "./useDiagnostics.ts";
import { useDraftEditor } from "./useDraftEditor.ts";
import { useDraftReport } from "./useDraftReport.ts";
import { useEditorKeys } from "./useEditorKeys.ts";
import { useRunning } from "./useRunning.ts";
import { useSaving } from "./useSaving.ts";
import { VersionsPanel } from "./VersionsPanel.tsx";

/** A codebook that could be read. */
export type ReadCodebook = CodebookAnswer & { readonly draft: NonNullable<CodebookAnswer["draft"]> };

/** The board, what an edit does to the run's images, and what can be done with both. */
export function CodebookEditor({
  study,
  runId,
  refresh,
  codebook,
}: ScreenProps & { readonly codebook: ReadCodebook }) {
  const { query } = useAddress();
  const editing = useDraftEditor(study.folder, codebook);
  const { editor, unsaved, kept, update } = editing;
  const { history, saved, restored } = editor;
  const { draft } = history.present;
  const boardState = useBoardState(editing);
  const { board, folding } = boardState;
  const { state, askAgain } = useDraftReport(runId, history.present, history.typing !== undefined);
  const { saving, save, dismiss: dismissSaving } = useSaving(editing);
  const { running, run, dismiss: dismissRunning } = useRunning(runId, refresh);
  const [failure, setFailure] = useState<Error>();
  const hasFile = saved.sha256 !== null;
  const canSave = unsaved || !hasFile;
  const saveNow = async () => {
    if (!canSave && saving.state !== "saving") return true;
    const done = await save();
    if (done) board.announce("Saved.");
    return done;
  };
  const isSavingToRun = useRef(false);
  const saveAndRun = async () => {
    // Pressed again meanwhile, it is still one run.
    if (isSavingToRun.current) return;
    isSavingToRun.current = true;
    const done = await saveNow();
    isSavingToRun.current = false;
    if (done) await run();
  };
  useEditorKeys({ undo: boardState.undo, redo: boardState.redo, save: () => void saveNow() });
  const panel = maybePanel(query);
  const diagnostics = useDiagnostics(runId, panel === "diagnostics", query.get("sample") ?? undefined);
  const title = draft.title?.trim() || undefined;
  const file = codebook.file.split(/[/\\]/u).at(-1) ?? codebook.file;
  const takeTheirs = async (label: string, change: typeof discardOf) => {
    try {
      const onDisk = await answer(api.codebook.$get());
      const read = onDisk.draft;
      if (read === undefined) {
        setFailure(new Error("the file on the disk is no codebook that can be read"));
        return;
      }
      update((before) => change(before, { ...onDisk, draft: read }));
      board.announce(`${label}. ${undoKeys.replace("it", "yours")}.`);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      setFailure(error);
    }
  };
  return (
    <BoardProvider value={board}>
      <div class={`codebook ${panel === undefined ? "" : `with-panel with-${panel}`}`}>
        <div class="codebook-top">
          <div class="codebook-bar">
            <header class="codebook-head">
              <h1 dir="auto">{title ?? file}</h1>
              <p class="soft small codebook-file" dir="auto" title={codebook.file}>
                {file}
                {title === undefined && ", a codebook without a title"}
              </p>
            </header>
            <Toolbar
              undoLabel={history.past.at(-1)?.label}
              redoLabel={history.future.at(-1)?.label}
              onUndo={boardState.undo}
              onRedo={boardState.redo}
              canSave={canSave}
              saveState={
                saving.state === "saving"
                  ? "Saving …"
                  : unsaved
                    ? "Unsaved changes"
                    : hasFile
                      ? "Saved"
                      : "Not a file yet"
              }
              onSave={() => void saveNow()}
              canRun={runId !== undefined}
              isRunning={running.state === "running"}
              onRun={() => void saveAndRun()}
            />
          </div>
          <Notices
            hasFile={hasFile}
            file={codebook.file}
            offered={study.runs.length === 0 ? "starter" : "run"}
            restored={restored}
            onDiscard={() => {
              board.focusLater(saveButtonId);
              void takeTheirs("Unsaved changes are discarded", discardOf);
            }}
            kept={kept}
            unsaved={unsaved}
            saving={failure === undefined ? saving : { state: "failed", error: failure }}
            onDismissSaving={() => {
              setFailure(undefined);
              dismissSaving();
              board.focusLater(saveButtonId);
            }}
            running={running}
            onDismissRunning={() => {
              dismissRunning();
              board.focusLater(saveButtonId);
            }}
          />
          <div class="effect-line">
            <EffectStrip runId={runId} state={state} askAgain={askAgain} />
            <p class="said" role="status" dir="auto">
              {boardState.said}
            </p>
          </div>
        </div>
        <div class={state.isWaiting ? "codebook-body is-waiting" : "codebook-body"}>
          <CategoryIndex draft={draft} numbers={state.numbers} />
          <DiagnosesProvider value={diagnostics.phrases}>
            <BoardSheet
              draft={draft}
              numbers={state.numbers}
              folding={folding}
              canComment={codebook.canComment}
              runId={runId}
            />
          </DiagnosesProvider>
          {panel === "moves" && <MovesPanel report={state.numbers?.report} askAgain={askAgain} />}
          {panel === "similarity" && <SimilarityPanel numbers={state.numbers} />}
          {panel === "diagnostics" && <DiagnosticsPanel runId={runId} diagnostics={diagnostics} />}
          {panel === "find" && <FindPanel runId={runId} />}
          {panel === "versions" && (
            <VersionsPanel
              saved={saved}
              onRestore={(version) => {
                if (version.draft === undefined) return;
                const base = { text: version.text, sha256: version.sha256, draft: version.draft };
                const label = `restore the version of ${formatTime(version.savedAt)}`;
                update((before) => replaceDraftOf(before, base, label));
                board.announce(`The version is on the board. Save writes it to the file; ${undoKeys}.`);
              }}
            />
          )}
        </div>
        {boardState.menu !== undefined && <Menu {...boardState.menu} onClose={boardState.closeMenu} />}
        {boardState.drag !== undefined && <DragOverlay state={boardState.drag} />}
        {saving.state === "conflict" && (
          <ConflictDialog
            conflict={saving.conflict}
            onKeepEditing={dismissSaving}
            onTakeTheirs={() => {
              dismissSaving();
              void takeTheirs("The file’s text is on the board", (before, onDisk) =>
                replaceDraftOf(rebaseOf(before, onDisk), onDisk, "take the file’s text"),
              );
            }}
            onOverwrite={() =>
              void save(saving.conflict.onDisk).then((done) => done && board.announce("Saved."))
            }
          />
        )}
      </div>
    </BoardProvider>
  );
}
