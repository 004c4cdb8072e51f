import { describe, expect, it } from "vitest";
import { ApiError } from "../../../web/api.ts";
import type { OwnCoding, Said } from "../../../web/code/codingState.ts";
import { type Delivery, type Judgement, openOutbox } from "../../../web/code/outbox.ts";
import type { TextStore } from "../../../web/shell/keepText.ts";

const away = new ApiError(0, { error: "the server does not answer" });
const trees: Said = { answer: "category", value: "Trees", note: "" };
const houses: Said = { answer: "category", value: "Houses", note: "" };

/** A browser's store that a page's end does not empty. */
function memoryStore(): TextStore & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    get length() {
      return texts.size;
    },
    key: (index) => [...texts.keys()][index] ?? null,
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  };
}

/** A server that keeps the newest coding of each image, and may be away, or lose its answers. */
function server() {
  const codings = new Map<number, OwnCoding>();
  const written: string[] = [];
  const state = {
    isAway: false,
    losesAnswers: false,
    refuses: undefined as ApiError | undefined,
    refusesAt: undefined as number | undefined,
  };
  const write = (at: number, { answer, value, note }: Said): OwnCoding => {
    written.push(`${at} ${value ?? answer}`);
    const coding = { id: written.length, answer, value, note };
    codings.set(at, coding);
    return coding;
  };
  const send = async (judgement: Judgement): Promise<Delivery> => {
    if (state.isAway) throw away;
    if (state.refuses !== undefined && (state.refusesAt ?? judgement.at) === judgement.at)
      throw state.refuses;
    const present = codings.get(judgement.at);
    if (present !== undefined && present.id !== judgement.seen)
      return { present, isFinal: false, known: null };
    const saved = write(judgement.at, judgement);
    if (state.losesAnswers) throw away;
    return { saved, known: null };
  };
  return { state, codings, written, write, send };
}

function page(from: ReturnType<typeof server>, store = memoryStore()) {
  const saved: string[] = [];
  const due: (() => void)[] = [];
  const outbox = openOutbox({
    link: "secret",
    store,
    send: from.send,
    onSaved: (at, { id, value, answer }) => void saved.push(`${at} ${value ?? answer} ${id}`),
    onChange: () => {},
    later: (run) => {
      due.push(run);
      return () => void due.splice(due.indexOf(run), 1);
    },
  });
  const put = (at: number, said: Said, seen = 0) => outbox.put({ at, ...said, seconds: 2, seen });
  return { outbox, store, saved, due, put };
}

/** Everything that does not wait for time has happened. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("judgements", () => {
  it("are sent one after the other, and kept by the browser until they are saved", async () => {
    const remote = server();
    const { put, saved, store, outbox } = page(remote);
    put(3, trees);
    put(1, houses);
    expect([...store.texts.keys()]).toEqual(["clipbook code secret 3", "clipbook code secret 1"]);
    await settled();
    expect(saved).toEqual(["3 Trees 1", "1 Houses 2"]);
    expect([store.texts.size, outbox.state().waiting]).toEqual([0, []]);
  });

  it("wait while the server is away, are tried again by themselves, and outlive the page", async () => {
    const remote = server();
    remote.state.isAway = true;
    const first = page(remote);
    first.put(3, trees);
    first.put(1, houses);
    await settled();
    expect(first.outbox.state()).toMatchObject({ failure: away, isRefused: false, isKept: true });
    expect(first.due).toHaveLength(1);
    first.outbox.close();
    remote.state.isAway = false;
    const second = page(remote, first.store);
    await settled();
    expect(second.saved.toSorted()).toEqual(["1 Houses 1", "3 Trees 2"]);
    expect(second.store.texts.size).toBe(0);
    expect(remote.written).toHaveLength(2);
  });

  it("are tried again when their time comes", async () => {
    const remote = server();
    remote.state.isAway = true;
    const { put, due, saved, outbox } = page(remote);
    put(3, trees);
    await settled();
    remote.state.isAway = false;
    due[0]?.();
    await settled();
    expect(saved).toEqual(["3 Trees 1"]);
    expect(outbox.state().failure).toBeUndefined();
  });

  it("whose answer was lost are saved once", async () => {
    const remote = server();
    remote.state.losesAnswers = true;
    const { put, saved, outbox } = page(remote);
    put(3, trees);
    await settled();
    remote.state.losesAnswers = false;
    outbox.retry();
    await settled();
    expect(saved).toEqual(["3 Trees 1"]);
    expect(remote.written).toEqual(["3 Trees"]);
  });

  it("replace what was said before, also where its answer was lost, and are no clash with themselves", async () => {
    const remote = server();
    remote.state.losesAnswers = true;
    const { put, saved, outbox } = page(remote);
    put(3, trees);
    await settled();
    remote.state.losesAnswers = false;
    put(3, houses);
    outbox.retry();
    await settled();
    expect(outbox.state().clash).toBeUndefined();
    expect(saved).toEqual(["3 Houses 2"]);
    expect(remote.written).toEqual(["3 Trees", "3 Houses"]);
  });

  it("that are changed while they are on their way follow what they replace", async () => {
    const remote = server();
    const { put, saved } = page(remote);
    put(3, trees);
    put(3, houses);
    put(3, { answer: "withdrawn", value: null, note: "" });
    await settled();
    expect(saved.at(-1)).toBe("3 withdrawn 2");
    expect(remote.written).toEqual(["3 Trees", "3 withdrawn"]);
  });

  it.each([
    ["present", ["3 Houses 1"], ["3 Houses"]],
    ["mine", ["3 Trees 2"], ["3 Houses", "3 Trees"]],
  ] as const)(
    "of another tab are not overwritten until the coder says so: %s",
    async (which, saved, written) => {
      const remote = server();
      remote.write(3, houses);
      const tab = page(remote);
      tab.put(3, trees);
      tab.put(4, trees);
      await settled();
      expect(tab.outbox.state().clash).toMatchObject({ judgement: trees, present: houses });
      expect(remote.written).toEqual(["3 Houses"]);
      tab.outbox.settle(which);
      await settled();
      expect(tab.saved).toEqual([...saved, `4 Trees ${written.length + 1}`]);
      expect(remote.written).toEqual([...written, "4 Trees"]);
    },
  );

  it("that the server refuses are not tried again by themselves, and can be given up", async () => {
    const remote = server();
    remote.state.refuses = new ApiError(400, { error: "no such category" });
    const { put, outbox, due, saved, store } = page(remote);
    put(3, trees);
    put(4, trees);
    await settled();
    expect([outbox.state().isRefused, due.length]).toEqual([true, 0]);
    remote.state.refuses = undefined;
    outbox.discard();
    await settled();
    expect(saved).toEqual(["4 Trees 1"]);
    expect(store.texts.size).toBe(0);
  });

  it("that follow a refused one are sent when its image is judged anew, and never given up in its place", async () => {
    const remote = server();
    remote.state.refuses = new ApiError(400, { error: "no such category" });
    remote.state.refusesAt = 3;
    const { put, outbox, saved } = page(remote);
    put(3, trees);
    put(4, trees);
    await settled();
    expect(outbox.state().isRefused).toBe(true);
    put(3, houses);
    expect(outbox.state()).toMatchObject({ isRefused: false, failure: undefined });
    await settled();
    expect(saved).toEqual(["4 Trees 1"]);
    expect(outbox.state().isRefused).toBe(true);
    put(5, houses);
    outbox.discard();
    await settled();
    expect(saved).toEqual(["4 Trees 1", "5 Houses 2"]);
    expect(outbox.state().waiting).toEqual([]);
  });

  it("that are refused after their image was judged anew stand in nobody's way", async () => {
    const remote = server();
    remote.state.refuses = new ApiError(400, { error: "no such category" });
    const { put, outbox, saved } = page(remote);
    put(3, trees);
    remote.state.refuses = undefined;
    // The first one is on its way, and comes back refused.
    put(3, houses);
    await settled();
    expect([saved, outbox.state().failure]).toEqual([["3 Houses 1"], undefined]);
  });

  it("leave alone what another tab keeps of the same image", async () => {
    const remote = server();
    const { put, store } = page(remote);
    put(3, trees);
    // Before the answer comes, the other tab has said something else of it.
    store.setItem("clipbook code secret 3", "the other tab's");
    await settled();
    expect([...store.texts.values()]).toEqual(["the other tab's"]);
  });

  it("leave alone what is no judgement, and say so where the browser keeps nothing", async () => {
    const remote = server();
    const store = memoryStore();
    store.setItem("clipbook code secret 1", "{");
    store.setItem("clipbook code secret 2", '{"at":"x"}');
    store.setItem(
      "clipbook code other 5",
      JSON.stringify({ ...trees, at: 5, seen: 0, seconds: 1, earlier: [] }),
    );
    const { outbox } = page(remote, store);
    await settled();
    expect([outbox.state().waiting, remote.written]).toEqual([[], []]);
    remote.state.isAway = true;
    const full = memoryStore();
    full.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const other = page(remote, full);
    other.put(3, trees);
    await settled();
    expect(other.outbox.state().isKept).toBe(false);
  });
});
