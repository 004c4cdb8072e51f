import type { DrawKind } from "../drawing/sheet.ts";
import { drawBurger } from "./burger.ts";
import { drawCake } from "./cake.ts";
import { drawCoffee } from "./coffee.ts";
import { drawFruit } from "./fruit.ts";
import { drawPlateOfFood } from "./plateOfFood.ts";

/** Food and drinks. */
export const foodKinds = {
  plate: drawPlateOfFood,
  coffee: drawCoffee,
  fruit: drawFruit,
  cake: drawCake,
  burger: drawBurger,
} satisfies Record<string, DrawKind>;
