import { type Chain, type Link, linkOf, type Opener, START, withOpen } from './chain.ts';
import { holds } from './file-reader.ts';
import type { FileSystem } from './file-system.ts';
import { inodeOf, sameNow } from './identity.ts';
import { type Mark, type SavedFile, savedOf } from './position.ts';
import { knownOf, listSiblings, type Sibling } from './siblings.ts';
import { unseenOf } from './succession.ts';

/** What is said before the first line after a truncation. */
export function truncationItems(lost: number | null): Mark[] {
  return [
    { type: 'gap', bytes: lost !== null && lost > 0 ? lost : null, why: 'TRUNCATED' },
    { type: 'rotated', how: 'TRUNCATED' },
  ];
}

/**
 * A file was cut to nothing under us: it is read from its beginning. Where copytruncate left a copy, the rest is read
 * from that; how much was written between the copy and the cut nobody knows.
 */
export function truncated(chain: Chain, link: Link, now: number): void {
  withOpen(chain.files, (opener) => {
    const copies = copiesOf(chain, savedOf(link.reader), opener, now);
    const lost = link.reader.restart();
    link.begun = false;
    link.preface.push(...truncationItems(copies.length > 0 ? null : lost));
    chain.links.splice(chain.links.indexOf(link), 0, ...copies);
  });
}

/** A file that was empty at the last look has its first bytes: if a copy of it appeared meanwhile, it was emptied since. */
export function begun(chain: Chain, link: Link, now: number): void {
  withOpen(chain.files, (opener) => {
    const copies = copiesOf(chain, savedOf(link.reader), opener, now);
    link.begun = true;
    if (copies.length === 0) return;
    link.preface.push(...truncationItems(null));
    chain.links.splice(chain.links.indexOf(link), 0, ...copies);
  });
}

/** The copies that were made of a file since it was last read: its own rest first, then whole lives that were never seen. */
export function copiesOf(chain: Chain, saved: SavedFile, opener: Opener, now: number): Link[] {
  const { known } = chain;
  const listing = chain.kind === 'file' ? listSiblings(chain.files, chain.real) : null;
  if (!listing || !known) return [];
  const own = listing.findIndex(({ stat }) => inodeOf(stat) === saved.inode);
  const before = own < 0 ? listing : listing.slice(0, own);
  // Only of a file that stands in the order can it be said what was made before it.
  const placed = own >= 0 || isNamed(chain, saved);
  const unseen = unseenOf(chain, before, null).filter(({ stat }) => inodeOf(stat) !== saved.inode);
  const links = copyLinks(chain, unseen, saved, placed, opener, now);
  const found = knownOf(
    before.filter(({ stat }) => placed || links.some(({ reader }) => sameNow(reader.stat(), stat))),
  );
  chain.known = {
    inodes: new Set([...known.inodes, ...found.inodes]),
    plain: new Set([...known.plain, ...found.plain]),
  };
  return links;
}

function isNamed(chain: Chain, { inode }: SavedFile): boolean {
  try {
    return inodeOf(chain.files.stat(chain.path)) === inode;
  } catch {
    return false;
  }
}

interface Candidate {
  fd: number;
  /** It goes on where reading stood. */
  rest: boolean;
  /** It begins as the file did. */
  sameHead: boolean;
}

function copyLinks(
  chain: Chain,
  unseen: Sibling[],
  saved: SavedFile,
  placed: boolean,
  opener: Opener,
  now: number,
): Link[] {
  const { files } = chain;
  const isBlank = saved.tail.length === 0;
  const opened = unseen.flatMap((sibling) => openCandidate(files, sibling, saved, opener));
  const first = isBlank && !placed ? -1 : opened.findIndex(({ rest }) => rest);
  return opened.flatMap(({ fd, sameHead }, index) => {
    if (index === first) return [linkOf(files, fd, { ...saved.place, offset: saved.place.from }, now, true)];
    // What was copied before the rest, or ends before our place, was read here already.
    const isSeen = index < first || (first < 0 && sameHead && !isBlank);
    if (placed && !isSeen) return [linkOf(files, fd, START, now, true)];
    opener.close(fd);
    return [];
  });
}

function openCandidate(files: FileSystem, sibling: Sibling, saved: SavedFile, opener: Opener): Candidate[] {
  try {
    const fd = opener.open(sibling.path);
    const { size } = files.fstat(fd);
    return [
      { fd, rest: holds(files, fd, size, saved), sameHead: holds(files, fd, size, { ...saved, tail: saved.head }) },
    ];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return [];
    throw error;
  }
}
