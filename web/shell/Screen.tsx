import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ApiError } from "../api.ts";
import { Failure } from "./Failure.tsx";
import type { ScreenProps } from "./screenProps.ts";
import type { ScreenEntry } from "./screens.ts";

/** A screen, once its code is here. */
export function Screen({ load, ...props }: ScreenProps & Pick<ScreenEntry, "load">) {
  const [screen, setScreen] = useState<{ readonly Loaded: ComponentType<ScreenProps> }>();
  const [failure, setFailure] = useState<Error>();
  useEffect(() => {
    load().then(
      (Loaded) => setScreen({ Loaded }),
      () =>
        setFailure(
          new ApiError(0, {
            error: "this screen could not be fetched from the server",
            hint: "is `clipbook serve` still running? Reload the page",
          }),
        ),
    );
  }, [load]);
  if (failure !== undefined) return <Failure error={failure} />;
  if (screen === undefined) return <p class="waiting">Opening …</p>;
  return <screen.Loaded {...props} />;
}
