import type { SourceItem } from '../../../../src/logs/source.ts';

/** What was told up to the last save: only that may be told again after a restart, and only as history. */
export function createMemory() {
  let heard = new Set<string>();
  let saved = new Set<string>();
  let before = new Set<string>();
  return {
    save(): void {
      saved = new Set(heard);
    },
    /** What was told since the last save is forgotten. */
    crash(): void {
      heard = new Set(saved);
    },
    restart(): void {
      before = new Set(saved);
    },
    /** The items without what is told once more. */
    fresh(items: SourceItem[]): SourceItem[] {
      return items.flatMap((item): SourceItem[] => {
        if (item.type !== 'lines') return [item];
        const lines = Buffer.from(item.bytes)
          .toString('latin1')
          .split(/(?<=\n)/);
        const fresh = lines.filter((line) => !(item.old && before.has(line)));
        for (const line of fresh) heard.add(line);
        return fresh.length === 0 ? [] : [{ ...item, bytes: Buffer.from(fresh.join(''), 'latin1') }];
      });
    },
  };
}
