import { readdirSync, readFileSync } from 'node:fs';

/** Direct children of a process, as `/proc` shows them now. */
export function childrenOf(parent: number): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent)
    .map((pid) => ({ pid, command: commandOf(pid) }));
}

/** The arguments of a process joined by blanks; empty when it has gone. */
export function commandOf(pid: number): string {
  return read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim();
}

/** Resident memory in bytes; null when the process has gone. */
export function rssOf(pid: number): number | null {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`));
  return match ? Number(match[1]) * 1024 : null;
}

/** True when no such process (or, for a negative id, no process of that group) is left; a zombie counts as gone. */
export function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  return pid > 0 && /^State:\s+Z/m.test(read(`/proc/${pid}/status`));
}

function parentOf(pid: number): number | null {
  const match = /^PPid:\s+(\d+)$/m.exec(read(`/proc/${pid}/status`));
  return match ? Number(match[1]) : null;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
