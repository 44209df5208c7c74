import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';

export type FileKind = 'file' | 'directory' | 'pipe' | 'socket' | 'device' | 'link';

export interface FileStat {
  kind: FileKind;
  dev: bigint;
  ino: bigint;
  /** When the inode was made, ns since the epoch; 0 where the file system does not say. */
  birthNs: bigint;
  mtimeNs: bigint;
  size: number;
  links: number;
  uid: number;
  gid: number;
  mode: number;
}

/** The calls that following a file needs: synchronous, throwing Node's errors with their `code`. */
export interface FileSystem {
  open(path: string): number;
  close(fd: number): void;
  /** May give fewer bytes than asked for; 0 at the end. */
  read(fd: number, into: Uint8Array, at: number, length: number, position: number): number;
  fstat(fd: number): FileStat;
  stat(path: string): FileStat;
  readdir(path: string): string[];
  realpath(path: string): string;
  readlink(path: string): string;
  /** A small text file, for the names of groups and users. */
  readText(path: string): string;
}

export const systemFiles: FileSystem = {
  // O_NONBLOCK: a name that turns into a pipe between the stat and the open must not hang us.
  open: (path) => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
  close: (fd) => closeSync(fd),
  read: (fd, into, at, length, position) => readSync(fd, into, at, length, position),
  fstat: (fd) => statOf(fstatSync(fd, { bigint: true })),
  stat: (path) => statOf(statSync(path, { bigint: true })),
  readdir: (path) => readdirSync(path),
  realpath: (path) => realpathSync.native(path),
  readlink: (path) => readlinkSync(path),
  readText: (path) => readFileSync(path, 'utf8'),
};

function statOf(found: ReturnType<typeof rawStat>): FileStat {
  return {
    kind: kindOf(found),
    dev: found.dev,
    ino: found.ino,
    birthNs: birthsAreReal() ? found.birthtimeNs : 0n,
    mtimeNs: found.mtimeNs,
    size: Number(found.size),
    links: Number(found.nlink),
    uid: Number(found.uid),
    gid: Number(found.gid),
    mode: Number(found.mode),
  };
}

const rawStat = (fd: number) => fstatSync(fd, { bigint: true });

let real: boolean | null = null;

/**
 * Where the kernel does not tell when an inode was made (no statx, or a sandbox that forbids it), libuv gives the time
 * of its last change instead, which is no identity at all. Places that change all the time give that away.
 */
function birthsAreReal(): boolean {
  real ??= ['/', '/tmp', '/etc', process.execPath].some((path) => {
    try {
      const found = statSync(path, { bigint: true });
      return found.birthtimeNs !== found.ctimeNs;
    } catch {
      return false;
    }
  });
  return real;
}

function kindOf(found: ReturnType<typeof rawStat>): FileKind {
  if (found.isFile()) return 'file';
  if (found.isDirectory()) return 'directory';
  if (found.isFIFO()) return 'pipe';
  if (found.isSocket()) return 'socket';
  return found.isSymbolicLink() ? 'link' : 'device';
}
