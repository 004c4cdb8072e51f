export {
  type Candidate,
  type Classifier,
  type ClassifierSpec,
  createClassifier,
  type ProbabilityKind,
  rankCategories,
  type Scoring,
  scoreUnits,
  topCandidates,
  type UnitScores,
} from "./classify.ts";
export { type Category, type Codebook, type CodebookPhrase, codebookPhrases } from "./codebook/codebook.ts";
export type { CodebookDraft, DraftCategory, DraftPhrase } from "./codebook/codebookDraft.ts";
export { CodebookError, type CodebookMistake } from "./codebook/codebookError.ts";
export { codebookJsonSchema } from "./codebook/codebookJsonSchema.ts";
export type { CodebookWarning } from "./codebook/codebookWarning.ts";
export { lintCodebook } from "./codebook/lintCodebook.ts";
export { parseCodebook } from "./codebook/parseCodebook.ts";
export type { ParsedCodebook } from "./codebook/parsedCodebook.ts";
export { readDraft } from "./codebook/readDraft.ts";
export { writeDraft } from "./codebook/writeDraft.ts";
export { type Embeddings, embeddingAt, embeddings, normaliseRows } from "./embeddings.ts";
export { UserError } from "./errors.ts";
export { type Budget, openBudget } from "./images/budget.ts";
export {
  type DecodeOptions,
  type DecoderEvent,
  type DecoderOptions,
  type Decoders,
  openDecoders,
} from "./images/decoding/openDecoders.ts";
export type { FailureCode } from "./images/failureCodes.ts";
export { ImageFailure } from "./images/imageFailure.ts";
export type { PlaceRule } from "./images/insideInputs.ts";
export type { ThumbnailImage } from "./images/makeThumbnail.ts";
export { readImageFile } from "./images/readImageFile.ts";
export { renderView } from "./images/renderView.ts";
export type { IgnoredFile, Unit } from "./images/unit.ts";
export type { View } from "./images/viewGeometry.ts";
export type { RenderedView, ViewSpec } from "./images/viewSpec.ts";
export { type CosineProduct, openCosineProduct } from "./model/cosineProduct.ts";
export { type DownloadProgress, downloadModel } from "./model/downloadModel.ts";
export { loadEncoder } from "./model/loadEncoder.ts";
export { type LocatedModel, type LocateOptions, locateModel } from "./model/locateModel.ts";
export type { LogitScaling } from "./model/logitScaling.ts";
export { type Encoder, type EncoderOptions, openEncoder } from "./model/openEncoder.ts";
export type { Precision, RegisteredModel } from "./model/registeredModel.ts";
export { registeredModels } from "./model/registry.ts";
export {
  type Classification,
  type ClassifySpec,
  classifyUnits as classify,
} from "./pipeline/classifyUnits.ts";
export { type ClassifyImportedSpec, classifyImported } from "./pipeline/embeddings/classifyImported.ts";
export {
  type ExportEmbeddingsSpec,
  type ExportedEmbeddings,
  exportEmbeddings,
} from "./pipeline/embeddings/exportEmbeddings.ts";
export {
  type ImportEmbeddingsSpec,
  type ImportedEmbeddings,
  importEmbeddings,
} from "./pipeline/embeddings/importEmbeddings.ts";
export { requireImport } from "./pipeline/embeddings/requireImport.ts";
export type { VectorLayout } from "./pipeline/embeddings/vectorSource.ts";
export { type CodedImage, type CodedSample, readCodedSample } from "./pipeline/evaluation/codedSample.ts";
export { type EvaluationSpec, evaluateSample } from "./pipeline/evaluation/evaluateSample.ts";
export { withThumbnails } from "./pipeline/evaluation/withThumbnails.ts";
export { writeEvaluation } from "./pipeline/evaluation/writeEvaluation.ts";
export { writeGold } from "./pipeline/evaluation/writeGold.ts";
export { type IndexOptions, type IndexProgress, indexImages } from "./pipeline/indexImages.ts";
export { type LoadedCodebook, loadCodebook } from "./pipeline/loadCodebook.ts";
export { makeOverview, type OverviewSpec } from "./pipeline/makeOverview.ts";
export { type InputOptions, type Inputs, openInputs } from "./pipeline/openInputs.ts";
export type { LocalWorkerModel } from "./pipeline/queue/localWorker.ts";
export type { QueueSpec as WorkQueueSpec } from "./pipeline/queue/queueSpec.ts";
export { parseRoot, type Root } from "./pipeline/queue/roots.ts";
export type { OtherNumbers, WorkerLine, WorkersRecord } from "./pipeline/queue/workerBoard.ts";
export type { WorkerShare } from "./pipeline/queue/workerTally.ts";
export {
  type WorkerCounts,
  type WorkerEvents,
  type WorkSpec,
  workOnQueue,
} from "./pipeline/queue/workOnQueue.ts";
export { drawReviewQueue } from "./pipeline/reviews/reviewQueue.ts";
export { type ReviewSummarySpec, summariseReview } from "./pipeline/reviews/summariseReview.ts";
export { writeReviews } from "./pipeline/reviews/writeReviews.ts";
export { addCoder, type NewCoder } from "./pipeline/samples/addCoder.ts";
export { drawStudySample, type WantedSample } from "./pipeline/samples/drawStudySample.ts";
export { freezeCodebook } from "./pipeline/samples/freezeCodebook.ts";
export {
  type ImportCodingsOptions,
  type ImportedCodings,
  type ImportedFile,
  importCodings,
} from "./pipeline/samples/importCodings.ts";
export { type PlannedPart, planStudySample, type StudyPlan } from "./pipeline/samples/planStudySample.ts";
export { readSampleFrame, type StudyFrame } from "./pipeline/samples/readSampleFrame.ts";
export { type GivenCoding, recordCoding } from "./pipeline/samples/recordCoding.ts";
export { requireSample } from "./pipeline/samples/requireSample.ts";
export type { CopyCounts } from "./pipeline/shards/copyStudy.ts";
export { type Indexed, type IndexInputsSpec, indexInputs } from "./pipeline/shards/indexInputs.ts";
export { type Merged, type MergeSpec, mergeStudies } from "./pipeline/shards/mergeStudies.ts";
export type { MergePlan, PlannedList } from "./pipeline/shards/planMerge.ts";
export { type CategorySummary, type RunSummary, summariseRun } from "./pipeline/summariseRun.ts";
export { type ResultsSpec, writeResults } from "./pipeline/writeResults.ts";
export { parseQueueAddress, type QueueAddress } from "./queue/queueAddress.ts";
export type { QueueSession } from "./queue/sessionForm.ts";
export type { Overview } from "./report/overview.ts";
export { renderEvaluation } from "./report/renderEvaluation.tsx";
export { renderOverview } from "./report/renderOverview.tsx";
export type { QueueSpec } from "./review/queueSpec.ts";
export { type NumberFormat, reviewSentence } from "./review/reviewSentence.ts";
export type { ReviewSummary } from "./review/reviewSummary.ts";
export { sampleWithoutReplacement, seededRandom } from "./seededRandom.ts";
export { type StratifiedShare, type Stratum, stratifiedShare } from "./stats/stratifiedShare.ts";
export { type Interval, wilsonInterval } from "./stats/wilsonInterval.ts";
export type { EmbeddingImport, ImportOrigin } from "./store/importStore.ts";
export type { IndexingFound, Shard } from "./store/indexingStore.ts";
export { openStudy, type Study } from "./store/openStudy.ts";
export type { Prediction, Run, RunRow, UnitRecord } from "./store/runStore.ts";
export type { CodebookFreeze, NamedMember, Sample, SampleCoder, SampleMember } from "./store/sampleStore.ts";
export type { InputTable } from "./tables/inputTable.ts";
export { openTable } from "./tables/openTable.ts";
export { type TableFormat, tableFormatOf } from "./tables/tableFormat.ts";
export { writeTable } from "./tables/writeTable.ts";
export type { Coding, CodingAnswer, CodingRole, CodingSource, CodingSpec } from "./validation/coding.ts";
export type { DrawnDesign, SampleStratum } from "./validation/drawnDesign.ts";
export type { Estimate, Evaluation, Reliability, ShareEstimate, Target } from "./validation/evaluation.ts";
export type { GivenCode, Gold, GoldRule } from "./validation/goldStandard.ts";
export type { DesignSpec, SampleExclusions, SamplePurpose } from "./validation/sampleSpec.ts";
export type { WantedDesign } from "./validation/suggestDesign.ts";
export { version } from "./version.ts";
