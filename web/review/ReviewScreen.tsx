import type { ScreenProps } from "../shell/screenProps.ts";

export function ReviewScreen({ study }: ScreenProps) {
  return <h1>{study.name}</h1>;
}
