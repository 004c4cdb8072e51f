import { goTo } from "../address.ts";
import { formatCount } from "../format.ts";
import { allCategories, type CategoryChoiceProps, onlyCategory, onlyFailures } from "./CategoryList.tsx";

/** The categories to choose from, above the grid where there is no room beside it. */
export function CategoryChooser({ run, state, hrefOf }: CategoryChoiceProps) {
  const { classified, failed } = run.counts;
  return (
    <label class="category-chooser">
      <span>Show</span>
      <select
        value={state.state ?? String(state.category ?? "all")}
        onChange={({ currentTarget: { value } }) => {
          if (value === "all") goTo(hrefOf(allCategories));
          else goTo(hrefOf(value === "failed" ? onlyFailures : onlyCategory(Number(value))));
        }}
      >
        <option value="all">{`All images (${formatCount(classified)})`}</option>
        {run.categories.map(({ name, count }, index) => (
          <option key={name} value={String(index)} dir="auto">
            {`${name} (${formatCount(count)})`}
          </option>
        ))}
        {failed > 0 && <option value="failed">{`Failures (${formatCount(failed)})`}</option>}
      </select>
    </label>
  );
}
