import type { SourceItem } from '../source.ts';
import { type FileReader, fileReader, holds, type Place } from './file-reader.ts';
import type { FileStat, FileSystem } from './file-system.ts';
import { inodeOf } from './identity.ts';
import { type Mark, type SavedFile, savedOf } from './position.ts';
import type { Known } from './siblings.ts';

/** How long a file that was rotated away is read for late writes after its last growth, ms. */
const DRAIN_MS = 5_000;
/** A writer that is this late has not moved on to the new file, ms. */
export const LATE_MS = 10_000;
/** A deleted file without a successor is given back to the file system after so long without growth, ms. */
const DELETED_MS = 60_000;
/** So many files are held open for one name; beyond that, one that is read to its end is left, the quietest first. */
const MOST_OPEN = 8;
/** How many files that were left are remembered. */
const MOST_LEFT = 16;

/** One file of the chain. */
export interface Link {
  /** The real path that it was opened under; rotation may have renamed it since. */
  path: string;
  reader: FileReader;
  /** A copy is finished: it is read to its end and left. */
  copy: boolean;
  /** Its first bytes were looked for among copies: nothing was cut off it before we saw them. */
  begun: boolean;
  /** What is said before its first line. */
  preface: Mark[];
  /** Monotonic time of its last growth, or of its rotation where that came later, ms. */
  quietSince: number;
  /** Monotonic time at which another file took its place, ms. */
  rotatedAt: number | null;
}

/** What is known of one followed name: its files from the one rotated first to the one under the name. */
export interface Chain {
  files: FileSystem;
  path: string;
  /** Only a file has rotated siblings in its folder; an open descriptor of a process has not. */
  kind: 'file' | 'fd';
  /** The real path that the name led to; empty before the first look. */
  real: string;
  links: Link[];
  left: SavedFile[];
  known: Known | null;
  /** When the folder was last changed, as of the last look at it for a name that is missing. */
  folderNs: bigint;
  /** True while the last link stands under the name. */
  attached: boolean;
  /** Gaps that wait for the next file to be told before it. */
  owed: Mark[];
}

/** Opens files that belong to nobody yet. */
export interface Opener {
  open(path: string): number;
  /** Gives one back that is not needed after all. */
  close(fd: number): void;
}

/** Runs `use`; what it opened is closed again where it throws: half a chain is never kept. */
export function withOpen<T>(files: FileSystem, use: (opener: Opener) => T): T {
  const opened = new Set<number>();
  try {
    return use({
      open(path) {
        const fd = files.open(path);
        opened.add(fd);
        return fd;
      },
      close(fd) {
        opened.delete(fd);
        files.close(fd);
      },
    });
  } catch (error) {
    for (const fd of opened) files.close(fd);
    throw error;
  }
}

/** The beginning of a file that nothing is known of. */
export const START: Place = { offset: 0, from: 0, pastEnd: 0, drop: null };

export function linkOf(files: FileSystem, path: string, fd: number, place: Place, now: number, copy = false): Link {
  const reader = fileReader(files, fd, place);
  const begun = copy || place.offset > 0 || reader.stat().size > 0;
  return { path, reader, copy, begun, preface: [], quietSince: now, rotatedAt: null };
}

/** Where a file that was left, and came back under some name, is read on; its beginning for any other. */
export function leftPlace(chain: Chain, fd: number, stat: FileStat): Place {
  const saved = chain.left.findLast(({ inode }) => inode === inodeOf(stat));
  return saved && holds(chain.files, fd, stat.size, saved) ? { ...saved.place, offset: saved.place.from } : START;
}

/** Leaves the files that rotation took away, once they are read and quiet. */
export function leaveQuiet(chain: Chain, now: number, items: SourceItem[]): void {
  for (const link of [...chain.links]) {
    const { reader } = link;
    if (reader.behind() > 0 || link.preface.length > 0) return;
    const quietMs = now - link.quietSince;
    const deleted = reader.stat().links === 0 && quietMs >= DELETED_MS;
    if (link.copy) leave(chain, link, items);
    else if (link === chain.links.at(-1)) {
      if (!chain.attached && deleted) leave(chain, link, items);
    } else if (deleted || (quietMs >= DRAIN_MS && isSucceeded(chain, link))) leave(chain, link, items);
    // Its writer has not moved on, so it is kept open; but nobody waits longer for the rest of its last line.
    else if (quietMs >= DRAIN_MS && reader.pending() > 0) reader.flush(items);
  }
  if (chain.links.length > MOST_OPEN) leaveQuietest(chain, items);
}

/** Writers have gone over to a later file. */
function isSucceeded(chain: Chain, link: Link): boolean {
  return chain.links.slice(chain.links.indexOf(link) + 1).some(({ reader }) => reader.stat().size > 0);
}

function leaveQuietest(chain: Chain, items: SourceItem[]): void {
  const idle = chain.links.slice(0, -1).filter(({ reader, preface }) => reader.behind() === 0 && preface.length === 0);
  const [quietest] = idle.sort((a, b) => a.quietSince - b.quietSince);
  if (quietest) leave(chain, quietest, items);
}

/** Gives up a file: its partial last line is handed on, except from a copy, which may end within a line. */
function leave(chain: Chain, link: Link, items: SourceItem[]): void {
  if (!link.copy) link.reader.flush(items);
  const saved = savedOf(link.reader);
  chain.left = [...chain.left.filter(({ inode }) => inode !== saved.inode), saved].slice(-MOST_LEFT);
  chain.links = chain.links.filter((other) => other !== link);
  link.reader.close();
}

/** Descriptors ran out: whatever was rotated away and is read to its end is given back at once. */
export function leaveIdle(chain: Chain, items: SourceItem[]): void {
  for (const link of chain.links.slice(0, -1)) {
    if (link.reader.behind() === 0 && link.preface.length === 0) leave(chain, link, items);
  }
}
