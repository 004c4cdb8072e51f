import type { ScreenProps } from "../shell/screenProps.ts";

export function GalleryScreen({ study }: ScreenProps) {
  return <h1>{study.name}</h1>;
}
