import type { ScreenProps } from "../shell/screenProps.ts";

export function IndexingScreen({ study }: ScreenProps) {
  return <h1>{study.name}</h1>;
}
