import { type Chain, type Link, linkOf, type Opener, START, withOpen } from './chain.ts';
import { holds } from './file-reader.ts';
import type { FileStat } from './file-system.ts';
import { inodeOf } from './identity.ts';
import type { Position } from './position.ts';
import { listSiblings, type Sibling } from './siblings.ts';
import { owe } from './succession.ts';
import { copiesOf, truncationItems } from './truncation.ts';

interface Candidate {
  path: string;
  stat: FileStat;
}

/**
 * Finds the files of an earlier run again, under the name or beside it, and opens them where they stood. What cannot be
 * found is owed as a gap. Throws what opening throws; then nothing has changed.
 */
export function resume(chain: Chain, position: Position, now: number): void {
  const before = { ...chain };
  chain.real = position.real;
  chain.left = position.left;
  chain.owed = [...position.owed];
  chain.known = position.known && { inodes: new Set(position.known.inodes), plain: new Set(position.known.plain) };
  try {
    const listing = chain.kind === 'file' ? listSiblings(chain.files, position.real) : null;
    const candidates = candidatesOf(chain, listing);
    withOpen(chain.files, (opener) => {
      for (const [index, saved] of position.files.entries()) {
        const link = findAgain(chain, saved, candidates, opener, now);
        link?.[0]?.preface.unshift(...saved.preface);
        if (link) chain.links = [...chain.links, ...link];
        else if (index === position.files.length - 1 || saved.size > saved.place.from || saved.preface.length > 0)
          owe(chain);
      }
    });
  } catch (error) {
    Object.assign(chain, before);
    throw error;
  }
}

/** Files that may be one of an earlier run's: what stands under the name, under its old real path, and beside that. */
function candidatesOf(chain: Chain, listing: Sibling[] | null): Candidate[] {
  const named = [...new Set([chain.path, chain.real])].flatMap((path): Candidate[] => {
    try {
      const stat = chain.files.stat(path);
      return stat.kind === 'file' ? [{ path, stat }] : [];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      if (path === chain.path) throw error;
      return [];
    }
  });
  return [...named, ...(listing ?? []).filter(({ packed }) => !packed)];
}

function findAgain(
  chain: Chain,
  saved: Position['files'][number],
  candidates: Candidate[],
  opener: Opener,
  now: number,
): Link[] | null {
  const { files } = chain;
  const found = candidates.find(({ stat }) => inodeOf(stat) === saved.inode);
  if (!found) {
    const copies = copiesOf(chain, saved, opener, now);
    if (copies.length > 0) owe(chain);
    return copies.length > 0 ? copies : null;
  }
  const fd = opener.open(found.path);
  const stat = files.fstat(fd);
  if (inodeOf(stat) !== saved.inode) throw Object.assign(new Error('renamed meanwhile'), { code: 'EAGAIN' });
  if (holds(files, fd, stat.size, saved))
    return [linkOf(files, fd, { ...saved.place, offset: saved.place.from }, now, saved.copy)];
  const copies = copiesOf(chain, saved, opener, now);
  const link = linkOf(files, fd, START, now);
  link.preface.push(...truncationItems(null));
  return [...copies, link];
}
