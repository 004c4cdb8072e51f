import type { ComponentChildren } from "preact";
import type { Evaluation } from "../../validation/evaluation.ts";
import type { ConfusionMatrixProps } from "../ConfusionMatrix.tsx";
import { AbstentionSection } from "./AbstentionSection.tsx";
import { AccuracySection } from "./AccuracySection.tsx";
import { CalibrationSection } from "./CalibrationSection.tsx";
import { ComparisonSection } from "./ComparisonSection.tsx";
import { DoneSection } from "./DoneSection.tsx";
import { GroupsSection } from "./GroupsSection.tsx";
import { MatrixSection } from "./MatrixSection.tsx";
import { MethodsSection } from "./MethodsSection.tsx";
import { NotEstimableSection } from "./NotEstimableSection.tsx";
import { type NumberFormat, NumberFormatProvider } from "./numberFormat.ts";
import { ReliabilitySection } from "./ReliabilitySection.tsx";
import { SharesSection } from "./SharesSection.tsx";
import { WarningsSection } from "./WarningsSection.tsx";

/** What page and screen do differently. */
export interface EvaluationSectionsProps {
  readonly evaluation: Evaluation;
  readonly format: NumberFormat;
  readonly wrapCell: NonNullable<ConfusionMatrixProps["wrapCell"]>;
  /** Shows the images behind the matrix' cells. */
  readonly cellImages: ComponentChildren;
  /** A button that copies a text. */
  readonly copyOf?: (what: string, text: string) => ComponentChildren;
}

/** All that an evaluation says, in the order in which a reviewer of a paper asks. */
export function EvaluationSections({
  evaluation,
  format,
  wrapCell,
  cellImages,
  copyOf,
}: EvaluationSectionsProps) {
  const { warnings, reliability, calibration, abstention, notEstimable, methods } = evaluation;
  return (
    <NumberFormatProvider value={format}>
      <DoneSection evaluation={evaluation} />
      <WarningsSection warnings={warnings} />
      <ReliabilitySection reliability={reliability} />
      <AccuracySection evaluation={evaluation} />
      <MatrixSection evaluation={evaluation} wrapCell={wrapCell}>
        {cellImages}
      </MatrixSection>
      <SharesSection evaluation={evaluation} />
      <CalibrationSection calibration={calibration} />
      <GroupsSection evaluation={evaluation} />
      <ComparisonSection evaluation={evaluation} />
      <AbstentionSection abstention={abstention} />
      <NotEstimableSection entries={notEstimable} />
      <MethodsSection methods={methods} {...(copyOf !== undefined && { copyOf })} />
    </NumberFormatProvider>
  );
}
