import { type Chain, type Link, linkOf, withOpen } from './chain.ts';
import { holds } from './file-reader.ts';
import type { FileStat, FileSystem } from './file-system.ts';
import { inodeOf, readExactly } from './identity.ts';
import type { SavedFile } from './position.ts';
import type { Known, Sibling } from './siblings.ts';

/** A larger file is not unpacked: what was unread of it is told as a gap. */
const PACKED_BYTES = 8 * 1024 * 1024;
/** It is held in memory until it is read to its end: its words belong into no file of ours. */
const UNPACKED_BYTES = 48 * 1024 * 1024;
/** So many files are looked into, the newest first. */
const LOOKED_INTO = 4;

/**
 * The rest of a file that was packed since we left it: it is known by what we saw of it. Null where none of the packed
 * siblings that were made since is that file, or where it is too large or damaged.
 *
 * @param known what stood beside it when we left
 */
export function packedRest(
  chain: Chain,
  saved: SavedFile,
  { listing, known }: { listing: readonly Sibling[]; known: Known | null },
  now: number,
): Link | null {
  if (!known || saved.head.length === 0) return null;
  // One that we were reading when we left is known, and is it all the same.
  const isFresh = (inode: string): boolean => !known.inodes.has(inode) || inode === saved.inode;
  const fresh = listing.filter(({ packed, stat }) => packed && isFresh(inodeOf(stat)));
  for (const sibling of fresh.slice(-LOOKED_INTO).reverse()) {
    const bytes = unpacked(chain.files, sibling);
    if (bytes === null) continue;
    const files = inMemory(chain.files, sibling.stat, bytes);
    if (!holds(files, IN_MEMORY, bytes.length, saved)) continue;
    const { inodes, plain } = chain.known ?? known;
    chain.known = { inodes: new Set([...inodes, inodeOf(sibling.stat)]), plain };
    return linkOf(files, sibling.path, IN_MEMORY, { ...saved.place, offset: saved.place.from }, now, true);
  }
  return null;
}

function unpacked(files: FileSystem, { path, name, stat }: Sibling): Buffer | null {
  const { gunzipSync, zstdDecompressSync } = process.getBuiltinModule('node:zlib');
  const unpack = name.endsWith('.gz') ? gunzipSync : name.endsWith('.zst') ? zstdDecompressSync : null;
  if (unpack === null || stat.size > PACKED_BYTES) return null;
  try {
    const packed = withOpen(files, (opener) => {
      const fd = opener.open(path);
      const bytes = readExactly(files, fd, 0, stat.size);
      opener.close(fd);
      return bytes;
    });
    return unpack(packed, { maxOutputLength: UNPACKED_BYTES });
  } catch {
    return null;
  }
}

/** No descriptor of the system's has this number. */
const IN_MEMORY = -1;

/** One file whose bytes are at hand. Its reader alone knows of it: nothing else may ask the system for its descriptor. */
function inMemory(files: FileSystem, stat: FileStat, bytes: Buffer): FileSystem {
  return {
    ...files,
    close: () => {},
    fstat: () => ({ ...stat, size: bytes.length }),
    read: (_, into, at, length, position) => bytes.copy(into, at, position, Math.min(bytes.length, position + length)),
  };
}
