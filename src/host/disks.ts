import type { ProcFiles, Space } from './proc-files.ts';

export interface Disk extends Space {
  path: string;
}

/** More disks than this are not shown. */
const MOST = 8;
/** Kinds that live on a device of their own here. Network and pseudo file systems are left alone: asking one may hang. */
const LOCAL = /^(ext[234]|xfs|btrfs|zfs|f2fs|jfs|reiserfs|bcachefs|vfat|exfat|ntfs3?)$/;

/** A container sees the disk of its host in these: no place to fill. */
const INJECTED = /^\/etc\/(hosts|hostname|resolv\.conf)$/;

/** Where the disks of this machine are mounted, by `/proc/mounts`: each device once, by its shortest path. */
export function localMounts(mounts: string): string[] {
  const byDevice = new Map<string, string>();
  for (const line of mounts.split('\n')) {
    const [device, path, kind] = line.split(' ');
    if (device === undefined || path === undefined || kind === undefined) continue;
    if ((!LOCAL.test(kind) && path !== '/') || INJECTED.test(path)) continue;
    const place = path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    const known = byDevice.get(device);
    if (known === undefined || place.length < known.length) byDevice.set(device, place);
  }
  return [...byDevice.values()].sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).slice(0, MOST);
}

/** How full they are; one that does not answer is left out. No child process. */
export async function readDisks(files: ProcFiles): Promise<Disk[]> {
  const mounts = files.read('/proc/self/mounts');
  const paths = mounts.kind === 'found' ? localMounts(mounts.value) : ['/'];
  const disks = await Promise.all(
    paths.map(async (path) => {
      const space = await files.space(path);
      return space === null ? null : { path, ...space };
    }),
  );
  return disks.filter((disk) => disk !== null);
}
