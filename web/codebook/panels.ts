import { hrefOf } from "../address.ts";

/** What can stand beside the board. */
export type PanelName = "moves" | "similarity" | "diagnostics" | "find" | "versions";

/** The panels in the order of the screen. */
export const panels: readonly { readonly panel: PanelName; readonly name: string }[] = [
  { panel: "moves", name: "Moved images" },
  { panel: "similarity", name: "Similar phrases" },
  { panel: "diagnostics", name: "Diagnostics" },
  { panel: "find", name: "Find images" },
  { panel: "versions", name: "Versions" },
];

/** Identifier of the link that opens a panel, to which the focus goes back. */
export function panelLinkId(panel: PanelName): string {
  return `panel-link-${panel}`;
}

/** Keys of the address that belong to a panel, and go when it is closed. */
const panelKeys = ["panel", "from", "to", "page", "find", "like", "version", "sample"] as const;

/** The panel that an address names; undefined for none. */
export function maybePanel(query: URLSearchParams): PanelName | undefined {
  return panels.find(({ panel }) => panel === query.get("panel"))?.panel;
}

/** The address of a panel with its own keys, from the present one; undefined closes it. */
export function panelHref(
  query: URLSearchParams,
  panel: PanelName | undefined,
  keys: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const without = Object.fromEntries(panelKeys.map((key) => [key, undefined]));
  return hrefOf("/codebook", { ...without, panel, ...keys }, query);
}
