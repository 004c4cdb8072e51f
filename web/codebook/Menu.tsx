import { useLayoutEffect, useRef } from "preact/hooks";

/** One thing that a menu offers. */
export interface MenuItem {
  readonly name: string;
  readonly act: () => void;
  /** A heading above it: what the items from here on are. */
  readonly heading?: string;
}

/** A menu at the button that opened it. */
export interface MenuSpec {
  /** Whose menu it is, for screen readers. */
  readonly label: string;
  readonly anchor: HTMLElement;
  readonly items: readonly MenuItem[];
}

/** Typing goes on with the same word when no more than this lies between two keys. */
const sameWordMs = 700;

/** The menu that is open: arrow keys, first letters, Enter; Escape and a click elsewhere close it. */
export function Menu({ label, anchor, items, onClose }: MenuSpec & { readonly onClose: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  const typed = useRef({ word: "", at: 0 });
  const acted = useRef(false);
  const options = () => [...(box.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  useLayoutEffect(() => {
    const menu = box.current;
    if (menu === null) return;
    menu.showPopover();
    place(menu, anchor);
    options()[0]?.focus({ preventScroll: true });
    return () => {
      // An action says itself where the focus goes.
      if (!acted.current && anchor.isConnected) anchor.focus({ preventScroll: true });
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    const all = options();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const targets: Record<string, number> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      all[target]?.focus();
    } else if (event.key === "Tab") {
      event.preventDefault();
      onClose();
    } else if (
      event.key.length === 1 &&
      event.key !== " " &&
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey
    ) {
      const isSame = event.timeStamp - typed.current.at < sameWordMs;
      typed.current = {
        word: (isSame ? typed.current.word : "") + event.key.toLowerCase(),
        at: event.timeStamp,
      };
      const { word } = typed.current;
      const order = [...all.slice(isSame ? at : at + 1), ...all.slice(0, isSame ? at : at + 1)];
      order.find((option) => option.textContent?.trim().toLowerCase().startsWith(word))?.focus();
    }
  };
  return (
    <div
      ref={box}
      popover="auto"
      role="menu"
      aria-label={label}
      class="menu"
      onKeyDown={onKeyDown}
      onToggle={(event) => {
        if (event.newState === "closed") onClose();
      }}
    >
      {items.map(({ name, act, heading }, index) => (
        <div role="none" key={`${index} ${name}`}>
          {heading !== undefined && (
            <p class="menu-heading" role="presentation">
              {heading}
            </p>
          )}
          <button
            type="button"
            role="menuitem"
            tabIndex={-1}
            dir="auto"
            onClick={() => {
              acted.current = true;
              onClose();
              act();
            }}
          >
            {name}
          </button>
        </div>
      ))}
    </div>
  );
}

/** Below the button where there is room, else above it; always inside the window. */
function place(menu: HTMLElement, anchor: HTMLElement): void {
  const margin = 8;
  const button = anchor.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const left = Math.max(margin, Math.min(button.right - width, innerWidth - width - margin));
  const below = button.bottom + 4;
  const fits = below + height <= innerHeight - margin;
  const top = fits
    ? below
    : Math.max(margin, Math.min(button.top - height - 4, innerHeight - height - margin));
  menu.style.left = `${left}px`;
  menu.style.top = `${top}px`;
}
