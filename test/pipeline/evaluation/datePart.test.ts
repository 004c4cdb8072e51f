import { describe, expect, it } from "vitest";
import { datePartOf } from "../../../src/pipeline/evaluation/datePart.ts";

describe("a part of a date", () => {
  it("is read from ISO 8601 dates, with or without a time, as they are written", () => {
    for (const text of [
      "2024-05-31",
      " 2024-05-31 ",
      "2024-05-31T23:30:00Z",
      "2024-05-31 10:20",
      "2024-05-31T10:20:30.123+02:00",
      "2024-05",
    ]) {
      expect(datePartOf(text, "month"), text).toBe("2024-05");
      expect(datePartOf(text, "year"), text).toBe("2024");
    }
    expect(datePartOf("2024", "year")).toBe("2024");
    expect(datePartOf("2024-02-29", "month")).toBe("2024-02");
    expect(datePartOf("0099-01-01", "year")).toBe("0099");
  });

  it("is empty for an empty cell, and unknown for what could be read in several ways or is no day", () => {
    expect(datePartOf("  ", "month")).toBe("");
    for (const text of [
      "31.05.2024",
      "05/06/2024",
      "20240531",
      "2024-13-01",
      "2023-02-29",
      "2024-5-1",
      "May 2024",
    ])
      expect(datePartOf(text, "month"), text).toBeUndefined();
    expect(datePartOf("2024", "month")).toBeUndefined();
  });
});
