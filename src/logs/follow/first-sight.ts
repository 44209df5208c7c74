import type { Place } from './file-reader.ts';
import type { FileSystem } from './file-system.ts';
import { readExactly } from './identity.ts';
import { LINE_BYTES } from './lines.ts';

/** How much of what was written before the first look is read: nothing, all, or the last bytes from a line's beginning on. */
export type Past = 'none' | 'whole' | { bytes: number };

/** Where reading begins in a file of `size` bytes that is met for the first time. */
export function firstPlace(files: FileSystem, fd: number, size: number, past: Past): Place {
  if (past === 'whole') return { offset: 0, from: 0, pastEnd: size, drop: null };
  if (past !== 'none') return middle(files, fd, size, Math.max(0, size - past.bytes));
  // The line that is being written belongs to the present: it began before us and ends after.
  const window = Math.max(0, size - LINE_BYTES);
  const bytes = readExactly(files, fd, window, size - window);
  const begin = bytes.lastIndexOf(0x0a) + 1;
  return begin > 0 || window === 0 ? at(window + begin, size) : { ...at(size, size), drop: { why: null, bytes: 0 } };
}

/**
 * Where reading goes on in a file that is met again at `place`, with up to `bytes` of what was read before told once more, as
 * history. Within a line that is being passed over nothing is.
 */
export function placeAgain(files: FileSystem, fd: number, place: Place, bytes: number): Place {
  const { from, pastEnd, drop } = place;
  if (bytes <= 0 || drop !== null) return { ...place, offset: from };
  return middle(files, fd, Math.max(from, pastEnd), Math.max(0, from - bytes));
}

function middle(files: FileSystem, fd: number, size: number, offset: number): Place {
  const isBegin = offset === 0 || readExactly(files, fd, offset - 1, 1)[0] === 0x0a;
  return isBegin ? at(offset, size) : { ...at(offset, size), drop: { why: null, bytes: 0 } };
}

const at = (offset: number, size: number): Place => ({ offset, from: offset, pastEnd: size, drop: null });
