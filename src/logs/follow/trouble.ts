import { dirname } from 'node:path';
import type { FileKind, FileStat, FileSystem } from './file-system.ts';

/** Why a file cannot be followed now, in words that say what would mend it. */
export interface Trouble {
  state: 'MISSING' | 'UNREADABLE';
  code: string;
  why: string;
}

/** Descriptors ran out: nothing is wrong with the file, and opening is tried again. */
export const outOfDescriptors = (code: string): boolean => code === 'EMFILE' || code === 'ENFILE';

export function troubleOf(files: FileSystem, path: string, error: unknown): Trouble {
  const code = (error as NodeJS.ErrnoException).code ?? 'EUNKNOWN';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return missing(files, path, code);
    case 'EACCES':
    case 'EPERM':
      return { state: 'UNREADABLE', code, why: noPermission(files, path) };
    case 'ELOOP':
      return { state: 'UNREADABLE', code, why: 'a loop of symbolic links' };
    case 'EMFILE':
      return { state: 'UNREADABLE', code, why: 'too many open files here: raise the limit (ulimit -n); tried again' };
    case 'ENFILE':
      return { state: 'UNREADABLE', code, why: 'too many open files on this machine; tried again' };
    default:
      return { state: 'UNREADABLE', code, why: `cannot be read: ${code}` };
  }
}

/** What stands under the name instead of a file. */
export function notAFile(kind: FileKind): Trouble {
  const names: Record<FileKind, string> = {
    file: 'a file',
    directory: 'a directory',
    pipe: 'a pipe',
    socket: 'a socket',
    device: 'a device',
    link: 'a symbolic link',
  };
  return { state: 'UNREADABLE', code: 'NOT_A_FILE', why: `${names[kind]}, not a file: name the log file itself` };
}

function missing(files: FileSystem, path: string, code: string): Trouble {
  const target = attempt(() => files.readlink(path));
  if (target !== null && !path.startsWith('/proc/')) {
    return { state: 'MISSING', code: 'DANGLING', why: `a symbolic link to ${target}, which is not there` };
  }
  return { state: 'MISSING', code, why: 'no such file' };
}

function noPermission(files: FileSystem, path: string): string {
  if (path.startsWith('/proc/')) return 'no permission: run as the user of that process, or with sudo';
  const stat = attempt(() => files.stat(path));
  if (stat) return `no permission: ${needs(files, stat, 0o040)}`;
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const found = attempt(() => files.stat(folder));
    if (found) return `no permission to enter ${folder}: ${needs(files, found, 0o010)}`;
    if (folder === dirname(folder)) return 'no permission: run with sudo';
  }
}

function needs(files: FileSystem, stat: FileStat, groupBit: number): string {
  if ((stat.mode & groupBit) !== 0 && stat.gid !== 0) {
    return `needs group ${nameOf(files, '/etc/group', stat.gid)}, or run with sudo`;
  }
  const owner = stat.uid === 0 ? '' : `run as ${nameOf(files, '/etc/passwd', stat.uid)}, or `;
  return owner ? `${owner}with sudo` : 'run with sudo';
}

/** The name of a group or user by its number, or the number: in a container there may be no such table. */
function nameOf(files: FileSystem, table: string, id: number): string {
  const text = attempt(() => files.readText(table)) ?? '';
  const line = text.split('\n').find((entry) => entry.split(':')[2] === String(id));
  return line?.split(':')[0] || String(id);
}

function attempt<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch {
    return null;
  }
}
