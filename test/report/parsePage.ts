import { type DefaultTreeAdapterTypes, parse } from "parse5";

export type PageNode = DefaultTreeAdapterTypes.ParentNode;
export type PageElement = DefaultTreeAdapterTypes.Element;

/** Parses as a browser does, by the HTML standard's own algorithm. */
export function parsePage(text: string): PageNode {
  return parse(text);
}

/** All elements below a node in document order, or only those of one tag name. */
export function elements(node: PageNode, tagName?: string): readonly PageElement[] {
  return node.childNodes.flatMap((child) => {
    if (!("tagName" in child)) return [];
    const below = elements(child, tagName);
    return tagName === undefined || child.tagName === tagName ? [child, ...below] : below;
  });
}

export function attribute(element: PageElement, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name)?.value;
}

/** The element with an id. */
export function byId(node: PageNode, id: string): PageElement {
  const found = elements(node).find((element) => attribute(element, "id") === id);
  if (found === undefined) throw new Error(`no element has the id ${id}`);
  return found;
}

export function byClass(node: PageNode, name: string): readonly PageElement[] {
  return elements(node).filter((element) => attribute(element, "class")?.split(" ").includes(name));
}

export function textOf(node: PageNode): string {
  return node.childNodes
    .map((child) => ("value" in child ? child.value : "childNodes" in child ? textOf(child) : ""))
    .join("");
}

/** Text as people read it: runs of blanks as one. */
export function readableText(node: PageNode): string {
  return textOf(node)
    .replace(/[ \n]+/g, " ")
    .trim();
}
