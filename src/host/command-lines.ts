import type { Clock } from '../clock.ts';
import type { KernelTime } from './kernel-time.ts';
import type { ProcFiles } from './proc-files.ts';
import { SETTLING_MS, type TableRow } from './process-table.ts';

type Identified = Pick<TableRow, 'pid' | 'startTicks' | 'comm'>;

/** Argument lists, remembered by identity and name: a program that becomes another takes another name. */
export interface CommandLines {
  /** Empty for kernel threads and for what cannot be read. */
  of(process: Identified): Promise<readonly string[]>;
}

/** Beyond this the oldest is forgotten. */
const CAPACITY = 2_000;

export function createCommandLines(files: ProcFiles, clock: Clock, time: KernelTime): CommandLines {
  const known = new Map<string, readonly string[]>();
  return {
    async of({ pid, startTicks, comm }) {
      const identity = `${pid}:${startTicks}:${comm}`;
      const remembered = known.get(identity);
      if (remembered !== undefined) return remembered;
      const found = await files.slow(`/proc/${pid}/cmdline`);
      const argv = found.kind === 'found' ? parseArguments(found.value) : [];
      if (clock.now() - time.startedAt(startTicks) < SETTLING_MS) return argv;
      const oldest = known.size >= CAPACITY ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
      known.set(identity, argv);
      return argv;
    },
  };
}

/** Words are ended by NUL; a program that wrote a title over them leaves one word and padding. */
export function parseArguments(text: string): string[] {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1;
  return end === 0 ? [] : text.slice(0, end).split('\0');
}
