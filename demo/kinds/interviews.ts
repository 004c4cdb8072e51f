import type { DrawKind } from "../drawing/sheet.ts";
import { drawBehindTheCamera } from "./behindTheCamera.ts";
import { drawMicrophones } from "./microphones.ts";
import { drawNewsDesk } from "./newsDesk.ts";
import { drawPodcast } from "./podcast.ts";
import { drawPressConference } from "./pressConference.ts";
import { drawStudioTalk } from "./studioTalk.ts";

/** Studios, broadcasts, press conferences and what stands behind the cameras. */
export const interviewKinds = {
  studioTalk: drawStudioTalk,
  newsDesk: drawNewsDesk,
  pressConference: drawPressConference,
  microphones: drawMicrophones,
  behindTheCamera: drawBehindTheCamera,
  podcast: drawPodcast,
} satisfies Record<string, DrawKind>;
