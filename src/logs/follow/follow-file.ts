import { basename, dirname, join } from 'node:path';
import type { Source, SourceItem } from '../source.ts';
import { type Chain, leaveIdle, leaveQuiet, linkOf, withOpen } from './chain.ts';
import { countLines } from './count-lines.ts';
import { type FileStat, type FileSystem, systemFiles } from './file-system.ts';
import { firstPlace, type Past } from './first-sight.ts';
import { sameNow } from './identity.ts';
import { LINE_BYTES } from './lines.ts';
import { parsePosition, positionText } from './position.ts';
import { behindOf, readChain, refresh, skipFar, stateOf } from './reading.ts';
import { resume } from './resume.ts';
import { knownOf, listSiblings } from './siblings.ts';
import { adopt, probe, realOf, succeed } from './succession.ts';
import { notAFile, outOfDescriptors, type Trouble, troubleOf } from './trouble.ts';

/** How much one poll hands on at most. */
const BLOCK_BYTES = 256 * 1024;
/** How much of what was written before the first look is read, and after a restart once more. */
export const PAST_BYTES = 1024 * 1024;
const BEHIND_BYTES = 32 * 1024 * 1024;
const KEEP_BYTES = 8 * 1024 * 1024;

export interface FollowOptions {
  /** `fd`: the path is `/proc/PID/fd/N`, readable even where the name is deleted. Default `file`. */
  kind?: 'file' | 'fd';
  /** Default: the last 1 MiB. */
  past?: Past;
  /** What `position()` of an earlier run gave. */
  position?: string | null;
  /** Where `position` leads to the file of an earlier run: so many bytes before it are read once more, as old lines. Default 0. */
  again?: number;
  /** Behind by more than `over` bytes it passes over all but the last `keep`, and says so; null never does. Default 32 and 8 MiB, null where the whole past is read. */
  skip?: { over: number; keep: number } | null;
}

export interface FollowDeps {
  files?: FileSystem;
  /** Wall clock, ms. */
  now?: () => number;
}

/** Follows one name through everything that rotation does to it. */
export function followFile(path: string, options: FollowOptions = {}, deps: FollowDeps = {}): Source {
  const { kind = 'file', past = { bytes: PAST_BYTES }, position = null, again = 0 } = options;
  const skip =
    options.skip === undefined ? (past === 'whole' ? null : { over: BEHIND_BYTES, keep: KEEP_BYTES }) : options.skip;
  const files = deps.files ?? systemFiles;
  const wall = deps.now ?? Date.now;
  const chain: Chain = {
    files,
    path,
    kind,
    real: '',
    links: [],
    left: [],
    known: null,
    folderNs: 0n,
    attached: false,
    owed: [],
  };
  const count = { lines: 0, bytes: 0, rotations: 0, gaps: 0, lastLineAt: null as number | null };
  let started = false;
  let lastPoll = 0;
  /** Where it stood when it ended: from then on nothing is read. */
  let final: { position: string | null } | null = null;
  let trouble: (Trouble & { since: number }) | null = null;
  let block: Buffer | null = null;

  const fail = (error: unknown, items: SourceItem[]): void => {
    const found = troubleOf(files, path, error);
    if (outOfDescriptors(found.code)) leaveIdle(chain, items);
    setTrouble(found);
  };
  const setTrouble = (found: Trouble | null): void => {
    // A rename that came between two of our calls: the next poll sees it whole.
    if (found?.code === 'EAGAIN') return;
    trouble = found && { ...found, since: trouble?.code === found.code ? trouble.since : wall() };
  };

  const start = (seen: FileStat | null, now: number): void => {
    if (seen) probe(chain);
    const saved = parsePosition(position);
    if (saved) resume(chain, saved, again, now);
    else {
      chain.real = seen ? realOf(chain) : expectedPath(files, path);
      const listing = kind === 'file' ? listSiblings(files, chain.real) : null;
      if (seen) openFirst(chain, past, now);
      if (listing) chain.known = knownOf(listing);
    }
    started = true;
  };

  /** Who stands under the name now; tells what is wrong with it. */
  const look = (now: number): Trouble | null => {
    const seen = statOrNull(files, path);
    if (!started && (!seen || seen.kind === 'file')) start(seen, now);
    chain.attached = false;
    if (!seen) {
      adopt(chain, now);
      return troubleOf(files, path, { code: 'ENOENT' });
    }
    if (seen.kind !== 'file') return notAFile(seen.kind);
    const last = chain.links.at(-1);
    if (last && !last.copy && sameNow(last.reader.stat(), seen)) chain.attached = true;
    else {
      succeed(chain, now);
      refresh(chain, now);
    }
    return null;
  };

  const settle = (items: SourceItem[], now: number): SourceItem[] => {
    for (const item of items) {
      if (item.type === 'rotated') count.rotations += 1;
      else if (item.type === 'gap') count.gaps += 1;
      else {
        count.lines += countLines(item.bytes);
        count.bytes += item.bytes.length;
        count.lastLineAt = now;
      }
    }
    return items;
  };

  const place = (): string | null => (final ? final.position : started ? positionText(chain) : position);
  const stop = (): void => {
    final ??= { position: place() };
  };

  return {
    kind,
    path,
    poll(now, maxBytes) {
      lastPoll = now;
      const items: SourceItem[] = [];
      if (final) return items;
      try {
        refresh(chain, now);
        setTrouble(look(now));
      } catch (error) {
        fail(error, items);
      }
      try {
        if (skip) skipFar(chain, skip);
        if (chain.links.length > 0) block ??= Buffer.allocUnsafeSlow(BLOCK_BYTES + LINE_BYTES);
        if (block) readChain(chain, block, maxBytes, now, items);
        // While nobody can see what stands under the name, nobody can say that a file was left.
        if (trouble?.state !== 'UNREADABLE') leaveQuiet(chain, now, items);
      } catch (error) {
        fail(error, items);
      }
      if (behindOf(chain) === 0) items.push(...chain.owed.splice(0));
      return settle(items, now);
    },
    status: () => ({ ...count, ...stateOf(chain, trouble), behindBytes: behindOf(chain) }),
    end() {
      const items: SourceItem[] = [];
      stop();
      for (const { reader, copy } of chain.links) if (!copy) reader.flush(items);
      return settle(items, lastPoll);
    },
    position: place,
    async close() {
      stop();
      for (const { reader } of chain.links.splice(0)) reader.close();
    },
  };
}

function statOrNull(files: FileSystem, path: string): FileStat | null {
  try {
    return files.stat(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

/** Where a file that is not there yet would really stand. */
function expectedPath(files: FileSystem, path: string): string {
  try {
    return join(files.realpath(dirname(path)), basename(path));
  } catch {
    return path;
  }
}

function openFirst(chain: Chain, past: Past, now: number): void {
  withOpen(chain.files, (opener) => {
    const fd = opener.open(chain.path);
    const { size } = chain.files.fstat(fd);
    chain.links = [linkOf(chain.files, chain.real, fd, firstPlace(chain.files, fd, size, past), now)];
  });
}
