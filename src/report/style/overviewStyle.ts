import { colors } from "./colors.ts";
import { page } from "./page.ts";
import { print } from "./print.ts";
import { sections } from "./sections.ts";

// The renderer escapes a style's text like any other and the browser does not undo it there, so these sheets use
// single quotes only and neither & nor <.
/** The page's whole style sheet. */
export const overviewStyle: string = [colors, page, sections, print].join("");
