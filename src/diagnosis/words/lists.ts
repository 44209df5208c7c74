/** Lists of small numbers, one behind the other: list `n` is `items` from `from[n]` to `from[n + 1]`. */
export interface Lists {
  from: Uint32Array;
  items: Uint16Array;
}

/** Throws RangeError where a number is no unsigned 16-bit one. */
export function pack(lists: readonly (readonly number[])[]): Lists {
  const from = new Uint32Array(lists.length + 1);
  for (const [at, list] of lists.entries()) from[at + 1] = (from[at] as number) + list.length;
  const items = new Uint16Array(from[lists.length] as number);
  for (const [at, list] of lists.entries()) items.set(list, from[at] as number);
  const wrong = lists.findIndex((list) => list.some((item) => item < 0 || item > 0xffff));
  if (wrong >= 0) throw new RangeError(`list ${wrong} has a number that does not fit in 16 bits`);
  return { from, items };
}

/** The characters of texts, as lists of their UTF-16 codes. */
export function packTexts(texts: readonly string[]): Lists {
  return pack(texts.map((text) => Array.from({ length: text.length }, (_none, at) => text.charCodeAt(at))));
}
