import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parseBenchOptions } from "../../bench/benchOptions.ts";
import { contestants, turnCommand } from "../../bench/contestants.ts";

const needed = ["--model", "models/b32", "--images", "photos"];
const parse = (...args: string[]) =>
  parseBenchOptions([...needed, ...args], { INIT_CWD: "/home/me" }, "/clone/bench");

describe("parseBenchOptions", () => {
  it("takes folders from where npm was called, and names as names", () => {
    expect(parse()).toMatchObject({
      model: resolve("/home/me/models/b32"),
      images: resolve("/home/me/photos"),
      out: resolve("/clone/bench/results"),
      repetitions: 5,
      only: [],
      python: "python3",
    });
    expect(parse("--python", ".venv/bin/python")?.python).toBe(resolve("/home/me/.venv/bin/python"));
    expect(parse("--model", "clip-vit-b32", "--out", "new")).toMatchObject({
      model: "clip-vit-b32",
      out: resolve("/home/me/new"),
    });
  });

  it("measures less when told to", () => {
    expect(parse("--quick", "--only", "tower,decode")).toMatchObject({
      quick: true,
      repetitions: 2,
      only: ["tower", "decode"],
      million: false,
    });
    expect(parse("--million")).toMatchObject({ million: true, only: [] });
  });

  it("refuses what it does not understand", () => {
    expect(() => parse("--repetition", "3")).toThrow("repetition");
    expect(() => parse("--repetitions", "abc")).toThrow("not a whole number");
    expect(() => parseBenchOptions([], {}, "/clone/bench")).toThrow("--model and --images are needed");
    expect(parse("--help")).toBeUndefined();
  });
});

describe("contestants", () => {
  it("have keys of their own", () => {
    expect(new Set(contestants.map(({ key }) => key)).size).toBe(contestants.length);
  });

  it("get the model in the form that they need, and the same pictures", () => {
    const folders = { model: "m", peerModel: "p", modelFolder: "f", pictures: "pictures", python: "py" };
    for (const contestant of contestants) {
      const [program, args] = turnCommand(contestant, 7, folders);
      const value = (name: string) => args[args.indexOf(name) + 1];
      expect(program).toBe(contestant.needs === "python" ? "py" : process.execPath);
      expect(value("--model")).toBe({ clipbook: "m", "transformers.js": "p", python: "f" }[contestant.needs]);
      expect([value("--images"), value("--count")]).toEqual(["pictures", "7"]);
      expect(value("--precision")).toBe(contestant.key.endsWith("int8") ? "int8" : "float32");
    }
  });
});
