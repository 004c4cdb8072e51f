import { formatCount, formatDecimal, formatPercent } from "../format.ts";
import type { DiagnosticsAnswer } from "./codebookAnswers.ts";

/** How much the wording round the phrases decides. */
export function TemplateTable({ templates }: { readonly templates: DiagnosticsAnswer["templates"] }) {
  if ("why" in templates) {
    return (
      <p class="small" dir="auto">
        Not measured: {templates.why}.
      </p>
    );
  }
  const { alpha, images, of } = templates;
  return (
    <>
      <p class="small">
        {"why" in alpha ? (
          `${alpha.why}.`
        ) : (
          <>
            Krippendorff’s alpha <strong>{formatDecimal(alpha.alpha)}</strong>
            {alpha.interval !== undefined &&
              ` (95% interval ${formatDecimal(alpha.interval.low)} to ${formatDecimal(alpha.interval.high)})`}{" "}
            with each template as a coder, over {images < of ? `${formatCount(images)} of ` : ""}
            {formatCount(of)} images. 1: the wording round the phrases decides nothing.
          </>
        )}
      </p>
      <table class="figures-table">
        <thead>
          <tr>
            <th scope="col">template</th>
            <th scope="col">images that move</th>
          </tr>
        </thead>
        <tbody>
          {templates.templates.map(({ template, share, cutShort }) => (
            <tr key={template ?? ""}>
              <th scope="row">
                {template ?? "as in the codebook"}
                {cutShort !== undefined && cutShort > 0 && (
                  <span class="soft"> ({formatCount(cutShort)} phrases cut short)</span>
                )}
              </th>
              <td>{share === undefined ? "–" : formatPercent(share)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
