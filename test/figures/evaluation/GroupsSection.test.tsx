import { render } from "preact-render-to-string";
import { describe, expect, it } from "vitest";
import { GroupsSection } from "../../../src/figures/evaluation/GroupsSection.tsx";
import { NumberFormatProvider } from "../../../src/figures/evaluation/numberFormat.ts";
import { evaluationFormat } from "../../../src/report/evaluationFormat.ts";
import { byClass, parsePage, textOf } from "../../report/parsePage.ts";
import { someEvaluation } from "../../validation/someEvaluation.ts";

describe("GroupsSection", () => {
  it("shows what has to be known of a column's cells, as it is, and nothing where there is nothing", () => {
    const notes = (note: string | undefined) => {
      const evaluation = someEvaluation({
        change: (base) => ({ ...base, groups: base.groups.map((group) => ({ ...group, more: 0, note })) }),
      });
      const page = parsePage(
        render(
          <NumberFormatProvider value={evaluationFormat}>
            <GroupsSection evaluation={evaluation} />
          </NumberFormatProvider>,
        ),
      );
      return byClass(page, "note").map(textOf);
    };
    expect(notes("3 of 900 cells are no dates: <b>31.12.</b>")).toEqual([
      "3 of 900 cells are no dates: <b>31.12.</b>",
    ]);
    expect(notes(undefined)).toEqual([]);
  });
});
