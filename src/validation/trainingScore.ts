/** An answered image of a training round. */
export interface TrainingAnswer {
  /** The right category. */
  readonly known: string;
  /** The category that the coder chose; undefined for unsure and uncodable, which are not right. */
  readonly said: string | undefined;
}

/** How a coder does in a training round. */
export interface TrainingScore {
  readonly right: number;
  readonly answered: number;
  readonly size: number;
  /** Whether the share of right answers reaches the pass mark; undefined until every image is answered. */
  readonly hasPassed: boolean | undefined;
}

/**
 * The score of a training round.
 * @param answers one for each image that was answered
 * @param size images of the round
 * @param passMark the share of right answers that passes, 0..1
 * @throws RangeError for more answers than images
 */
export function trainingScore(
  answers: readonly TrainingAnswer[],
  size: number,
  passMark: number,
): TrainingScore {
  const answered = answers.length;
  if (answered > size) throw new RangeError(`${answered} answers to ${size} images`);
  const right = answers.filter(({ known, said }) => said === known).length;
  // Whole numbers are compared: 0.7 * 10 is a little more than 7 for a computer's fractions, 0.7 itself a little less than 7/10.
  const needed = Math.ceil(passMark * size - 1e-9);
  return { right, answered, size, hasPassed: answered < size ? undefined : size > 0 && right >= needed };
}
