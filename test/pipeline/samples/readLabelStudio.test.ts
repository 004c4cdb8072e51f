import { describe, expect, it } from "vitest";
import { importStudy } from "./importStudy.ts";

describe("Label Studio's annotations", () => {
  const annotation = (by: unknown, choice: string, more: object = {}) => ({
    id: 1,
    completed_by: by,
    result: [
      { from_name: "category", to_name: "image", type: "choices", value: { choices: [choice] } },
      { from_name: "note", to_name: "image", type: "textarea", value: { text: ["two", "lines"] } },
    ],
    was_cancelled: false,
    lead_time: 4.25,
    created_at: "2026-05-05T08:00:00.123456Z",
    updated_at: "2026-05-05T08:00:10.123456Z",
    ...more,
  });

  it("of two annotators become two coders' codings", async () => {
    const { study, sample, write, importing, sha, name } = importStudy();
    const tasks = [
      {
        id: 7,
        data: { image: "data:image/jpeg;base64,AA", clipbook_image: sha(0) },
        annotations: [annotation(1, "Trees"), annotation({ id: 2, email: "ben@example.org" }, "Houses")],
        predictions: [],
      },
      {
        data: { file: name(1) },
        annotations: [
          annotation(1, "unsure", {
            result: [{ from_name: "category", type: "choices", value: { choices: ["unsure"] } }],
          }),
        ],
      },
      { data: { file: name(2) }, annotations: [annotation(1, "Trees", { was_cancelled: true })] },
      { data: { file: name(3) }, annotations: [] },
    ];
    const imported = await importing(write(".json", JSON.stringify(tasks)), {
      coders: { renamed: new Map([["1", "Anna"]]) },
    });
    expect(imported).toMatchObject({
      added: 3,
      files: [{ source: "label-studio", coders: ["Anna", "ben@example.org"], unanswered: 2 }],
    });
    expect(
      study.codings
        .history(sample.id)
        .map(({ place, coder, answer, value, note, seconds, codedAt }) => [
          place,
          coder,
          value ?? answer,
          note,
          seconds,
          codedAt,
        ]),
    ).toEqual([
      [0, "Anna", "Trees", "two\nlines", 4.25, "2026-05-05T08:00:10.123Z"],
      [0, "ben@example.org", "Houses", "two\nlines", 4.25, "2026-05-05T08:00:10.123Z"],
      [1, "Anna", "unsure", "", 4.25, "2026-05-05T08:00:10.123Z"],
    ]);
  });

  it("are named by --coder where there is one annotator, and not where there are several", async () => {
    const { write, importing, refused, stored, sha } = importStudy();
    const task = (place: number, by: readonly number[]) => ({
      data: { id: sha(place) },
      annotations: by.map((id) =>
        annotation(id, "Trees", {
          result: [{ from_name: "kind", type: "choices", value: { choices: ["Trees"] } }],
        }),
      ),
    });
    await importing(write(".json", JSON.stringify([task(0, [5]), task(1, [5])])), {
      coders: { only: "Anna" },
    });
    expect(stored().map(([place, coder]) => [place, coder])).toEqual([
      [0, "Anna"],
      [1, "Anna"],
    ]);
    const several = write(".json", JSON.stringify([task(2, [5, 6])]));
    expect(await refused(several, { coders: { only: "Anna" } })).toMatch(/several people annotated/);
  });

  it("are refused with the task that is wrong", async () => {
    const { write, refused, sha } = importStudy();
    const data = { clipbook_image: sha(0) };
    const tellOf = (task: unknown) => refused(write(".json", JSON.stringify([task])));
    expect(
      await tellOf({ data: { ...data, clipbook_sample: "0" }, annotations: [annotation(1, "Trees")] }),
    ).toMatch(/task 1: the task is of another sample/);
    expect(await tellOf({ data: { a: "b" }, annotations: [annotation(1, "Trees")] })).toMatch(
      /task 1: no image/,
    );
    expect(await tellOf({ data, annotations: [annotation(1, "Cars")] })).toMatch(
      /task 1: .*no category "Cars"/,
    );
    expect(await tellOf({ data, annotations: [annotation(null, "Trees")] })).toMatch(
      /completed_by is missing/,
    );
    expect(await tellOf({ image: "x", annotator: 1, category: "Trees" })).toMatch(/JSON-MIN/);
    expect(await tellOf({ data })).toMatch(/not a task of Label Studio: annotations/);
    const unreadable = (result: object) =>
      tellOf({ data, annotations: [annotation(1, "", { result: [{ from_name: "category", ...result }] })] });
    expect(await unreadable({ type: "choices", value: { choices: "Trees" } })).toMatch(
      /task 1: a result of the control "category" that cannot be read: value\.choices/,
    );
    expect(await unreadable({ type: "choices", value: { choice: ["Trees"] } })).toMatch(/it has no choices/);
    expect(await unreadable({ type: "labels", value: { labels: ["Trees"] } })).toMatch(
      /of the type "labels"/,
    );
    expect(await unreadable({ type: "choices" })).toMatch(/cannot be read: value/);
    // Another control's results may have any form.
    const box = { from_name: "box", type: "rectangle", value: { text: 5 } };
    expect(await tellOf({ data, annotations: [annotation(1, "", { result: [box] })] })).toBe("imported");
    const both = [{ from_name: "category", type: "choices", value: { choices: ["Trees", "Houses"] } }];
    expect(await tellOf({ data, annotations: [annotation(1, "", { result: both })] })).toMatch(
      /several categories/,
    );
    const controls = ["a", "b"].map((from_name) => ({
      from_name,
      type: "choices",
      value: { choices: ["Trees"] },
    }));
    expect(await tellOf({ data, annotations: [annotation(1, "", { result: controls })] })).toMatch(
      /several controls have choices: a, b/,
    );
  });
});
