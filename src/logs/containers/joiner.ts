import { cutAt, LINE_BYTES } from '../follow/lines.ts';
import type { SourceItem, Stamp } from '../source.ts';
import type { ContainerRecord } from './record.ts';

/** Nobody waits longer for the rest of a line, ms. */
const REST_MS = 30_000;
const LF = 10;

/** Where the record of a file stands, and whether it was there at first sight. */
interface Standing {
  offset: number;
  old: boolean;
}

/** The beginning of a line whose rest has not come. */
interface Begun extends Standing {
  parts: Buffer[];
  /** Bytes of the parts; never above 64 KiB by more than one record. */
  bytes: number;
  /** Bytes that were passed over because the line was too long. */
  lost: number;
  at: number | null;
  /** Monotonic, ms. */
  since: number;
}

/** Makes lines of a container's records, each stream by itself. What it gives has an LF and the time of the engine. */
export interface Joiner {
  /** True while the rest of a line has not come. */
  waits(): boolean;
  take(record: ContainerRecord, standing: Standing, now: number, items: SourceItem[]): void;
  /** Gives what waits where its rest is overdue, all of it at once; or whatever it is, with no `now`. */
  flush(items: SourceItem[], now?: number): void;
}

export function createJoiner(): Joiner {
  const begun = new Map<string, Begun>();

  const add = (line: Begun, text: Buffer): void => {
    if (line.bytes > LINE_BYTES) line.lost += text.length;
    else {
      line.parts.push(text);
      line.bytes += text.length;
    }
  };

  return {
    waits: () => begun.size > 0,
    take({ text, stream, at, partial }, { offset, old }, now, items) {
      const before = begun.get(stream);
      if (before === undefined && !partial && text.length <= LINE_BYTES) {
        items.push({ type: 'lines', bytes: text, offset, old, stream, stamp: stampAt(at) });
        return;
      }
      const line = before ?? { parts: [], bytes: 0, lost: 0, offset, old, at, since: now };
      add(line, partial ? Buffer.from(text) : text.subarray(0, -1));
      line.old = old;
      if (partial) {
        begun.set(stream, line);
        return;
      }
      begun.delete(stream);
      give(line, stream, items);
    },
    flush(items, now) {
      if (now !== undefined && ![...begun.values()].some(({ since }) => now - since >= REST_MS)) return;
      for (const [stream, line] of begun) give(line, stream, items);
      begun.clear();
    },
  };
}

const stampAt = (at: number | null): Stamp | null => (at === null ? null : { at, from: 'container' });

function give({ parts, bytes, lost, offset, old, at }: Begun, stream: string, items: SourceItem[]): void {
  const joined = Buffer.concat([...parts, Buffer.from([LF])]);
  const end = bytes > LINE_BYTES ? cutAt(joined, 0) : bytes;
  joined[end] = LF;
  items.push({ type: 'lines', bytes: joined.subarray(0, end + 1), offset, old, stream, stamp: stampAt(at) });
  if (bytes + lost > end) items.push({ type: 'gap', bytes: bytes + lost - end, why: 'CAPPED' });
}
