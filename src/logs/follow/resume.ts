import { type Chain, type Link, linkOf, type Opener, START, withOpen } from './chain.ts';
import { holds } from './file-reader.ts';
import type { FileStat } from './file-system.ts';
import { placeAgain } from './first-sight.ts';
import { inodeOf } from './identity.ts';
import { packedRest } from './packed.ts';
import type { Position } from './position.ts';
import { isPlain, listSiblings, type Sibling } from './siblings.ts';
import { owe } from './succession.ts';
import { inOrder, livesOf } from './truncation.ts';

interface Candidate {
  path: string;
  stat: FileStat;
}

/**
 * Finds the files of an earlier run again, under the name or beside it, and opens them where they stood. What cannot be
 * found is owed as a gap. Up to `again` bytes of the newest that were read before are read once more, as history. Throws what
 * opening throws; then nothing has changed.
 */
export function resume(chain: Chain, position: Position, again: number, now: number): void {
  const before = { ...chain };
  chain.real = position.real;
  chain.left = position.left;
  chain.owed = [...position.owed];
  chain.known = position.known && { inodes: new Set(position.known.inodes), plain: new Set(position.known.plain) };
  try {
    const listing = chain.kind === 'file' ? listSiblings(chain.files, position.real) : null;
    const candidates = candidatesOf(chain, position, listing);
    withOpen(chain.files, (opener) => {
      for (const saved of position.files) {
        const bytes = saved === position.files.at(-1) && !saved.copy ? again : 0;
        const links = findAgain(chain, saved, { candidates, listing: listing ?? [] }, opener, bytes, now);
        links?.[0]?.preface.unshift(...chain.owed.splice(0), ...saved.preface);
        if (links) chain.links = [...chain.links, ...links];
        else owe(chain);
      }
    });
  } catch (error) {
    Object.assign(chain, before);
    throw error;
  }
}

/** Files that may be one of an earlier run's: what stands under the name, under the old real paths, and beside them. */
function candidatesOf(chain: Chain, position: Position, listing: Sibling[] | null): Candidate[] {
  const named = namedNow(chain);
  const paths = [...new Set([...(named ? [named] : []), position.real, ...position.files.map(({ path }) => path)])];
  // A file that was read out of a packed one is found again by `packedRest`.
  const plain = paths.filter((path) => isPlain(path) || path === named || path === position.real);
  const found = plain.flatMap((path): Candidate[] => {
    try {
      const stat = chain.files.stat(path);
      return stat.kind === 'file' ? [{ path, stat }] : [];
    } catch (error) {
      if (path === named) throw error;
      return [];
    }
  });
  return [...found, ...(listing ?? []).filter(({ packed }) => !packed)];
}

/** Where the name leads to now; a process's descriptor can be opened under no other name. Null where it leads nowhere. */
function namedNow(chain: Chain): string | null {
  if (chain.kind === 'fd') return chain.path;
  try {
    return chain.files.realpath(chain.path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function findAgain(
  chain: Chain,
  saved: Position['files'][number],
  { candidates, listing }: { candidates: Candidate[]; listing: readonly Sibling[] },
  opener: Opener,
  again: number,
  now: number,
): Link[] | null {
  const { files, known } = chain;
  const found = candidates.find(({ stat }) => inodeOf(stat) === saved.inode);
  if (!found) {
    const { links } = livesOf(chain, saved, null, opener, now);
    if (links.length > 0) owe(chain);
    if (links.length > 0) return links;
    const rest = packedRest(chain, saved, { listing, known }, now);
    return rest && [rest];
  }
  const fd = opener.open(found.path);
  const stat = files.fstat(fd);
  if (inodeOf(stat) !== saved.inode) throw Object.assign(new Error('renamed meanwhile'), { code: 'EAGAIN' });
  const isSame = holds(files, fd, stat.size, saved);
  const place = isSame ? placeAgain(files, fd, saved.place, again) : START;
  const link = linkOf(files, found.path, fd, place, now, saved.copy);
  if (isSame && saved.place.from > 0) return [link];
  // Nothing was read of it, so nothing tells whether it was emptied meanwhile: only a copy would.
  const lives = livesOf(chain, saved, stat, opener, now);
  if (isSame && lives.links.length === 0) return [link];
  const rest = lives.links.length > 0 ? null : packedRest(chain, saved, { listing, known }, now);
  return inOrder(rest === null ? lives : { links: [rest], hasRest: true }, link, 0);
}
