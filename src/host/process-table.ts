import type { HostDeps } from './deps.ts';
import type { KernelTime } from './kernel-time.ts';
import { parseStat } from './proc-stat.ts';

/** What is known of every process of the machine without asking it anything that may hang. */
export interface TableRow {
  pid: number;
  ppid: number;
  comm: string;
  startTicks: number;
}

export interface ProcessTable {
  /** Reads what is new since the last call; `all` reads every process again (a program may become another by `exec`). */
  update(all: boolean): Promise<void>;
  rows(): Iterable<TableRow>;
  get(pid: number): TableRow | undefined;
  childrenOf(pid: number): number[];
}

/** So many processes are read before others get the loop: about 3 ms. */
const SLICE = 150;
/** A process younger than this when it was read may still become another program, ms. */
export const SETTLING_MS = 10_000;
/** These wait, and become another program at any age. */
const LAUNCHERS = /^(sh|bash|dash|ash|zsh|env|uv|tini|dumb-init|s6-|supervise)/;

/** A table that costs one directory listing in the steady state, and one small file a process that is new. */
export function createProcessTable({ files, clock, breathe }: HostDeps, time: KernelTime): ProcessTable {
  let rows = new Map<number, TableRow>();
  let settling = new Set<number>();

  return {
    async update(all) {
      const listed = files.list('/proc');
      if (listed.kind !== 'found') return;
      const next = new Map<number, TableRow>();
      const young = new Set<number>();
      let read = 0;
      for (const name of listed.value) {
        const pid = Number(name);
        if (!Number.isInteger(pid) || pid <= 0) continue;
        const known = rows.get(pid);
        if (known !== undefined && !all && !settling.has(pid) && !LAUNCHERS.test(known.comm)) {
          next.set(pid, known);
          continue;
        }
        const found = files.read(`/proc/${pid}/stat`);
        const stat = found.kind === 'found' ? parseStat(found.value) : null;
        if (stat !== null) {
          next.set(pid, { pid, ppid: stat.ppid, comm: stat.comm, startTicks: stat.startTicks });
          if (clock.now() - time.startedAt(stat.startTicks) < SETTLING_MS) young.add(pid);
        }
        read += 1;
        if (read % SLICE === 0) await breathe();
      }
      rows = next;
      settling = young;
    },
    rows: () => rows.values(),
    get: (pid) => rows.get(pid),
    childrenOf: (pid) => [...rows.values()].filter((row) => row.ppid === pid).map((row) => row.pid),
  };
}
