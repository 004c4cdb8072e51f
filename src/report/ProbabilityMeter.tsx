/** A thin bar of a probability with a mark at the runner-up's, both 0..1; the numbers stand beside it as text. */
export function ProbabilityMeter(props: {
  readonly probability: number;
  readonly runnerUp?: number | undefined;
}) {
  const bar = `--p:${percent(props.probability)}`;
  const mark = props.runnerUp === undefined ? "" : `;--r:${percent(props.runnerUp)}`;
  return <i class="meter" style={bar + mark} />;
}

function percent(probability: number): string {
  return `${Math.round(probability * 1000) / 10}%`;
}
