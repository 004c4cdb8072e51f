import type { ComponentType } from "preact";
import type { ScreenProps } from "./screenProps.ts";

/** A screen, its address, and how its code is fetched when it is first needed. */
export interface ScreenEntry {
  readonly path: string;
  readonly name: string;
  /** Its folder, to which its styles are confined. */
  readonly folder: "gallery" | "review" | "codebook" | "sample" | "results" | "indexing";
  readonly load: () => Promise<ComponentType<ScreenProps>>;
}

/** All screens, in the order of the navigation. */
export const screens: readonly ScreenEntry[] = [
  {
    path: "/",
    name: "Overview",
    folder: "gallery",
    load: async () => (await import("../gallery/GalleryScreen.tsx")).GalleryScreen,
  },
  {
    path: "/review",
    name: "Review",
    folder: "review",
    load: async () => (await import("../review/ReviewScreen.tsx")).ReviewScreen,
  },
  {
    path: "/codebook",
    name: "Codebook",
    folder: "codebook",
    load: async () => (await import("../codebook/CodebookScreen.tsx")).CodebookScreen,
  },
  {
    path: "/sample",
    name: "Sample",
    folder: "sample",
    load: async () => (await import("../sample/SampleScreen.tsx")).SampleScreen,
  },
  {
    path: "/results",
    name: "Results",
    folder: "results",
    load: async () => (await import("../results/ResultsScreen.tsx")).ResultsScreen,
  },
  {
    path: "/indexing",
    name: "Add images",
    folder: "indexing",
    load: async () => (await import("../indexing/IndexingScreen.tsx")).IndexingScreen,
  },
];
