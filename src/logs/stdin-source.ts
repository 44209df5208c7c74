import { decoded } from './containers/decoded.ts';
import { countLines } from './follow/count-lines.ts';
import { LINE_BYTES, lineCutter } from './follow/lines.ts';
import type { NamedSource } from './named-sources.ts';
import type { Source, SourceItem, SourceStatus } from './source.ts';

const CHUNK_BYTES = 256 * 1024;

/** Standard input, read as it is asked for: a slow reader of ours slows the writer down, and nothing piles up. */
export function stdinSource(stream: AsyncIterable<Buffer>, ending: AbortSignal): NamedSource {
  const chunks = stream[Symbol.asyncIterator]();
  const cutter = lineCutter();
  const status: SourceStatus = {
    state: 'FOLLOWING',
    why: null,
    lines: 0,
    bytes: 0,
    behindBytes: 0,
    lastLineAt: null,
    rotations: 0,
    gaps: 0,
  };
  const aborted = new Promise<'aborted'>((resolve) => {
    if (ending.aborted) resolve('aborted');
    ending.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
  let offset = 0;
  let waiting: Buffer = Buffer.alloc(0);
  let over = false;

  const settle = (items: SourceItem[], now: number | null): SourceItem[] => {
    for (const item of items) {
      if (item.type === 'gap') status.gaps += 1;
      if (item.type !== 'lines') continue;
      status.lines += countLines(item.bytes);
      status.bytes += item.bytes.length;
      status.lastLineAt = now ?? status.lastLineAt;
    }
    return items;
  };

  const source: Source = {
    kind: 'stdin',
    path: '-',
    poll(now) {
      const items: SourceItem[] = [];
      const part = waiting.subarray(0, CHUNK_BYTES);
      waiting = waiting.subarray(part.length);
      if (part.length === 0) return items;
      const block = Buffer.allocUnsafe(part.length + LINE_BYTES);
      const from = cutter.lay(block, 0);
      const end = from + part.copy(block, from);
      cutter.cut(block, 0, end, offset - from, () => false, items);
      offset += part.length;
      return settle(items, now);
    },
    status: () => ({ ...status }),
    end() {
      const items: SourceItem[] = [];
      cutter.flush(offset, false, items);
      return settle(items, null);
    },
    position: () => null,
    async close() {
      if (!over) void chunks.return?.();
    },
  };

  return {
    async ready() {
      if (waiting.length > 0 || over) return;
      const next = await Promise.race([chunks.next(), aborted]);
      if (next === 'aborted' || next.done === true) over = true;
      else waiting = next.value;
    },
    ended: () => over,
    read: () => true,
    source: decoded(() => source),
  };
}
