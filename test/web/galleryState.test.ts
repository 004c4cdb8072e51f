import { describe, expect, it } from "vitest";
import {
  activeFilters,
  galleryHref,
  listingQuery,
  readGalleryState,
  withoutFilters,
} from "../../web/gallery/galleryState.ts";
import { fitInto, gapPx, gridLayout } from "../../web/gallery/gridLayout.ts";

const read = (query: string) => readGalleryState(new URLSearchParams(query));

describe("the gallery's address", () => {
  it("says everything that the server is asked for", () => {
    const query =
      "category=3&phrase=12&least=0.25&most=0.75&name=a%26b&verdict=wrong&reviewer=ada&sort=random&seed=9";
    expect(listingQuery(read(`${query}&open=17&run=2`))).toEqual(
      Object.fromEntries(new URLSearchParams(query)),
    );
    expect(listingQuery(read("find=%20a%20dog%20&like=4"))).toEqual({
      find: "a dog",
      like: "4",
      sort: "probability",
    });
  });

  it("is read as if what makes no sense were not there", () => {
    const state = read(
      "category=-1&phrase=x&least=2&most=NaN&name=%20&verdict=toString&state=all&sort=size&seed=1e3&like=&open=1.5",
    );
    expect(listingQuery(state)).toEqual({ sort: "probability" });
    expect(state.open).toBeUndefined();
  });

  it("counts the filters that are on, a range as one", () => {
    expect(activeFilters(read("category=1&sort=name&find=x"))).toBe(0);
    expect(activeFilters(read("least=0&most=1&phrase=0&name=x"))).toBe(3);
  });

  it("changes in parts, and closes the large view", () => {
    const query = new URLSearchParams("run=2&category=1&name=x&phrase=3&open=9");
    expect(galleryHref(query, withoutFilters)).toBe("/?run=2&category=1");
    expect(galleryHref(query, { open: 5 })).toBe("/?run=2&category=1&name=x&phrase=3&open=5");
  });
});

describe("gridLayout", () => {
  it("fills every width with cells that are no wider than a thumbnail", () => {
    for (let widthPx = 300; widthPx < 3000; widthPx += 7) {
      const { columns, cellPx, rows } = gridLayout(widthPx, 1001);
      expect(columns * cellPx + (columns - 1) * gapPx).toBeCloseTo(widthPx, 6);
      expect(cellPx).toBeLessThanOrEqual(192);
      expect(cellPx).toBeGreaterThan(120);
      expect(rows).toBe(Math.ceil(1001 / columns));
    }
  });

  it("has two columns on a telephone, and no rows for nothing", () => {
    expect(gridLayout(350, 3)).toMatchObject({ columns: 2, rows: 2 });
    expect(gridLayout(350, 0).rows).toBe(0);
  });
});

describe("fitInto", () => {
  it("keeps the shape, enlarges nothing, and leaves a pixel of the thinnest", () => {
    expect(fitInto(200, 4000, 3000)).toEqual({ widthPx: 200, heightPx: 150 });
    expect(fitInto(200, 30, 60)).toEqual({ widthPx: 30, heightPx: 60 });
    expect(fitInto(200, 90_000, 1)).toEqual({ widthPx: 200, heightPx: 1 });
  });
});
