import { describe, expect, it } from "vitest";
import { codingOrder } from "../../src/validation/codingOrder.ts";

describe("a coder's order", () => {
  it("has every image once, is the same again, and differs between coders, seeds and names in any script", () => {
    const orders = [
      codingOrder(200, 1, "Anna"),
      codingOrder(200, 1, "Ben"),
      codingOrder(200, 2, "Anna"),
      codingOrder(200, 1, "安娜"),
    ];
    for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual([...Array(200).keys()]);
    expect(codingOrder(200, 1, "Anna")).toEqual(orders[0]);
    expect(new Set(orders.map(String)).size).toBe(4);
  });
});
