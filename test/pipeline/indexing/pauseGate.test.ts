import { setImmediate as nextTurn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createPauseGate } from "../../../src/pipeline/indexing/pauseGate.ts";

describe("createPauseGate", () => {
  it("lets everybody through while it is open, and tells nobody", async () => {
    let reached = 0;
    const gate = createPauseGate(() => {
      reached += 1;
    });
    await gate.pass();
    expect([gate.isClosed(), reached]).toEqual([false, 0]);
  });

  it("holds whoever comes while it is closed, says so, and lets them go when it opens", async () => {
    const steps: string[] = [];
    const gate = createPauseGate(() => steps.push("reached"));
    gate.close();
    const passing = gate.pass().then(() => steps.push("passed"));
    await nextTurn();
    steps.push("opened");
    gate.open();
    await passing;
    expect(steps).toEqual(["reached", "opened", "passed"]);
  });

  it("holds them on where it was closed again at once", async () => {
    let reached = 0;
    const gate = createPauseGate(() => {
      reached += 1;
    });
    gate.close();
    let hasPassed = false;
    const passing = gate.pass().then(() => {
      hasPassed = true;
    });
    gate.open();
    gate.close();
    await nextTurn();
    expect([hasPassed, reached]).toEqual([false, 2]);
    gate.open();
    await passing;
  });

  it("throws the reason of an abort while it is closed", async () => {
    const abort = new AbortController();
    const gate = createPauseGate(() => undefined);
    gate.close();
    const passing = gate.pass(abort.signal);
    const reason = new Error("stopped");
    abort.abort(reason);
    await expect(passing).rejects.toBe(reason);
    await expect(gate.pass(abort.signal)).rejects.toBe(reason);
  });
});
