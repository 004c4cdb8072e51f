export { seededRandom } from "./seededRandom.ts";
export { accuracy } from "./stats/accuracy.ts";
export type { AgreementCoefficient, ChanceAgreement } from "./stats/agreementCoefficient.ts";
export { agrestiCoullInterval } from "./stats/agrestiCoullInterval.ts";
export { allocateSample } from "./stats/allocateSample.ts";
export { type AlphaBootstrap, alphaBootstrap } from "./stats/alphaBootstrap.ts";
export type { AlphaMetric } from "./stats/alphaDistances.ts";
export { type AlphaInterval, alphaInterval } from "./stats/alphaInterval.ts";
export { alphaJackknife } from "./stats/alphaJackknife.ts";
export { alphaPerCategory, type CategoryAlpha } from "./stats/alphaPerCategory.ts";
export {
  type AlternativeAnnotatorTest,
  alternativeAnnotatorTest,
  type CoderComparison,
} from "./stats/alternativeAnnotatorTest.ts";
export {
  type BackCalculationCounts,
  type BackCalculationDelta,
  backCalculationDelta,
} from "./stats/backCalculationDelta.ts";
export { balancedAccuracy } from "./stats/balancedAccuracy.ts";
export { benjaminiYekutieli } from "./stats/benjaminiYekutieli.ts";
export { blakerInterval } from "./stats/blakerInterval.ts";
export { brennanPrediger } from "./stats/brennanPrediger.ts";
export { brierScore, halfBrierScore, type ProbabilityScoreOptions } from "./stats/brierScore.ts";
export {
  type CalibratedError,
  calibrationErrorUnderCalibration,
} from "./stats/calibrationErrorUnderCalibration.ts";
export type { PhraseAggregation, PhraseCosines } from "./stats/categoryBySimilarity.ts";
export { type CategoryIntervals, categoryIntervals } from "./stats/categoryIntervals.ts";
export { classwiseCalibrationError } from "./stats/classwiseCalibrationError.ts";
export { clopperPearsonInterval } from "./stats/clopperPearsonInterval.ts";
export {
  type CohenKappa,
  type CohenKappaTest,
  cohenKappa,
  cohenKappaTest,
  type KappaWeights,
} from "./stats/cohenKappa.ts";
export type { BinOptions } from "./stats/confidenceBins.ts";
export { confusionKappa } from "./stats/confusionKappa.ts";
export {
  type ConfusionMatrix,
  type ConfusionTotals,
  confusionMatrix,
  confusionTotals,
} from "./stats/confusionMatrix.ts";
export { congerKappa } from "./stats/congerKappa.ts";
export {
  type CoveragePrecision,
  coveragePrecisionCurve,
  type KeptSum,
} from "./stats/coveragePrecisionCurve.ts";
export { type CrossFittedTemperature, crossFittedTemperature } from "./stats/crossFittedTemperature.ts";
export { crossTable } from "./stats/crossTable.ts";
export {
  designBasedSupervisedLearning,
  type SupervisedCoefficient,
  type SupervisedFit,
  type SupervisedOptions,
  type SupervisedUnits,
} from "./stats/designBasedSupervisedLearning.ts";
export {
  type DesignEstimate,
  designEstimate,
  type EstimateMethod,
  shareEstimate,
} from "./stats/designEstimate.ts";
export {
  type Domain,
  type DomainReason,
  type DomainShare,
  type DomainShares,
  type DomainUnit,
  domainShares,
} from "./stats/domainShares.ts";
export { dslPower } from "./stats/dslPower.ts";
export { effectiveWilsonInterval } from "./stats/effectiveWilsonInterval.ts";
export {
  type CalibrationError,
  type CalibrationOptions,
  expectedCalibrationError,
} from "./stats/expectedCalibrationError.ts";
export { fleissKappa, fleissKappaPerCategory } from "./stats/fleissKappa.ts";
export {
  type Coverage,
  cellStrataOf,
  coverageOf,
  type GoldSample,
  type SamplePart,
  samplePartsOf,
  sampleWeights,
  weightedCells,
} from "./stats/goldSample.ts";
export { goodmanIntervals } from "./stats/goodmanIntervals.ts";
export { type GroupError, type GroupErrors, type GroupTest, groupErrors } from "./stats/groupErrors.ts";
export { gwetAc1 } from "./stats/gwetAc1.ts";
export { hajekMean } from "./stats/hajekMean.ts";
export { type DesignBased, horvitzThompsonTotal } from "./stats/horvitzThompsonTotal.ts";
export { jeffreysInterval } from "./stats/jeffreysInterval.ts";
export { kappaInterval } from "./stats/kappaInterval.ts";
export { kishEffectiveSize } from "./stats/kishEffectiveSize.ts";
export { kOccurrence, kOccurrenceSkewness } from "./stats/kOccurrence.ts";
export { type EstimatedShare, kornGraubardInterval } from "./stats/kornGraubardInterval.ts";
export {
  type AlphaUndefinedReason,
  alphaUndefinedReason,
  type KrippendorffAlpha,
  krippendorffAlpha,
} from "./stats/krippendorffAlpha.ts";
export { type CoderPair, type LightKappa, lightKappa } from "./stats/lightKappa.ts";
export type { ClassificationMetric, LinearisedMetric } from "./stats/linearisedMetric.ts";
export { logitInterval } from "./stats/logitInterval.ts";
export { logLoss } from "./stats/logLoss.ts";
export { type CategoryMean, macroF1, macroPrecision } from "./stats/macroF1.ts";
export { type MacroF1Change, type MacroF1ChangeOptions, macroF1Changes } from "./stats/macroF1Change.ts";
export { type BackCalculatedShares, matrixBackCalculation } from "./stats/matrixBackCalculation.ts";
export { matthewsCorrelation } from "./stats/matthewsCorrelation.ts";
export { type McNemarTest, mcnemarTest } from "./stats/mcnemarTest.ts";
export { type MeanPart, meanInterval } from "./stats/meanInterval.ts";
export { type DeltaEstimate, multinomialDelta } from "./stats/multinomialDelta.ts";
export type { PairAgreement } from "./stats/pairAgreement.ts";
export type { PairableUnits, Ratings, ValueCount } from "./stats/pairableUnits.ts";
export { type PairedDifference, type PairedSample, pairedDifference } from "./stats/pairedDifference.ts";
export { type PercentAgreement, percentAgreement } from "./stats/percentAgreement.ts";
export {
  type AggregationDiagnostics,
  type PhraseDiagnostics,
  phraseDiagnostics,
} from "./stats/phraseDiagnostics.ts";
export {
  type PlanAssumptions,
  type PlannedMetric,
  type PlannedStratum,
  planSample,
  type SamplePlan,
  suggestSampleSize,
} from "./stats/planSample.ts";
export { postStratifiedDesign } from "./stats/postStratifiedDesign.ts";
export { type PostStratifiedShares, postStratifiedShares } from "./stats/postStratifiedShares.ts";
export { type CategoryQuality, precisionRecallF1 } from "./stats/precisionRecallF1.ts";
export { type PpiPlan, type PredictionCosts, ppiPower } from "./stats/predictionPowered/ppiPower.ts";
export { predictionPoweredLogistic } from "./stats/predictionPowered/predictionPoweredLogistic.ts";
export {
  type PoweredMean,
  type PoweredMeans,
  type PoweredOptions,
  type PoweredUnits,
  predictionPoweredMean,
} from "./stats/predictionPowered/predictionPoweredMean.ts";
export { predictionPoweredOls } from "./stats/predictionPowered/predictionPoweredOls.ts";
export type {
  PoweredCoefficient,
  PoweredRegression,
  PoweredRegressionOptions,
  PoweredRegressionUnits,
  PoweredSolution,
} from "./stats/predictionPowered/predictionPoweredRegression.ts";
export { type EmPrior, emPrior, reweighted } from "./stats/priorCorrection/emPrior.ts";
export { type PriorMatching, priorMatching } from "./stats/priorCorrection/priorMatching.ts";
export { type SinkhornOptions, sinkhornPosterior } from "./stats/priorCorrection/sinkhornPosterior.ts";
export { type TransportedShares, transportToShares } from "./stats/priorCorrection/transportToShares.ts";
export { type PosteriorOptions, type QualityIntervals, qualityIntervals } from "./stats/qualityIntervals.ts";
export type { RegressionModel, RegressionRow } from "./stats/regression/regressionRow.ts";
export { type ReliabilityBin, reliabilityCurve } from "./stats/reliabilityCurve.ts";
export {
  adjustedCount,
  type CorrectedShare,
  type ErrorRates,
  type RoganGladenCounts,
  roganGladen,
  roganGladenDelta,
} from "./stats/roganGladen.ts";
export { sampleSizeKappa } from "./stats/sampleSizeKappa.ts";
export { sampleSizeProportion } from "./stats/sampleSizeProportion.ts";
export {
  type ExpectedStrata,
  neymanAllocation,
  proportionalAllocation,
  sampleSizeStratified,
} from "./stats/sampleSizeStratified.ts";
export { sampleSizeWilson } from "./stats/sampleSizeWilson.ts";
export {
  type DesignStratum,
  degreesOfFreedomOf,
  designWeights,
  type SamplingDesign,
  uncoveredStrata,
  varianceOfTotal,
} from "./stats/samplingDesign.ts";
export { sharesByLeastSquares } from "./stats/sharesByLeastSquares.ts";
export { cosineSilhouette, type Silhouette, silhouette } from "./stats/silhouette.ts";
export { sisonGlazIntervals } from "./stats/sisonGlazIntervals.ts";
export { type SpecificAgreement, specificAgreement } from "./stats/specificAgreement.ts";
export { type PriorStratum, spreadPrior } from "./stats/spreadPrior.ts";
export { stratifiedBetaInterval } from "./stats/stratifiedBetaInterval.ts";
export {
  type CellStratum,
  type DirichletInterval,
  type DirichletOptions,
  type StratumCell,
  stratifiedDirichlet,
} from "./stats/stratifiedDirichlet.ts";
export { type StratifiedShare, type Stratum, stratifiedShare } from "./stats/stratifiedShare.ts";
export { scaleByTemperature, temperatureScaling } from "./stats/temperatureScaling.ts";
export {
  type PrecisionTarget,
  type PrecisionThreshold,
  thresholdForPrecision,
} from "./stats/thresholdForPrecision.ts";
export { topKAccuracy } from "./stats/topKAccuracy.ts";
export { type UnitCounts, unitCounts } from "./stats/unitCounts.ts";
export { type WaldTest, waldTest } from "./stats/waldTest.ts";
export { weightedF1, weightedPrecision } from "./stats/weightedF1.ts";
export type { SampleOptions, WeightedShare } from "./stats/weightedShare.ts";
export { type Interval, wilsonInterval } from "./stats/wilsonInterval.ts";
