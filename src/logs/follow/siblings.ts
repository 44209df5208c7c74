import { basename, dirname, join } from 'node:path';
import type { FileStat, FileSystem } from './file-system.ts';
import { inodeOf } from './identity.ts';

/** A folder may hold any number of files; of those that look like ours, no more are looked at. */
const MOST = 500;
const PACKED = /\.(?:gz|zst|bz2|xz|lz4|Z|zip)$/;

/** True for a name that no packer gives. */
export const isPlain = (name: string): boolean => !PACKED.test(name);

/** A file that rotation made out of the one that is followed, by its name. */
export interface Sibling {
  path: string;
  name: string;
  /** The generation of `log.3`; null where the name carries a date. */
  generation: number | null;
  packed: boolean;
  stat: FileStat;
}

/** Rotated files beside `path` (a real path), the one rotated first at the beginning. Null where the folder cannot be listed. */
export function listSiblings(files: FileSystem, path: string): Sibling[] | null {
  const folder = dirname(path);
  let names: string[];
  try {
    names = files.readdir(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EMFILE' || code === 'ENFILE') throw error;
    return null;
  }
  const base = basename(path);
  const own = names.flatMap((name) => {
    const mark = rotationMark(name, base);
    return mark === null ? [] : [{ name, ...mark }];
  });
  const newest = own.length > MOST ? own.sort(byName).slice(-MOST) : own;
  const found = newest.flatMap((entry): Sibling[] => {
    try {
      const at = join(folder, entry.name);
      const stat = files.stat(at);
      return stat.kind === 'file' ? [{ ...entry, path: at, stat }] : [];
    } catch {
      return [];
    }
  });
  return found.sort(byAge);
}

/**
 * `log.1`, `log.2.gz`, `log-20260301`, `log.2026-03-01_12`, `app-20260301.log`: what logrotate and Python's handlers
 * make. `app-2.log` is another worker's own log, and `log.48213` one named by its process.
 */
function rotationMark(name: string, base: string): { generation: number | null; packed: boolean } | null {
  const packed = PACKED.test(name);
  const plain = packed ? name.replace(PACKED, '') : name;
  const dot = base.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [base.slice(0, dot), base.slice(dot)] : [base, ''];
  if (plain.length <= base.length) return null;
  if (plain.startsWith(base)) {
    const mark = plain.slice(base.length);
    if (/^\.\d{1,3}$/.test(mark)) return { generation: Number(mark.slice(1)), packed };
    return isDate(mark) ? { generation: null, packed } : null;
  }
  const isDated = extension !== '' && plain.startsWith(stem) && plain.endsWith(extension);
  return isDated && isDate(plain.slice(stem.length, -extension.length)) ? { generation: null, packed } : null;
}

/** A date or a time since the epoch, behind a separator. */
function isDate(mark: string): boolean {
  const digits = mark.replace(/\D/g, '').length;
  return /^[.\-_]\d[\d.\-_:T]*$/.test(mark) && digits >= (/^.\d+$/.test(mark) ? 8 : 6);
}

type Named = Pick<Sibling, 'name' | 'generation'>;

/** A higher generation is older; a later date sorts behind. */
function byName(a: Named, b: Named): number {
  if (a.generation !== null && b.generation !== null) return b.generation - a.generation;
  return a.name < b.name ? -1 : 1;
}

function byAge(a: Sibling, b: Sibling): number {
  if (a.generation !== null && b.generation !== null) return b.generation - a.generation;
  if (a.stat.mtimeNs !== b.stat.mtimeNs) return a.stat.mtimeNs < b.stat.mtimeNs ? -1 : 1;
  return byName(a, b);
}

/** Which rotated files were there at the last look: everything else was made since. */
export interface Known {
  inodes: ReadonlySet<string>;
  /** How many of them were not packed. */
  plain: ReadonlySet<string>;
}

export function knownOf(listing: readonly Sibling[]): Known {
  return {
    inodes: new Set(listing.map(({ stat }) => inodeOf(stat))),
    plain: new Set(listing.filter(({ packed }) => !packed).map(({ stat }) => inodeOf(stat))),
  };
}

/**
 * How many rotated files were packed since the last look and cannot be explained by plain ones of then, nor by one that
 * is being packed now: each held lines that may have gone by unread.
 */
export function packedUnseen(listing: readonly Sibling[], known: Known): number {
  const now = new Set(listing.map(({ stat }) => inodeOf(stat)));
  const names = new Set(listing.map(({ name }) => name));
  const fresh = listing.filter(
    ({ name, packed, stat }) => packed && !known.inodes.has(inodeOf(stat)) && !names.has(name.replace(PACKED, '')),
  );
  const vanished = [...known.plain].filter((inode) => !now.has(inode));
  return Math.max(0, fresh.length - vanished.length);
}
