import { describe, expect, it } from "vitest";
import { codingOrder } from "../../src/validation/codingOrder.ts";

const bySeed = (seed: number) => ({ seed, design: {} });
const byKey = (orderKey: string) => ({ seed: 1, design: { orderKey } });

describe("a coder's order", () => {
  it("has every image once, is the same again, and differs between coders, keys and names in any script", () => {
    const orders = [
      codingOrder(200, byKey("a"), "Anna"),
      codingOrder(200, byKey("a"), "Ben"),
      codingOrder(200, byKey("b"), "Anna"),
      codingOrder(200, byKey("a"), "安娜"),
      codingOrder(200, bySeed(1), "Anna"),
      codingOrder(200, bySeed(2), "Anna"),
    ];
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([...Array(200).keys()]);
    expect(codingOrder(200, byKey("a"), "Anna")).toEqual(orders[0]);
    expect(new Set(orders.map(String)).size).toBe(6);
  });

  it("hangs on the key alone where there is one", () => {
    const design = { orderKey: "a" };
    expect(codingOrder(50, { seed: 2, design }, "Anna")).toEqual(
      codingOrder(50, { seed: 1, design }, "Anna"),
    );
  });
});
