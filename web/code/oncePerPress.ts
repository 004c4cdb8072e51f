/**
 * Handlers of a button that does something once each time it is pressed: the second click of a double click and the repetitions of a
 * key that is held down, which would hit the next image, do nothing.
 */
export function oncePerPress(run: () => void): {
  readonly onClick: (event: MouseEvent) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
} {
  return {
    // Clicks by the keyboard count 0.
    onClick: (event) => {
      if (event.detail <= 1) run();
    },
    onKeyDown: (event) => {
      if (event.repeat && (event.key === "Enter" || event.key === " ")) event.preventDefault();
    },
  };
}
