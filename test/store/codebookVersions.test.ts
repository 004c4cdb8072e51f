import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { openStudy } from "../../src/store/openStudy.ts";
import { temporaryFolder } from "../temporaryFolder.ts";

describe("the codebook's versions", () => {
  it("are kept by file, the newest first, without its text twice in a row", () => {
    const { codebookVersions, close } = openStudy(join(temporaryFolder(), "study"));
    onTestFinished(close);
    const version = (text: string, origin: "app" | "disk" = "app") => ({
      text,
      sha256: `digest of ${text}`,
      savedAt: "2026-01-01T00:00:00.000Z",
      origin,
    });
    codebookVersions.add("a.yaml", version("1", "disk"));
    codebookVersions.add("a.yaml", version("2ü"));
    codebookVersions.add("a.yaml", version("2ü", "disk"));
    codebookVersions.add("b.yaml", version("2ü"));
    codebookVersions.add("a.yaml", version("1"));
    const list = codebookVersions.list("a.yaml");
    expect(list.map(({ origin, bytes }) => [origin, bytes])).toEqual([
      ["app", 1],
      ["app", 3],
      ["disk", 1],
    ]);
    expect(codebookVersions.maybeGet("a.yaml", list[1]?.id ?? 0)).toEqual({
      id: list[1]?.id,
      ...version("2ü"),
    });
    expect(codebookVersions.maybeGet("b.yaml", list[1]?.id ?? 0)).toBeUndefined();
    expect(codebookVersions.list("c.yaml")).toEqual([]);
  });
});
