/** A point in SVG units, y downwards. */
export type Point = readonly [x: number, y: number];

/** A number as the drawings write it: one decimal, so that a picture is the same text everywhere. */
export function short(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(rounded === 0 ? 0 : rounded);
}

/** A rectangle, with round corners if a radius is given. */
export function rect(x: number, y: number, width: number, height: number, fill: string, radius = 0): string {
  const round = radius > 0 ? ` rx="${short(radius)}"` : "";
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}"${round} fill="${fill}"/>`;
}

/** A circle round (x, y). */
export function circle(x: number, y: number, radius: number, fill: string): string {
  return `<circle cx="${short(x)}" cy="${short(y)}" r="${short(radius)}" fill="${fill}"/>`;
}

/** An ellipse round (x, y). */
export function ellipse(x: number, y: number, radiusX: number, radiusY: number, fill: string): string {
  return `<ellipse cx="${short(x)}" cy="${short(y)}" rx="${short(radiusX)}" ry="${short(radiusY)}" fill="${fill}"/>`;
}

/** A filled polygon. */
export function polygon(points: readonly Point[], fill: string): string {
  return `<polygon points="${points.map(([x, y]) => `${short(x)},${short(y)}`).join(" ")}" fill="${fill}"/>`;
}

/** A filled outline in SVG path language. */
export function shape(outline: string, fill: string): string {
  return `<path d="${outline}" fill="${fill}"/>`;
}

/** A line along a path in SVG path language, with round ends. */
export function stroke(line: string, colour: string, width: number): string {
  return `<path d="${line}" fill="none" stroke="${colour}" stroke-width="${short(width)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}

/** A line through points, with round ends and corners. */
export function polyline(points: readonly Point[], colour: string, width: number): string {
  return stroke(`M${points.map(([x, y]) => `${short(x)} ${short(y)}`).join("L")}`, colour, width);
}

/** Drawing moved, then turned (degrees, clockwise), then scaled; a pair of scales may mirror it. */
export function placed(
  content: string,
  at: { x?: number; y?: number; turn?: number; scale?: number | readonly [number, number] },
): string {
  const { x = 0, y = 0, turn = 0, scale = 1 } = at;
  const [scaleX, scaleY] = typeof scale === "number" ? [scale, scale] : scale;
  const steps = [`translate(${short(x)} ${short(y)})`];
  if (turn !== 0) steps.push(`rotate(${short(turn)})`);
  if (scaleX !== 1 || scaleY !== 1) steps.push(`scale(${scaleX.toFixed(4)} ${scaleY.toFixed(4)})`);
  return `<g transform="${steps.join(" ")}">${content}</g>`;
}

/** The same drawing, see-through: opacity 0 to 1. */
export function faded(content: string, opacity: number): string {
  return `<g opacity="${opacity.toFixed(2)}">${content}</g>`;
}

/** A fill that runs from the top colour to the bottom one; put `definition` into the drawing and `fill` into a shape. */
export function verticalGradient(top: string, bottom: string): { definition: string; fill: string } {
  const id = `v${top.slice(1)}${bottom.slice(1)}`;
  const stops = `<stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/>`;
  return {
    definition: `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops}</linearGradient>`,
    fill: `url(#${id})`,
  };
}

/** A round glow that fades to nothing. */
export function glow(x: number, y: number, radius: number, colour: string, strength = 0.8): string {
  const id = `r${colour.slice(1)}${Math.round(strength * 100)}`;
  const stops = `<stop offset="0" stop-color="${colour}" stop-opacity="${strength.toFixed(2)}"/><stop offset="1" stop-color="${colour}" stop-opacity="0"/>`;
  return `<radialGradient id="${id}">${stops}</radialGradient>${circle(x, y, radius, `url(#${id})`)}`;
}

/** A rectangle filled from top to bottom. */
export function gradientRect(
  x: number,
  y: number,
  width: number,
  height: number,
  top: string,
  bottom: string,
): string {
  const { definition, fill } = verticalGradient(top, bottom);
  return definition + rect(x, y, width, height, fill);
}

/** The content seen through a window: it is laid out in `inner` units and cut to fill the window. */
export function windowed(
  content: string,
  at: { x: number; y: number; width: number; height: number },
  inner: { width: number; height: number },
): string {
  const box = `x="${short(at.x)}" y="${short(at.y)}" width="${short(at.width)}" height="${short(at.height)}"`;
  return `<svg ${box} viewBox="0 0 ${short(inner.width)} ${short(inner.height)}" preserveAspectRatio="xMidYMid slice">${content}</svg>`;
}

/** The content cut to a circle. */
export function roundWindow(content: string, x: number, y: number, radius: number): string {
  const id = `c${short(x)}_${short(y)}_${short(radius)}`.replaceAll(".", "p").replaceAll("-", "m");
  return `<clipPath id="${id}">${circle(x, y, radius, "#000")}</clipPath><g clip-path="url(#${id})">${content}</g>`;
}
