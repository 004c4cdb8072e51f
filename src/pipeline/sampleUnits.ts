import type { IgnoredFile, Unit } from "../images/unit.ts";

/** Units drawn from a stream. */
export interface UnitSample {
  /** In the stream's order. */
  readonly units: readonly Unit[];
  /** How many the stream had. */
  readonly found: number;
}

/**
 * Draws units from a stream without replacement, every subset equally likely, keeping only the drawn ones (Vitter 1985,
 * "Random sampling with a reservoir", algorithm R).
 * @throws the signal's reason when aborted
 */
export async function sampleUnits(
  stream: AsyncIterable<Unit | IgnoredFile>,
  size: number,
  random: () => number,
  signal?: AbortSignal,
): Promise<UnitSample> {
  const drawn: { readonly unit: Unit; readonly position: number }[] = [];
  let found = 0;
  for await (const unit of stream) {
    signal?.throwIfAborted();
    if ("ignored" in unit) continue;
    const position = found;
    found += 1;
    if (drawn.length < size) drawn.push({ unit, position });
    else {
      const place = Math.floor(random() * found);
      if (place < size) drawn[place] = { unit, position };
    }
  }
  drawn.sort((a, b) => a.position - b.position);
  return { units: drawn.map(({ unit }) => unit), found };
}
