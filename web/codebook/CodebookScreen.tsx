import type { ScreenProps } from "../shell/screenProps.ts";

export function CodebookScreen({ study }: ScreenProps) {
  return <h1>{study.name}</h1>;
}
