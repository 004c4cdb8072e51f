import { describe, expect, it } from "vitest";
import { recordedSettings } from "../../src/pipeline/recordedSettings.ts";

describe("recordedSettings", () => {
  it("records what was given, and a model's folder", () => {
    expect(recordedSettings({ model: "demo" })).toEqual({});
    expect(
      recordedSettings({ model: "models/mine", threads: 2, truncate: true, imageColumn: "file" }),
    ).toEqual({ threads: 2, truncate: true, imageColumn: "file", modelFolder: "models/mine" });
  });
});
