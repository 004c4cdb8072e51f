import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useChromium } from "./chromium.ts";
import { openCodingStudy, untilCoded, untilImage } from "./codingStudy.ts";

describe("blind coding, by keyboard alone", () => {
  const openTab = useChromium();
  let demo: Awaited<ReturnType<typeof openCodingStudy>>;
  beforeAll(async () => {
    demo = await openCodingStudy();
  });
  afterAll(() => demo.close());

  /** What was stored for a coder in the order in which it was written. */
  const written = (sampleId: number, name = "Anna") =>
    demo.study.codings
      .history(sampleId)
      .filter(({ coder }) => coder === name)
      .map(({ answer, value, note }) => [value ?? answer, ...(note === "" ? [] : [note])].join(": "));

  it("goes from the first image to the last, with all that can be said, and back", async () => {
    const sample = demo.sampleOf();
    const { page, faults, close } = await openTab(demo.linkOf(sample, "Anna"));
    const [a, b, c] = demo.categories;
    const step = async (keys: readonly string[], coded: number) => {
      for (const key of keys) await page.keyboard.press(key);
      await untilCoded(page, coded);
    };
    await untilImage(page, 1);
    await step(["1"], 1);
    await untilImage(page, 2);
    await step(["2"], 2);
    await untilImage(page, 3);
    // The letters of a note are no commands.
    await page.keyboard.press("n");
    await page.keyboard.type("1uxz?");
    await step(["Enter", "u"], 3);
    await untilImage(page, 4);
    await step(["x"], 4);
    await untilImage(page, 5);
    await page.keyboard.press("ArrowRight");
    await untilImage(page, 6);
    await step(["3"], 5);
    // Undo leads back to the image that was coded last, however often.
    await untilImage(page, 7);
    await step(["z"], 4);
    await untilImage(page, 6);
    await step(["Backspace"], 3);
    await untilImage(page, 4);
    await step(["2"], 4);
    await untilImage(page, 5);
    for (const key of ["Control+1", "Alt+1", "Meta+1", "9"]) await page.keyboard.press(key);
    // An earlier image keeps its answer until another one is given; then the next open one comes.
    for (const number of [4, 3]) {
      await page.keyboard.press("ArrowLeft");
      await untilImage(page, number);
    }
    expect(await page.locator(".answers .unsure").getAttribute("aria-pressed")).toBe("true");
    expect(await page.getByLabel("Note", { exact: true }).inputValue()).toBe("1uxz?");
    await page.keyboard.press("n");
    await page.keyboard.type("!");
    await step(["Enter"], 4);
    await untilImage(page, 3);
    await step(["1"], 4);
    await untilImage(page, 5);
    for (let number = 5; number <= 10; number++) {
      await untilImage(page, number);
      await step(["1"], number);
    }
    expect(written(sample.id)).toEqual([
      a,
      b,
      "unsure: 1uxz?",
      "uncodable",
      c,
      "withdrawn",
      "withdrawn",
      b,
      "unsure: 1uxz?!",
      `${a}: 1uxz?!`,
      ...Array(6).fill(a),
    ]);
    for (let number = 11; number <= 14; number++) {
      await untilImage(page, number);
      await step(["x"], number);
    }
    await page.getByRole("heading", { name: "Done: all 14 images are coded" }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await untilImage(page, 14);
    expect(faults).toEqual([]);
    await close();
  });

  it("tells the page nothing but what is to be coded: no prediction, no design, no file, no other coder", async () => {
    const sample = demo.sampleOf();
    const [first] = demo.study.samples.members(sample.id);
    const { page, faults, close } = await openTab("about:blank");
    faults.length = 0;
    const answers: string[] = [];
    const headers: string[] = [];
    page.on("response", async (response) => {
      headers.push(JSON.stringify(await response.allHeaders()));
      if (response.headers()["content-type"]?.includes("json")) answers.push(await response.text());
    });
    await page.goto(demo.linkOf(sample, "Anna"));
    await untilImage(page, 1);
    await page.keyboard.press("1");
    await untilImage(page, 2);
    await page.keyboard.press("u");
    await untilCoded(page, 2);
    await expect.poll(() => answers.length).toBe(3);
    const phrases = demo.run.codebook.categories.flatMap((category) => category.phrases);
    const secrets = [
      ...phrases,
      first?.name as string,
      first?.sha256 as string,
      "probability",
      "stratum",
      "inclusion",
      "position",
      '"place"',
      "predict",
      "phrase",
      "sealed",
      "seed",
      "filename",
      ".jpg",
      ".png",
    ];
    const told = [...answers, ...headers, await page.content()].join("\n").toLowerCase();
    for (const secret of secrets) {
      expect([secret, told.includes(secret.toLowerCase())]).toEqual([secret, false]);
    }
    expect(await page.evaluate(() => document.querySelectorAll("a").length)).toBe(0);
    await close();
  });

  it("lets two code at once, each in an order of their own", async () => {
    const sample = demo.sampleOf();
    const tabs = [
      await openTab(demo.linkOf(sample, "Anna")),
      await openTab(demo.linkOf(sample, "Ben")),
    ] as const;
    for (let number = 1; number <= 10; number++) {
      await Promise.all(
        tabs.map(async ({ page }, index) => {
          await untilImage(page, number);
          await page.keyboard.press(String(index + 1));
          await untilCoded(page, number);
        }),
      );
    }
    const rows = demo.study.codings.history(sample.id);
    const placesOf = (name: string) => rows.filter(({ coder }) => coder === name).map(({ place }) => place);
    expect([placesOf("Anna").length, placesOf("Ben").length]).toEqual([10, 10]);
    expect(placesOf("Anna")).not.toEqual(placesOf("Ben"));
    expect(written(sample.id, "Ben")).toEqual(Array(10).fill(demo.categories[1]));
    for (const { faults, close } of tabs) {
      expect(faults).toEqual([]);
      await close();
    }
  });

  it("goes on after a reload where it was, and keeps what was typed", async () => {
    const sample = demo.sampleOf();
    const { page, faults, close } = await openTab(demo.linkOf(sample, "Anna"));
    for (const number of [1, 2, 3]) {
      await untilImage(page, number);
      await page.keyboard.press("1");
      await untilCoded(page, number);
    }
    await untilImage(page, 4);
    await page.keyboard.press("n");
    await page.keyboard.type("half of a no");
    const picture = await page.locator(".stage img.now").getAttribute("src");
    await page.reload();
    await untilImage(page, 4);
    expect(await page.locator(".stage img.now").getAttribute("src")).toBe(picture);
    expect(await page.getByLabel("Note", { exact: true }).inputValue()).toBe("half of a no");
    await page.keyboard.press("z");
    await untilCoded(page, 2);
    expect(written(sample.id)).toEqual([...Array(3).fill(demo.categories[0]), "withdrawn"]);
    expect(faults).toEqual([]);
    await close();
  });

  it("fetches the next pictures before they are needed, and none twice", async () => {
    const { page, faults, close } = await openTab(demo.linkOf(demo.sampleOf(), "Anna"));
    const fetched = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType("resource")
          .map(({ name }) => name)
          .filter((name) => name.includes("/images/")),
      );
    for (let number = 1; number <= 5; number++) {
      await untilImage(page, number);
      await expect.poll(async () => (await fetched()).length).toBe(number + 3);
      await page.keyboard.press("1");
    }
    const all = await fetched();
    expect(new Set(all).size).toBe(all.length);
    expect(faults).toEqual([]);
    await close();
  });

  it("counts seconds only while the page is to be seen", async () => {
    const sample = demo.sampleOf();
    const { page, close } = await openTab("about:blank");
    // A clock that the test moves, and a page that it hides.
    await page.addInitScript(() => {
      const clock = { now: 0, state: "visible" };
      Object.assign(window, { clock });
      performance.now = () => clock.now;
      Object.defineProperty(document, "visibilityState", { get: () => clock.state });
    });
    const pass = (ms: number) =>
      page.evaluate((by) => {
        (window as unknown as { clock: { now: number } }).clock.now += by;
      }, ms);
    const turn = (state: string) =>
      page.evaluate((to) => {
        (window as unknown as { clock: { state: string } }).clock.state = to;
        document.dispatchEvent(new Event("visibilitychange"));
      }, state);
    await page.goto(demo.linkOf(sample, "Anna"));
    await untilImage(page, 1);
    await pass(2000);
    await turn("hidden");
    await pass(600_000);
    await turn("visible");
    await pass(1500);
    await page.keyboard.press("1");
    await untilCoded(page, 1);
    expect(demo.study.codings.history(sample.id).map(({ seconds }) => seconds)).toEqual([3.5]);
    await close();
  });

  it("asks which of two answers is to stand when an image was coded in two tabs", async () => {
    const sample = demo.sampleOf();
    const link = demo.linkOf(sample, "Anna");
    const { page: first, faults, close } = await openTab(link, { mayFail: true });
    const second = await first.context().newPage();
    await second.goto(link);
    for (const page of [first, second]) await untilImage(page, 1);
    for (const number of [1, 2]) {
      await first.bringToFront();
      await untilImage(first, number);
      await first.keyboard.press("1");
      await untilCoded(first, number);
    }
    const message = second.getByRole("alert");
    const answerInSecond = async (key: string) => {
      await second.keyboard.press(key);
      await message.filter({ hasText: "You have coded this image elsewhere meanwhile." }).waitFor();
      expect(await second.locator(".clash dd").allTextContents()).toEqual([
        demo.categories[0],
        demo.categories[Number(key) - 1],
      ]);
      // Nothing else happens before it is decided.
      await second.keyboard.press("3");
      await second.keyboard.press("ArrowRight");
    };
    await answerInSecond("2");
    expect(written(sample.id)).toHaveLength(2);
    await second.keyboard.press("k");
    await untilImage(second, 2);
    await answerInSecond("2");
    await second.keyboard.press("r");
    await untilImage(second, 3);
    await untilCoded(second, 2);
    const [a, b] = demo.categories;
    expect(written(sample.id)).toEqual([a, a, b]);
    expect(await message.count()).toBe(0);
    expect(faults).toEqual([]);
    await close();
  });

  it("says what a link that nobody was given is", async () => {
    const { page, close } = await openTab(`${demo.served.address}/code/nobody`, { mayFail: true });
    await page.getByRole("alert").filter({ hasText: "this link leads to no sample" }).waitFor();
    await close();
  });
});

describe("training and adjudication", () => {
  const openTab = useChromium();
  let demo: Awaited<ReturnType<typeof openCodingStudy>>;
  beforeAll(async () => {
    demo = await openCodingStudy();
  });
  afterAll(() => demo.close());

  it.each([
    [0.5, "Passed: 5 of 7 right, 71%; 50% are needed."],
    [0.8, "Not passed: 5 of 7 right, 71%; 80% are needed."],
  ])(
    "tells right and wrong after each answer, and at the end whether it is passed: %d",
    async (mark, end) => {
      const [a, b] = demo.categories;
      const sample = demo.sampleOf({
        purpose: "training",
        perCategory: 1,
        passMark: mark,
        knownCategory: () => a as string,
      });
      const { page, faults, close } = await openTab(demo.linkOf(sample, "Anna"));
      const feedback = page.locator(".feedback");
      for (let number = 1; number <= 7; number++) {
        await untilImage(page, number);
        expect(await feedback.count()).toBe(0);
        await page.keyboard.press(number === 2 ? "2" : number === 3 ? "u" : "1");
        await feedback.waitFor();
        const text = await feedback.textContent();
        if (number === 2) expect(text).toContain(`WrongYou said ${b}; it is ${a}.`);
        else if (number === 3) expect(text).toContain(`WrongYou said Unsure; it is ${a}.`);
        else expect(text).toContain(`RightIt is ${a}.`);
        expect(text).toContain(demo.run.codebook.categories[0]?.instructions);
        // The first answer stays.
        for (const key of ["3", "u", "z"]) await page.keyboard.press(key);
        if (number === 4) {
          await page.reload();
          await untilImage(page, 5);
          await page.keyboard.press("ArrowLeft");
          await feedback.waitFor();
        }
        await page.keyboard.press("Enter");
      }
      await page.locator(".training-result").filter({ hasText: end }).waitFor();
      expect(demo.study.codings.history(sample.id)).toHaveLength(7);
      expect(faults).toEqual([]);
      await close();
    },
  );

  it("shows an adjudicator what the coders disagree on, with what they said, and nothing of the prediction", async () => {
    const sample = demo.sampleOf({ perCategory: 1 });
    const [a, b, c] = demo.categories;
    const eve = await openTab(demo.linkOf(sample, "Eve", "adjudicator"));
    const coders = [await openTab(demo.linkOf(sample, "Anna")), await openTab(demo.linkOf(sample, "Ben"))];
    await eve.page.reload();
    await eve.page.getByRole("heading", { name: "Nothing to decide yet" }).waitFor();
    await eve.page.getByText("7 images may still get more codes.").waitFor();
    // Both say the same of all images but two.
    for (const [index, { page }] of coders.entries()) {
      for (let number = 1; number <= 7; number++) {
        await untilImage(page, number);
        if (index === 1 && number === 1) {
          await page.keyboard.press("n");
          await page.keyboard.type("the roof");
          await page.keyboard.press("Enter");
        }
        await page.keyboard.press(index === 1 && number <= 2 ? (number === 1 ? "2" : "u") : "1");
        await untilCoded(page, number);
      }
    }
    await eve.page.reload();
    await untilImage(eve.page, 1);
    const codes = async () => (await eve.page.locator(".coder-codes dl > div").allTextContents()).join(" | ");
    const said = [await codes()];
    await eve.page.keyboard.press("3");
    await untilCoded(eve.page, 1);
    await untilImage(eve.page, 2);
    said.push(await codes());
    await eve.page.keyboard.press("1");
    await eve.page.getByRole("heading", { name: "Done: all 2 disagreements are decided" }).waitFor();
    await untilCoded(eve.page, 2);
    expect(said.toSorted()).toEqual([`Anna${a} | Ben${b} “the roof”`, `Anna${a} | BenUnsure`].toSorted());
    expect(
      demo.study.codings.newest(sample.id, { role: "adjudicator" }).map(({ coder, value }) => [coder, value]),
    ).toEqual(
      expect.arrayContaining([
        ["Eve", a],
        ["Eve", c],
      ]),
    );
    for (const { faults, close } of [eve, ...coders]) {
      expect(faults).toEqual([]);
      await close();
    }
  });
});
