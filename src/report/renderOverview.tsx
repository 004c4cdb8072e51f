import { render } from "preact-render-to-string";
import { OverviewPage } from "./OverviewPage.tsx";
import type { Overview } from "./overview.ts";

/**
 * The overview page as one self-contained HTML document: no script, nothing loaded, everything from the user
 * escaped. The same overview gives the same string.
 * @throws RangeError for a number that is not finite or a `writtenAt` that is no ISO 8601 time
 */
export function renderOverview(overview: Overview): string {
  return `<!doctype html>\n${render(<OverviewPage overview={overview} />)}\n`;
}
