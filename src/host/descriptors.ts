import type { Found, ProcFiles } from './proc-files.ts';

/** The open files of a process. */
export interface Descriptors {
  count: number;
  /** Inodes of its sockets. */
  sockets: ReadonlySet<number>;
}

/** Lists the descriptors of a process: one call, and one more for each descriptor. */
export function readDescriptors(files: ProcFiles, pid: number): Found<Descriptors> {
  const listed = files.list(`/proc/${pid}/fd`);
  if (listed.kind !== 'found') return listed;
  const sockets = new Set<number>();
  for (const fd of listed.value) {
    const inode = socketAt(files, pid, fd);
    if (inode !== null) sockets.add(inode);
  }
  return { kind: 'found', value: { count: listed.value.length, sockets } };
}

/** How many descriptors a process has, without looking at each. */
export function countDescriptors(files: ProcFiles, pid: number): Found<number> {
  const listed = files.list(`/proc/${pid}/fd`);
  return listed.kind === 'found' ? { kind: 'found', value: listed.value.length } : listed;
}

/** Whether a process holds one of these sockets; stops at the first. */
export function holdsSocket(files: ProcFiles, pid: number, inodes: ReadonlySet<number>): Found<boolean> {
  const listed = files.list(`/proc/${pid}/fd`);
  if (listed.kind !== 'found') return listed;
  const value = listed.value.some((fd) => {
    const inode = socketAt(files, pid, fd);
    return inode !== null && inodes.has(inode);
  });
  return { kind: 'found', value };
}

const SOCKET = 'socket:[';

function socketAt(files: ProcFiles, pid: number, fd: string): number | null {
  const link = files.link(`/proc/${pid}/fd/${fd}`);
  if (link.kind !== 'found' || !link.value.startsWith(SOCKET)) return null;
  return Number.parseInt(link.value.slice(SOCKET.length), 10);
}
