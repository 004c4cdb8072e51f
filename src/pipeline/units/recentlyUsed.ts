/** A memory for what was used last; what was not used for the longest time goes first. */
export interface RecentlyUsed<Value> {
  /** The value of a key, made where it is not known. One that could not be made is not kept. */
  get(key: string, make: () => Promise<Value>): Promise<Value>;
}

/** A memory for so many values at most; asked for twice at once, a value is made once. */
export function openRecentlyUsed<Value>(most: number): RecentlyUsed<Value> {
  const values = new Map<string, Promise<Value>>();
  return {
    get: (key, make) => {
      const value = values.get(key) ?? make();
      values.delete(key);
      values.set(key, value);
      value.catch(() => {
        if (values.get(key) === value) values.delete(key);
      });
      for (const oldest of values.keys()) {
        if (values.size <= most) break;
        values.delete(oldest);
      }
      return value;
    },
  };
}
