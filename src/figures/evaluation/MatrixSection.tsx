import type { ComponentChildren } from "preact";
import type { Evaluation } from "../../validation/evaluation.ts";
import { ConfusionMatrix, type ConfusionMatrixProps, numberedFrom } from "../ConfusionMatrix.tsx";

/** What is taken for what: the confusion matrix, and below it whatever shows the images behind its cells. */
export function MatrixSection(props: {
  readonly evaluation: Evaluation;
  readonly wrapCell: NonNullable<ConfusionMatrixProps["wrapCell"]>;
  readonly children: ComponentChildren;
}) {
  const { evaluation, wrapCell, children } = props;
  const { categories, quality } = evaluation;
  return (
    <section id="matrix" aria-labelledby="matrix-heading">
      <h2 id="matrix-heading">What is taken for what?</h2>
      <p class="lead">
        Rows are true categories, columns predicted ones. A cell counts coded images
        {categories.length < numberedFrom &&
          "; the percentage below is the share of all images that they stand for"}
        . The stronger the colour, the larger its part of the row; framed cells are right. A number leads to
        its images.
      </p>
      <ConfusionMatrix categories={categories} quality={quality} wrapCell={wrapCell} />
      {children}
    </section>
  );
}
