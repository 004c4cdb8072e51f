import type { DrawKind } from "../drawing/sheet.ts";
import { drawChatScreenshot } from "./chatScreenshot.ts";
import { drawFeedScreenshot } from "./feedScreenshot.ts";
import { drawInfographic } from "./infographic.ts";
import { drawPhotoGrid } from "./photoGrid.ts";
import { drawScrapbook } from "./scrapbook.ts";
import { drawWebScreenshot } from "./webScreenshot.ts";

/** Screenshots and pictures put together from several others. */
export const collageKinds = {
  photoGrid: drawPhotoGrid,
  chatScreenshot: drawChatScreenshot,
  feedScreenshot: drawFeedScreenshot,
  webScreenshot: drawWebScreenshot,
  infographic: drawInfographic,
  scrapbook: drawScrapbook,
} satisfies Record<string, DrawKind>;
