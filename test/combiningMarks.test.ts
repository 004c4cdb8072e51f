import { expect, it } from "vitest";
import { hasMarkTower, mostCombiningMarks } from "../src/combiningMarks.ts";

it("a letter may have 30 marks and no more", () => {
  expect(mostCombiningMarks).toBe(30);
  expect(hasMarkTower(`Z${"\u0300".repeat(30)}a\u0301`)).toBe(false);
  expect(hasMarkTower(`Z${"\u0300\u0489".repeat(15)}\u0301`)).toBe(true);
  expect(hasMarkTower("Việt Nam, བསྒྲུབས, ไม่ได้, हिन्दी")).toBe(false);
});
