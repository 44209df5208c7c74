import { filterOf } from './filter.ts';
import type { Landmark, ListContext } from './panel-content.ts';

export interface Sifted<Item> {
  readonly shown: readonly Item[];
  /** How many there were. */
  readonly of: number;
  is(index: number, landmark: Landmark): boolean;
}

/** The items that the panel's filter lets through; `words` is what of an item is looked at. */
export function sift<Item extends object>(
  items: readonly Item[],
  { filter: text, search: last }: Pick<ListContext, 'filter' | 'search'>,
  words: (item: Item) => string,
): Sifted<Item> {
  const filter = filterOf(text);
  const shown = filter === null ? items : items.filter((item) => filter.matches(item, () => words(item)));
  const search = filter ?? filterOf(last);
  return {
    shown,
    of: items.length,
    is(index, landmark) {
      const item = shown[index];
      return item !== undefined && landmark === 'match' && search?.matches(item, () => words(item)) === true;
    },
  };
}
