import type { Calibration } from "../../validation/evaluation.ts";
import { ReliabilityCurve } from "../ReliabilityCurve.tsx";
import { useNumberFormat } from "./numberFormat.ts";

/** Temperatures from one over this to this leave the probabilities nearly as they are. */
const noticeable = 1.1;

/** Whether probabilities mean what they say. */
export function CalibrationSection({ calibration }: { readonly calibration: Calibration }) {
  const {
    curve,
    expectedCalibrationError: error,
    errorUnderCalibration: expected,
    bins,
    brier,
    logLoss,
    temperature,
    quantity,
    why,
  } = calibration;
  const { count, score, percent } = useNumberFormat();
  return (
    <section id="calibration" aria-labelledby="calibration-heading">
      <h2 id="calibration-heading">Do the probabilities mean what they say?</h2>
      <p class="lead">
        If they did, of the images with a probability of 70% seven in ten would be right, and all marks would
        lie on the dashed line. Marks below the line: the model is too sure; above it: more often right than
        it says. Judged is {quantity}.
      </p>
      {curve === undefined ? (
        <p class="empty">Not shown: {why ?? "too few images"}.</p>
      ) : (
        <div class="side-by-side">
          <ReliabilityCurve id="reliability-curve" curve={curve} />
          <table>
            <caption class="unseen">Bins of the reliability curve</caption>
            <thead>
              <tr>
                <th scope="col">Mean probability</th>
                <th scope="col">Images</th>
                <th scope="col">Right [95% interval]</th>
              </tr>
            </thead>
            <tbody>
              {curve.map(({ count: images, meanProbability, shareRight, interval }) => (
                <tr>
                  <th scope="row">{percent(meanProbability)}</th>
                  <td>{count(images)}</td>
                  <td>
                    {percent(shareRight)} [{percent(interval.low)}, {percent(interval.high)}]
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {error !== undefined && (
        <p>
          Expected calibration error: <b>{score(error)}</b> in {bins} bins of equal size
          {expected !== undefined &&
            `; a perfectly calibrated model would show ${score(expected)} on as many images, by chance alone`}
          .
        </p>
      )}
      {(brier !== undefined || logLoss !== undefined || temperature !== undefined) && (
        <p class="note">
          {brier !== undefined &&
            `Brier score of the categories’ probabilities ${score(brier)} (0 best, 2 worst). `}
          {logLoss !== undefined && `Their log loss ${score(logLoss)}. `}
          {temperature !== undefined && temperatureText(temperature, score)}
        </p>
      )}
    </section>
  );
}

function temperatureText(temperature: number, score: (value: number) => string): string {
  if (temperature <= noticeable && temperature >= 1 / noticeable)
    return `The temperature that would make it least is ${score(temperature)}, close to 1: it would change little.`;
  return `Dividing their logarithms by a temperature of ${score(temperature)} would make it least.`;
}
