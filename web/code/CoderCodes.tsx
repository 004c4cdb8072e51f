import { answerText, type CodingImage } from "./codingState.ts";

/** What the coders said of an image on which they disagree. */
export function CoderCodes({ codes }: { readonly codes: CodingImage["codes"] }) {
  return (
    <div class="coder-codes">
      <h2>The coders disagree</h2>
      <dl>
        {codes.map((code) => (
          <div key={code.coder}>
            <dt dir="auto">{code.coder}</dt>
            <dd>
              <b dir="auto">{answerText(code)}</b>
              {code.note !== "" && (
                <span class="soft">
                  {" “"}
                  <bdi>{code.note}</bdi>”
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
