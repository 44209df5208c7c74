/** A map that forgets what was set the longest ago when it holds too much. */
export interface BoundedMap<K, V> {
  get(key: K): V | undefined;
  /** The newest from now on. */
  set(key: K, value: V): void;
  /** Oldest first. */
  values(): IterableIterator<V>;
  clear(): void;
}

/** Holds `most` values at most, and so many that all of them weigh no more than `mostWeight`; one alone may weigh more. */
export function createBoundedMap<K, V>(
  most: number,
  mostWeight: number,
  weigh: (value: V, key: K) => number,
): BoundedMap<K, V> {
  const held = new Map<K, { value: V; weight: number }>();
  let weight = 0;
  let newest: K | undefined;
  const remove = (key: K): void => {
    const one = held.get(key);
    if (one === undefined) return;
    held.delete(key);
    weight -= one.weight;
  };
  return {
    get: (key) => held.get(key)?.value,
    set(key, value) {
      // what comes again and again stays where it is
      if (key !== newest) remove(key);
      const one = { value, weight: weigh(value, key) };
      weight += one.weight - (held.get(key)?.weight ?? 0);
      held.set(key, one);
      newest = key;
      while (held.size > 1 && (held.size > most || weight > mostWeight)) remove(held.keys().next().value as K);
    },
    *values() {
      for (const { value } of held.values()) yield value;
    },
    clear() {
      held.clear();
      weight = 0;
      newest = undefined;
    },
  };
}
