import { closeSync, createReadStream, fstatSync, openSync } from 'node:fs';
import type { Transform } from 'node:stream';
import type { Source, SourceItem, SourceStatus } from '../source.ts';
import { contentOf } from './content.ts';
import { countLines } from './count-lines.ts';
import { systemFiles } from './file-system.ts';
import { LINE_BYTES, lineCutter } from './lines.ts';
import { troubleOf } from './trouble.ts';

/** Unpacked bytes that wait for a poll at most; the unpacking pauses meanwhile. */
const WAITING_BYTES = 1024 * 1024;
const CHUNK_BYTES = 128 * 1024;
const BLOCK_BYTES = 256 * 1024;

/** A packed log that was named: read once, from its beginning to its end, all of it old. */
export interface HistorySource extends Source {
  /** True once everything was handed on, or nothing more can be. */
  ended(): boolean;
  /** Resolves when a poll would give something, or when it has ended. */
  ready(): Promise<void>;
}

/** True for a name that `readHistory` can unpack. */
export const isPacked = (path: string): boolean => /\.(?:gz|zst)$/.test(path);

/** Streams a `.gz` or `.zst` file: about 2 MB of it are unpacked at a time, however well it is packed. What is damaged is read up to the damage. */
export function readHistory(path: string): HistorySource {
  const cutter = lineCutter();
  const queue: Buffer[] = [];
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
  let waiting = 0;
  let offset = 0;
  let unpacked = false;
  let damaged = false;
  let finished = false;
  let closed = false;
  let block: Buffer | null = null;
  let wake = () => {};
  let resume = () => {};
  const packed = openPacked(path, status);
  const pump = packed ? unpack(packed) : Promise.resolve();
  if (!packed) finished = true;

  async function unpack({ fd, size }: { fd: number; size: number }): Promise<void> {
    const stream = createReadStream('', { fd, highWaterMark: CHUNK_BYTES });
    const { createGunzip, createZstdDecompress } = process.getBuiltinModule('node:zlib');
    const unpacker: Transform = path.endsWith('.zst')
      ? createZstdDecompress({ chunkSize: CHUNK_BYTES })
      : createGunzip({ chunkSize: CHUNK_BYTES });
    stream.on('error', (error) => unpacker.destroy(error));
    try {
      for await (const chunk of stream.pipe(unpacker)) {
        if (closed) break;
        queue.push(chunk as Buffer);
        waiting += (chunk as Buffer).length;
        status.behindBytes = waiting + Math.max(0, size - stream.bytesRead);
        wake();
        if (waiting >= WAITING_BYTES)
          await new Promise<void>((go) => {
            resume = go;
          });
      }
    } catch (error) {
      damaged = !closed;
      status.state = 'UNREADABLE';
      status.why = damageOf(error);
    } finally {
      stream.destroy();
      unpacker.destroy();
    }
    unpacked = true;
    wake();
  }

  const take = (limit: number): Buffer | null => {
    const first = queue[0];
    if (!first) return null;
    const part = first.subarray(0, Math.max(1, limit));
    if (part.length === first.length) queue.shift();
    else queue[0] = first.subarray(part.length);
    waiting -= part.length;
    return part;
  };

  const read = (maxBytes: number, items: SourceItem[]): void => {
    block ??= Buffer.allocUnsafeSlow(BLOCK_BYTES + LINE_BYTES);
    const from = cutter.lay(block, 0);
    let end = from;
    while (end - from < Math.min(maxBytes, BLOCK_BYTES)) {
      const part = take(Math.min(maxBytes, BLOCK_BYTES) - (end - from));
      if (!part) break;
      end += part.copy(block, end);
    }
    if (end === from) return;
    const notText = offset === 0 ? contentOf(block.subarray(from, end), 0) : null;
    if (notText !== null) {
      status.state = 'UNREADABLE';
      status.why = notText;
      finish();
      return;
    }
    cutter.cut(block, 0, end, offset - from, () => true, items);
    offset += end - from;
  };

  const finish = (): void => {
    finished = true;
    closed = true;
    queue.length = 0;
    status.behindBytes = 0;
    resume();
  };

  const settle = (items: SourceItem[], now: number): SourceItem[] => {
    for (const item of items) {
      if (item.type === 'gap') status.gaps += 1;
      if (item.type !== 'lines') continue;
      status.lines += countLines(item.bytes);
      status.bytes += item.bytes.length;
      status.lastLineAt = now;
    }
    return items;
  };

  return {
    kind: 'file',
    path,
    poll(now, maxBytes) {
      const items: SourceItem[] = [];
      if (finished) return items;
      read(maxBytes, items);
      if (waiting < WAITING_BYTES) resume();
      if (!finished && unpacked && queue.length === 0) {
        // A line that is cut by damage is no whole line; the last one of a sound file needs no LF.
        if (damaged) items.push({ type: 'gap', bytes: null, why: 'TRUNCATED' });
        else cutter.flush(offset, true, items);
        finish();
      }
      return settle(items, now);
    },
    status: () => ({ ...status }),
    ended: () => finished,
    ready: () =>
      finished || unpacked || queue.length > 0
        ? Promise.resolve()
        : new Promise((go) => {
            wake = go;
          }),
    end: () => [],
    position: () => null,
    async close() {
      finish();
      await pump;
    },
  };
}

function openPacked(path: string, status: SourceStatus): { fd: number; size: number } | null {
  try {
    const fd = openSync(path, 'r');
    const stat = fstatSync(fd);
    if (stat.isFile()) return { fd, size: stat.size };
    closeSync(fd);
    status.state = 'UNREADABLE';
    status.why = 'not a file';
  } catch (error) {
    const trouble = troubleOf(systemFiles, path, error);
    status.state = trouble.state;
    status.why = trouble.why;
  }
  return null;
}

function damageOf(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'Z_BUF_ERROR') return 'cut off: it was read up to its end';
  if (typeof code === 'string' && /^Z|^ERR_/.test(code)) return `damaged (${code}): it was read up to the damage`;
  return `cannot be read on: ${code ?? 'failed'}`;
}
