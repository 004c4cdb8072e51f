import { describe, expect, it } from "vitest";
import { readCodedSample } from "../../../src/pipeline/evaluation/codedSample.ts";
import { readFrameUnits } from "../../../src/pipeline/evaluation/readFrameUnits.ts";
import { columnsOf, type RegressionSpec, regress } from "../../../src/pipeline/evaluation/regress.ts";
import { parseTerm } from "../../../src/pipeline/evaluation/regressionTerms.ts";
import { readUserColumns } from "../../../src/pipeline/evaluation/userColumns.ts";
import { codedSampleOf, type SimulatedStudy, simulatedPosts, tableStudy } from "./tableStudy.ts";

interface Asked {
  readonly outcome?: string;
  readonly on?: readonly string[];
  readonly model?: RegressionSpec["model"];
  readonly cluster?: string;
  readonly missing?: readonly string[];
}

async function regression(posts: SimulatedStudy, asked: Asked = {}) {
  const { study, run } = tableStudy(posts);
  const sample = codedSampleOf(study, run, posts, {
    drawn: [120, 80, 80],
    seed: 5,
    isUncoded: (image) => image % 17 === 0,
    isLeftOut: (image) => image % 29 === 0,
  });
  const { outcome = "category:Events", on = ["followers", "party"], model = "linear", ...rest } = asked;
  const spec = {
    outcome: parseTerm(run, outcome),
    on: on.map((text) => parseTerm(run, text)),
    model,
    ...rest,
  };
  const columns = await readUserColumns(study, run, columnsOf(spec));
  const frame = await readFrameUnits(study, sample, run);
  return regress(readCodedSample(study, sample, run), frame, spec, columns);
}

/** The posts with other cells. */
function withCells(change: (cells: Readonly<Record<string, string>>, row: number) => Record<string, string>) {
  const posts = simulatedPosts(1500);
  return {
    ...posts,
    rows: posts.rows.map((row, i) => ({ ...row, cells: { ...row.cells, ...change(row.cells, i) } })),
  };
}

// numpy 2.4.6: estimates and standard errors of intercept, followers, Left and Right, corrected, then naive.
const byImage = {
  corrected: [
    [0.1715912605305345, 0.05101818243249107, -0.04604537737658938, -0.05438115779633064],
    [0.0904402591496563, 0.01559153209396496, 0.08893764789491491, 0.08083337017234317],
  ],
  naive: [
    [0.2515812233230899, 0.004847611583703484, 0.005286862206466409, 0.03277237139726304],
    [0.029720967994914794, 0.004446785205408872, 0.029917362721679743, 0.029905630584308174],
  ],
} as const;
const byAccount = [0.09369303586223741, 0.017003172277831873, 0.09629366855796714, 0.078225988555903];
const logistic = [
  [-1.4705760799436256, 0.22850686349388055, -0.20987655704195635, -0.2282584618979907],
  [0.45037356605100176, 0.07339750063809389, 0.4120539777687431, 0.375647717498855],
] as const;

describe("a regression on the user's columns", () => {
  it("equals an independent computation, clustered by image where images are shown twice", async () => {
    const found = await regression(simulatedPosts(1500));
    expect(found).toMatchObject({
      units: 1581,
      goldUnits: 285,
      goldImages: 263,
      clusters: { column: undefined, count: 1448 },
      references: [{ column: "party", value: "Greens" }],
      left: { outsideFrame: 57, missing: 0, missingByColumn: [] },
      notes: [],
    });
    expect(found.terms.map(({ name }) => name)).toEqual([
      "(intercept)",
      "followers",
      "party: Left",
      "party: Right",
    ]);
    for (const kind of ["corrected", "naive"] as const) {
      for (const [i, term] of found.terms.entries()) {
        expect(term[kind].estimate).toBeCloseTo(byImage[kind][0][i] as number, 10);
        expect(term[kind].standardError).toBeCloseTo(byImage[kind][1][i] as number, 10);
      }
    }
    // What the coders would have said of all images: 0.0508, and the naive interval ends at 0.0136.
    const followers = found.terms[1];
    expect(followers?.corrected.interval?.low).toBeLessThan(0.05082262380558981);
    expect(followers?.corrected.interval?.high).toBeGreaterThan(0.05082262380558981);
    expect(followers?.naive.interval?.high).toBeCloseTo(0.0136, 4);
  });

  it("takes the clusters of a column, and the logistic family", async () => {
    const clustered = await regression(simulatedPosts(1500), { cluster: "account" });
    expect(clustered.clusters).toEqual({ column: "account", count: 60 });
    const odds = await regression(simulatedPosts(1500), { model: "logistic" });
    for (let i = 0; i < 4; i++) {
      expect(clustered.terms[i]?.corrected.standardError).toBeCloseTo(byAccount[i] as number, 10);
      expect(odds.terms[i]?.corrected.estimate).toBeCloseTo(logistic[0][i] as number, 8);
      expect(odds.terms[i]?.corrected.standardError).toBeCloseTo(logistic[1][i] as number, 8);
    }
  });

  it("is the corrected share without covariates, and takes a category as a covariate, too", async () => {
    const mean = await regression(simulatedPosts(1500), { on: [] });
    expect(mean.terms.map(({ name }) => name)).toEqual(["(intercept)"]);
    expect(mean.terms[0]?.corrected.estimate).toBeGreaterThan(mean.terms[0]?.naive.estimate as number);
    const asCovariate = await regression(simulatedPosts(1500), {
      outcome: "followers",
      on: ["category:Events", "category:Interviews"],
    });
    expect(asCovariate.terms.map(({ name }) => name)).toEqual([
      "(intercept)",
      "category:Events",
      "category:Interviews",
    ]);
    // Errors of a covariate lead towards 0, too.
    const { corrected, naive } = asCovariate.terms[1] ?? {};
    expect(corrected?.estimate).toBeGreaterThan(2 * (naive?.estimate as number));
  });

  it("leaves rows with an empty cell out and counts them", async () => {
    const posts = withCells(({ followers }, i) => ({
      followers: i % 10 === 0 ? " " : i % 10 === 1 ? "NA" : (followers as string),
      party: i % 20 === 0 ? "" : i % 2 === 0 ? "1" : "2",
      account: i % 10 === 2 ? "" : "somebody",
    }));
    await expect(regression(posts)).rejects.toMatchObject({
      message: expect.stringContaining('"NA" is no number'),
      hint: expect.stringContaining("--missing NA"),
    });
    const found = await regression(posts, {
      missing: ["NA"],
      on: ["followers", "text:party"],
      cluster: "account",
    });
    expect(found.terms.map(({ name }) => name)).toEqual(["(intercept)", "followers", "party: 2"]);
    expect(found.units + found.left.missing).toBe(1581);
    expect(found.left.missingByColumn.map(({ column }) => column)).toEqual(["followers", "party", "account"]);
    const [followers, party, account] = found.left.missingByColumn.map(({ units }) => units);
    // Whoever lacks a party lacks followers, too.
    expect(found.left.missing).toBe((followers as number) + (account as number));
    expect(party).toBeLessThan(followers as number);
    expect(found.notes).toContain("there are 1 clusters: with so few, intervals and p-values are too small");
  });

  it("takes a user's own text for what it is, and a date that is none for no value", async () => {
    const posts = withCells(({ date }, i) => ({
      party: i % 3 === 0 ? "(no date)" : "some",
      date: i % 4 === 0 ? "soon" : (date as string),
    }));
    const own = await regression(posts, { on: ["party"] });
    expect([own.left.missing, own.references]).toEqual([0, [{ column: "party", value: "(no date)" }]]);
    const months = await regression(posts, { on: ["party"], cluster: "month of date" });
    expect(months.left.missingByColumn.map(({ column }) => column)).toEqual(["month of date"]);
    expect(months.units + months.left.missing).toBe(1581);
  });

  it("refuses what is no regression of classified images", async () => {
    const posts = simulatedPosts(1500);
    const refusals: readonly (readonly [Asked, string])[] = [
      [{ outcome: "followers", on: ["party"] }, "neither the outcome nor a covariate is a category"],
      [{ outcome: "party", on: ["category:Events"] }, 'the outcome "party" is not a number'],
      [{ outcome: "followers", on: ["category:Events"], model: "logistic" }, "of a logistic regression is"],
      [{ on: ["category:Nothing"] }, 'no category "Nothing"'],
      [{ on: ["date"] }, "too many for groups"],
      [{ on: ["nothing"] }, 'no column "nothing"'],
      [{ on: ["followers", "followers"] }, "cannot be told apart"],
    ];
    for (const [asked, message] of refusals)
      await expect(regression(posts, asked), message).rejects.toThrow(message);
    await expect(regression(withCells(() => ({ party: "" })))).rejects.toThrow('"party" has no value');
    await expect(regression(withCells(() => ({ party: "one" })))).rejects.toThrow('the value "one" only');
  });
});
