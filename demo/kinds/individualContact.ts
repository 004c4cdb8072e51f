import type { DrawKind } from "../drawing/sheet.ts";
import { drawConversation } from "./conversation.ts";
import { drawGroupPhoto } from "./groupPhoto.ts";
import { drawHandshake } from "./handshake.ts";
import { drawHug } from "./hug.ts";
import { drawSelfie } from "./selfie.ts";

/** People who meet: handshakes, hugs, groups that pose, selfies, talks. */
export const individualContactKinds = {
  handshake: drawHandshake,
  hug: drawHug,
  groupPhoto: drawGroupPhoto,
  selfie: drawSelfie,
  conversation: drawConversation,
} satisfies Record<string, DrawKind>;
