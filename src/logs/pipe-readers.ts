import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** What a program such as `tee`, `rotatelogs` or `svlogd` makes of the pipe on its standard input. */
export interface PipeReader {
  pid: number;
  name: string;
  /** Regular files that it holds open for writing, its own complaints on standard error apart. */
  files: readonly string[];
}

/** Processes that are looked at, in all of `/proc`. */
export const PROCESSES_LOOKED_AT = 4_096;
/** Pipes one behind the other, as in `gateway | grep -v x | tee file`. */
const PIPES_IN_A_ROW = 4;
/** More open files than these belong to a program that writes for others too. */
const FILES_OF_A_READER = 4;
const STANDARD_ERROR = '2';

/**
 * Follows a pipe to the programs that read it as their standard input, and to the files that these write. Programs that
 * read pipes of many others (a container's engine, a supervisor) do so on other descriptors: they are left alone, since
 * their files hold the output of strangers.
 *
 * @param pipe what the descriptor's link says: `pipe:[4711]`
 * @param proc where the kernel's table is mounted
 * @returns the last readers of the row, and `cut` when more processes run than are looked at
 */
export function readersOf(pipe: string, proc = '/proc'): { readers: PipeReader[]; cut: boolean } {
  const pids = namesIn(proc).filter((name) => /^\d+$/.test(name));
  const byInput = new Map<string, string[]>();
  for (const pid of pids.slice(0, PROCESSES_LOOKED_AT)) {
    const input = linkOf(join(proc, pid, 'fd', '0'));
    if (input?.startsWith('pipe:')) byInput.set(input, [...(byInput.get(input) ?? []), pid]);
  }
  const readers: PipeReader[] = [];
  let row = byInput.get(pipe) ?? [];
  for (let depth = 0; depth < PIPES_IN_A_ROW && row.length > 0; depth++) {
    readers.push(...row.map((pid) => ({ pid: Number(pid), name: nameOf(proc, pid), files: filesWritten(proc, pid) })));
    if (readers.some((one) => one.files.length > 0)) break;
    row = row.flatMap((pid) => byInput.get(linkOf(join(proc, pid, 'fd', '1')) ?? '') ?? []);
  }
  return { readers, cut: pids.length > PROCESSES_LOOKED_AT };
}

function filesWritten(proc: string, pid: string): string[] {
  const files = new Set<string>();
  for (const fd of namesIn(join(proc, pid, 'fd'))) {
    if (fd === STANDARD_ERROR) continue;
    const target = linkOf(join(proc, pid, 'fd', fd));
    if (!target?.startsWith('/') || target.startsWith('/dev/') || target.endsWith(' (deleted)')) continue;
    if (isWritten(join(proc, pid, 'fdinfo', fd))) files.add(target);
  }
  return files.size > FILES_OF_A_READER ? [] : [...files];
}

/** proc(5): `flags` are those of open(2), in octal; the lowest two bits tell the access mode, 0 for reading. */
function isWritten(fdinfo: string): boolean {
  const flags = /^flags:\s*(\d+)/m.exec(textOf(fdinfo));
  return flags !== null && (Number.parseInt(flags[1] as string, 8) & 3) !== 0;
}

function nameOf(proc: string, pid: string): string {
  return textOf(join(proc, pid, 'comm')).trim();
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
