import { type Chain, type Link, linkOf, type Open, START, withOpen } from './chain.ts';
import { holds } from './file-reader.ts';
import { inodeOf } from './identity.ts';
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
  withOpen(chain.files, (open) => {
    const copies = copiesOf(chain, savedOf(link.reader), open, now);
    const lost = link.reader.restart();
    link.preface.push(...truncationItems(copies.length > 0 ? null : lost));
    chain.links.splice(chain.links.indexOf(link), 0, ...copies);
  });
}

/** The copies that were made of a file since it was last read: its own rest first, then whole lives that were never seen. */
export function copiesOf(chain: Chain, saved: SavedFile, open: Open, now: number): Link[] {
  const listing = chain.kind === 'file' ? listSiblings(chain.files, chain.real) : null;
  if (!listing || !chain.known) return [];
  const own = listing.findIndex(({ stat }) => inodeOf(stat) === saved.inode);
  const before = own < 0 ? listing : listing.slice(0, own);
  const unseen = unseenOf(chain, before, null).filter(({ stat }) => inodeOf(stat) !== saved.inode);
  const links = copyLinks(chain, unseen, saved, open, now);
  chain.known = knownOf(before);
  return links;
}

function copyLinks(chain: Chain, unseen: Sibling[], saved: SavedFile, open: Open, now: number): Link[] {
  const { files } = chain;
  const opened = unseen.flatMap((sibling) => {
    try {
      const fd = open(sibling.path);
      const { size } = files.fstat(fd);
      return [
        {
          fd,
          size,
          rest: holds(files, fd, size, saved),
          sameHead: holds(files, fd, size, { ...saved, tail: saved.head }),
        },
      ];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EACCES') return [];
      throw error;
    }
  });
  const first = opened.findIndex(({ rest }) => rest);
  return opened.flatMap(({ fd, sameHead }, index) => {
    if (index === first) return [linkOf(files, fd, { ...saved.place, offset: saved.place.from }, now, true)];
    // What was copied before the rest, or ends before our place, was read here already.
    if (index > first && !(first < 0 && sameHead && saved.head.length > 0))
      return [linkOf(files, fd, START, now, true)];
    files.close(fd);
    return [];
  });
}
