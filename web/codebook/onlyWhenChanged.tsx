import { type Component, type ComponentType, createElement, type FunctionComponent } from "preact";

/** A component that is drawn anew only when one of its props is another object than before. */
export function onlyWhenChanged<Props extends object>(inner: ComponentType<Props>): FunctionComponent<Props> {
  function OnlyWhenChanged(this: Component<Props>, props: Props) {
    this.shouldComponentUpdate = (next) => !isShallowlyEqual(this.props as Props, next as Props);
    return createElement(inner, props);
  }
  return OnlyWhenChanged as unknown as FunctionComponent<Props>;
}

function isShallowlyEqual<Props extends object>(before: Props, after: Props): boolean {
  const keys = Object.keys(after) as (keyof Props)[];
  return (
    keys.length === Object.keys(before).length && keys.every((key) => Object.is(before[key], after[key]))
  );
}
