import { dirname } from 'node:path';
import type { RotationHow } from '../source.ts';
import { type Chain, type Link, leftPlace, linkOf, type Opener, withOpen } from './chain.ts';
import type { FileStat } from './file-system.ts';
import { HEAD_BYTES, inodeOf, readExactly, sameNow, TAIL_BYTES } from './identity.ts';
import { knownOf, listSiblings, packedUnseen, type Sibling } from './siblings.ts';

/** The real path behind a name; for a process's descriptor, what it was opened as. */
export function realOf(chain: Chain): string {
  return chain.kind === 'fd' ? chain.files.readlink(chain.path) : chain.files.realpath(chain.path);
}

/** Throws what opening would: a folder is not listed at every poll because its log may not be read. */
export function probe({ files, path }: Chain): void {
  files.close(files.open(path));
}

/**
 * Another file stands under the name: it is opened, and before it whatever rotation made in between. Throws what
 * opening throws; then nothing has changed, and the next poll tries again.
 */
export function succeed(chain: Chain, now: number): void {
  const { files } = chain;
  probe(chain);
  const real = realOf(chain);
  const previous = chain.links.at(-1) ?? null;
  const how = howOf(chain, real, previous);
  // Listed before the name is opened: a file made after that is found at the next rotation.
  const listing = chain.kind === 'file' ? listSiblings(files, real) : null;
  const near = how === 'RETARGETED' ? null : listing;
  withOpen(files, (opener) => {
    const fd = opener.open(chain.path);
    const stat = files.fstat(fd);
    const unseen = unseenOf(chain, near, stat);
    const between = unseen.map((sibling) => openSibling(chain, sibling, previous, opener, now));
    const held = chain.links.find(({ reader }) => sameNow(reader.stat(), stat)) ?? null;
    const current = held ?? linkOf(files, real, fd, leftPlace(chain, fd, stat), now);
    if (isBroken(chain, near, previous, unseen.length) || between.includes('UNREADABLE')) owe(chain);
    append(chain, [...between.filter((link) => typeof link === 'object'), current], how, now);
    if (held) opener.close(fd);
  });
  chain.attached = true;
  chain.real = real;
  if (listing) chain.known = knownOf(listing);
}

/** Nothing stands under the name, but rotation may have left files beside it that were never read. The folder is listed only after it changed. */
export function adopt(chain: Chain, now: number): void {
  const { files, known } = chain;
  if (chain.kind === 'fd' || !known || chain.real === '') return;
  const { mtimeNs } = files.stat(dirname(chain.real));
  if (mtimeNs === chain.folderNs) return;
  const listing = listSiblings(files, chain.real);
  const previous = chain.links.at(-1) ?? null;
  const unseen = unseenOf(chain, listing, null);
  withOpen(files, (opener) => {
    const links = unseen.map((sibling) => openSibling(chain, sibling, previous, opener, now));
    if ((unseen.length > 0 && isBroken(chain, listing, previous, unseen.length)) || links.includes('UNREADABLE'))
      owe(chain);
    append(
      chain,
      links.filter((link) => typeof link === 'object'),
      'RENAMED',
      now,
    );
  });
  chain.folderNs = mtimeNs;
  if (listing) chain.known = knownOf(listing);
}

function howOf(chain: Chain, real: string, previous: Link | null): RotationHow | null {
  if (chain.real !== '' && chain.real !== real && chain.kind === 'file') return 'RETARGETED';
  if (previous) return previous.reader.statNow().links === 0 ? 'RECREATED' : 'RENAMED';
  // A name that never led to a file is met for the first time.
  return chain.left.length > 0 || chain.owed.length > 0 ? 'RECREATED' : null;
}

/** Says, once, that lines may have gone by in files that are no longer there. */
export function owe(chain: Chain): void {
  if (chain.owed.length === 0) chain.owed.push({ type: 'gap', bytes: null, why: 'ROTATED_AWAY' });
}

function append(chain: Chain, fresh: Link[], how: RotationHow | null, now: number): void {
  const previous = chain.links.at(-1);
  if (fresh.length === 0) return;
  for (const link of chain.links) link.rotatedAt ??= now;
  if (previous) previous.quietSince = now;
  fresh[0]?.preface.unshift(...chain.owed.splice(0));
  for (const link of fresh) if (how) link.preface.push({ type: 'rotated', how });
  chain.links = [...chain.links.filter((link) => !fresh.includes(link)), ...fresh];
  for (const link of fresh) link.rotatedAt = link === fresh.at(-1) ? null : now;
}

/** Rotated files that were made since the last look, none of them being read already. */
export function unseenOf(chain: Chain, listing: Sibling[] | null, except: FileStat | null): Sibling[] {
  const { known } = chain;
  if (!listing || !known) return [];
  const open = new Set(chain.links.map(({ reader }) => inodeOf(reader.stat())));
  if (except) open.add(inodeOf(except));
  return listing.filter(({ packed, stat }) => !packed && !known.inodes.has(inodeOf(stat)) && !open.has(inodeOf(stat)));
}

/** True where a file may have come and gone between `previous` and the unseen ones. */
function isBroken(chain: Chain, listing: Sibling[] | null, previous: Link | null, unseen: number): boolean {
  if (!listing) return false;
  // The folder could not be listed when it should have been.
  if (!chain.known) return true;
  const inode = previous && inodeOf(previous.reader.stat());
  const place = listing.find(({ stat }) => inodeOf(stat) === inode);
  // `log.3` had two successors before the file that now bears the name.
  if (place?.generation) return unseen < place.generation - 1;
  const packed = packedUnseen(listing, chain.known);
  if (place) return packed > 0;
  if (!previous && chain.left.length === 0) return false;
  // Nobody can say how many came between a file that is gone and the first that is found; one packed file may be itself.
  return unseen > 0 || packed > 1;
}

function openSibling(
  chain: Chain,
  sibling: Sibling,
  previous: Link | null,
  opener: Opener,
  now: number,
): Link | 'UNREADABLE' | 'COPY' {
  const { files } = chain;
  let fd: number;
  try {
    fd = opener.open(sibling.path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return 'UNREADABLE';
    throw error;
  }
  const stat = files.fstat(fd);
  if (inodeOf(stat) !== inodeOf(sibling.stat)) throw Object.assign(new Error('renamed meanwhile'), { code: 'EAGAIN' });
  if (previous && isCopyOf(chain, fd, stat.size, previous)) {
    opener.close(fd);
    return 'COPY';
  }
  return linkOf(files, sibling.path, fd, leftPlace(chain, fd, stat), now);
}

/** True where a file is the beginning of one that is read already: a copy made by hand, or logrotate's `copy`. */
function isCopyOf(chain: Chain, fd: number, size: number, of: Link): boolean {
  if (size === 0) return false;
  const same = (at: number, length: number): boolean => of.reader.has(readExactly(chain.files, fd, at, length), at);
  return same(0, Math.min(size, HEAD_BYTES)) && same(Math.max(0, size - TAIL_BYTES), Math.min(size, TAIL_BYTES));
}
