/** Lists of small numbers, one behind the other: list `n` is `items` from `from[n]` to `from[n + 1]`. */
export interface Lists {
  from: Uint32Array;
  items: Uint16Array;
}

/** Throws RangeError where a number is no unsigned 16-bit one. */
export function pack(lists: readonly (readonly number[])[]): Lists {
  const from = new Uint32Array(lists.length + 1);
  let end = 0;
  for (let list = 0; list < lists.length; list++) {
    from[list] = end;
    end += (lists[list] as readonly number[]).length;
  }
  from[lists.length] = end;
  const items = new Uint16Array(end);
  for (let list = 0; list < lists.length; list++) {
    let at = from[list] as number;
    for (const item of lists[list] as readonly number[]) {
      items[at] = item;
      if (items[at++] !== item) throw new RangeError(`${item} does not fit in 16 bits`);
    }
  }
  return { from, items };
}
