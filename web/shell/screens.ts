import type { ComponentType } from "preact";
import type { ScreenProps } from "./screenProps.ts";

/** A screen, its address, and how its code is fetched when it is first needed. */
export interface ScreenEntry {
  readonly path: string;
  readonly name: string;
  readonly load: () => Promise<ComponentType<ScreenProps>>;
}

/** All screens, in the order of the navigation. */
export const screens: readonly ScreenEntry[] = [
  {
    path: "/",
    name: "Overview",
    load: async () => (await import("../gallery/GalleryScreen.tsx")).GalleryScreen,
  },
  {
    path: "/review",
    name: "Review",
    load: async () => (await import("../review/ReviewScreen.tsx")).ReviewScreen,
  },
  {
    path: "/codebook",
    name: "Codebook",
    load: async () => (await import("../codebook/CodebookScreen.tsx")).CodebookScreen,
  },
  {
    path: "/indexing",
    name: "Add images",
    load: async () => (await import("../indexing/IndexingScreen.tsx")).IndexingScreen,
  },
];
