import { outsideLinkSentence } from "../images/insideInputs.ts";
import { formatCount } from "./progressLine.ts";

/** What of the inputs was left behind, and could be had with another call. */
export interface LeftFiles {
  addIgnored(name: string): void;
  addFailure(sentence: string): void;
  /** What to tell at the end; empty where nothing was left. */
  notes(): readonly string[];
}

/** Nothing is left behind yet. */
export function startLeftFiles(): LeftFiles {
  let archives = 0;
  let links = 0;
  return {
    addIgnored: (name) => {
      if (/\.zip$/i.test(name)) archives += 1;
    },
    addFailure: (sentence) => {
      if (sentence === outsideLinkSentence) links += 1;
    },
    notes: () => [
      ...(links === 0
        ? []
        : [
            `${formatCount(links)} symbolic ${links === 1 ? "link leads" : "links lead"} out of the folders named and ` +
              `${links === 1 ? "was" : "were"} not followed; add --follow-outside to classify what is behind`,
          ]),
      ...(archives === 0
        ? []
        : [
            `${formatCount(archives)} .zip ${archives === 1 ? "archive" : "archives"} in the inputs ` +
              `${archives === 1 ? "was" : "were"} not opened; name an archive to classify what is in it, and unpack ` +
              "one that lies in another",
          ]),
    ],
  };
}
