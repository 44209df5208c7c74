import { type Chain, type Link, linkOf, type Opener, START, withOpen } from './chain.ts';
import { holds } from './file-reader.ts';
import type { FileStat, FileSystem } from './file-system.ts';
import { inodeOf, sameNow } from './identity.ts';
import { type SavedFile, savedOf } from './position.ts';
import { knownOf, listSiblings, type Sibling } from './siblings.ts';
import { unseenOf } from './succession.ts';

/** Earlier lives of a file, from copies: the rest of the one that was being read, if it was found, then others. */
interface Lives {
  links: Link[];
  hasRest: boolean;
}

/**
 * A file was cut to nothing under us: it is read from its beginning. Where copytruncate left a copy, the rest is read
 * from that; how much was written between the copy and the cut nobody knows.
 */
export function truncated(chain: Chain, link: Link, now: number): void {
  withOpen(chain.files, (opener) => {
    const lives = livesOf(chain, savedOf(link.reader), link.reader.statNow(), opener, now);
    const lost = link.reader.restart();
    link.begun = false;
    chain.links.splice(chain.links.indexOf(link), 1, ...inOrder(lives, link, lost));
  });
}

/** A file that was empty at the last look has its first bytes: if a copy of it appeared meanwhile, it was emptied since. */
export function begun(chain: Chain, link: Link, now: number): void {
  withOpen(chain.files, (opener) => {
    const lives = livesOf(chain, savedOf(link.reader), link.reader.statNow(), opener, now);
    link.begun = true;
    if (lives.links.length > 0) chain.links.splice(chain.links.indexOf(link), 1, ...inOrder(lives, link, 0));
  });
}

/** One life after the other, each told apart from the one before by a gap of unknown size; `lost` bytes are known where there is no rest. */
export function inOrder({ links, hasRest }: Lives, link: Link, lost: number): Link[] {
  const all = [...links, link];
  const before = link.preface.splice(0);
  for (const [index, life] of all.entries()) {
    const bytes = index === 0 && lost > 0 ? lost : null;
    if (index > 0 || !hasRest)
      life.preface.push({ type: 'gap', bytes, why: 'TRUNCATED' }, { type: 'rotated', how: 'TRUNCATED' });
  }
  all[0]?.preface.unshift(...before);
  return all;
}

/**
 * The copies that were made of a file since it was last read: its own rest first, then whole lives that were never
 * seen. `held` is the file as it stands now, null where it was not found again.
 */
export function livesOf(chain: Chain, saved: SavedFile, held: FileStat | null, opener: Opener, now: number): Lives {
  const { known } = chain;
  const listing = chain.kind === 'file' ? listSiblings(chain.files, chain.real) : null;
  // What is beside it can be told from what was beside it no more.
  if (!listing) chain.known = null;
  if (!listing || !known) return { links: [], hasRest: false };
  const before = madeBefore(listing, saved, held);
  const unseen = unseenOf(chain, before, held).filter(({ stat }) => inodeOf(stat) !== saved.inode);
  const lives = copyLinks(chain, unseen, saved, held !== null, opener, now);
  const found = knownOf(
    before.filter(({ stat }) => held !== null || lives.links.some(({ reader }) => sameNow(reader.stat(), stat))),
  );
  chain.known = {
    inodes: new Set([...known.inodes, ...found.inodes]),
    plain: new Set([...known.plain, ...found.plain]),
  };
  return lives;
}

/** What stands before a file in the order of rotation. One that was deleted, and is only held open, is placed by its last change. */
function madeBefore(listing: Sibling[], saved: SavedFile, held: FileStat | null): Sibling[] {
  const own = listing.findIndex(({ stat }) => inodeOf(stat) === saved.inode);
  if (own >= 0) return listing.slice(0, own);
  return held?.links === 0 ? listing.filter(({ stat }) => stat.mtimeNs <= held.mtimeNs) : listing;
}

interface Candidate {
  path: string;
  fd: number;
  /** It goes on where reading stood. */
  rest: boolean;
  /** It begins as the file did and ends before the place of reading. */
  isStale: boolean;
}

function copyLinks(
  chain: Chain,
  unseen: Sibling[],
  saved: SavedFile,
  placed: boolean,
  opener: Opener,
  now: number,
): Lives {
  const { files } = chain;
  const isBlank = saved.head.length === 0;
  const opened = unseen.flatMap((sibling) => openCandidate(files, sibling, saved, opener));
  const first = isBlank && !placed ? -1 : opened.findIndex(({ rest }) => rest);
  const links = opened.flatMap(({ path, fd, isStale }, index) => {
    if (index === first) return [linkOf(files, path, fd, { ...saved.place, offset: saved.place.from }, now, true)];
    // What was copied before the rest, or ends before our place, was read here already.
    const isSeen = index < first || (first < 0 && isStale && !isBlank);
    if (placed && !isSeen) return [linkOf(files, path, fd, START, now, true)];
    opener.close(fd);
    return [];
  });
  return { links, hasRest: first >= 0 };
}

function openCandidate(files: FileSystem, sibling: Sibling, saved: SavedFile, opener: Opener): Candidate[] {
  try {
    const fd = opener.open(sibling.path);
    const { size } = files.fstat(fd);
    const isStale =
      size < saved.tail.at + saved.tail.length &&
      holds(files, fd, size, { head: saved.head, tail: saved.head, edge: saved.head });
    return [{ path: sibling.path, fd, rest: holds(files, fd, size, saved), isStale }];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return [];
    throw error;
  }
}
