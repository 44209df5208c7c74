import type { CommandLines } from './command-lines.ts';
import type { HostDeps } from './deps.ts';
import { countDescriptors, readDescriptors } from './descriptors.ts';
import type { KernelTime } from './kernel-time.ts';
import { type ProcessStat, parseStat } from './proc-stat.ts';
import type { ProcessTable, TableRow } from './process-table.ts';
import type { Member } from './roles.ts';

/** One process of the tree at one instant. */
export interface TreeMember extends Member {
  startTicks: number;
  startedAt: number;
  cpuPct: number | null;
  rssBytes: number;
  fds: number | null;
  sockets: number | null;
  /** Their inodes. */
  socketInodes: ReadonlySet<number> | null;
  /** Its descriptors are not ours to read. */
  denied: boolean;
}

export interface TreeReader {
  /** The tree below `root`, root first, then by age; empty when the root is gone. `thorough` looks below every thread. */
  read(
    root: Pick<TableRow, 'pid' | 'startTicks'>,
    listening: ReadonlySet<number>,
    thorough: boolean,
  ): Promise<TreeMember[]>;
  /** The same members, held against what listens now. */
  holding(members: readonly TreeMember[], listening: ReadonlySet<number>): TreeMember[];
  /** False when no process has both. */
  isAlive(pid: number, startTicks: number): boolean;
}

interface Memory {
  cpuTicks: number;
  at: number;
  cpuPct: number | null;
  sockets: ReadonlySet<number> | null;
  lookedAt: number;
  ppid: number;
}

/** Ticks are 10 ms: over less than this the share of a core would be noise, ms. */
const CPU_MIN_MS = 100;
/** A process with more descriptors than this is looked into at this distance only. */
const FEW_DESCRIPTORS = 256;
const LOOK_EVERY_MS = 10_000;
/** More processes than this below one gateway are not shown. */
const MOST = 512;

export function createTreeReader(
  deps: HostDeps,
  table: ProcessTable,
  commands: CommandLines,
  time: KernelTime,
): TreeReader {
  const { files, clock } = deps;
  let memory = new Map<string, Memory>();

  const statOf = (pid: number) => {
    const found = files.read(`/proc/${pid}/stat`);
    const stat = found.kind === 'found' ? parseStat(found.value) : null;
    return stat === null || isEnding(stat) ? null : stat;
  };

  const readOne = async (pid: number, ppid: number | null): Promise<[TreeMember, Memory] | null> => {
    const stat = statOf(pid);
    if (stat === null || (ppid !== null && stat.ppid !== ppid)) return null;
    const at = clock.monotonic();
    const before = memory.get(`${pid}:${stat.startTicks}`);
    const looks = look(pid, before, at);
    const cpu = cpuSince(before, stat.cpuTicks, at);
    const startedAt = time.startedAt(stat.startTicks);
    const argv = await commands.of({ pid, startTicks: stat.startTicks, comm: stat.comm });
    // One that began to end meanwhile has lost its words and descriptors already: they would tell another role.
    if (statOf(pid)?.startTicks !== stat.startTicks) return null;
    const member: TreeMember = {
      pid,
      ppid: stat.ppid,
      comm: stat.comm,
      argv,
      holds: null,
      ageMs: Math.max(0, clock.now() - startedAt),
      startTicks: stat.startTicks,
      startedAt,
      cpuPct: cpu.cpuPct,
      rssBytes: stat.rssPages * time.units.pageBytes,
      fds: looks.count,
      sockets: looks.sockets?.size ?? null,
      socketInodes: looks.sockets,
      denied: looks.denied,
    };
    return [member, { ...cpu, sockets: looks.sockets, lookedAt: looks.at, ppid: stat.ppid }];
  };

  const look = (pid: number, before: Memory | undefined, at: number) => {
    const count = countDescriptors(files, pid);
    if (count.kind !== 'found') return { count: null, sockets: null, denied: count.kind === 'denied', at };
    if (before !== undefined && count.value > FEW_DESCRIPTORS && at - before.lookedAt < LOOK_EVERY_MS) {
      return { count: count.value, sockets: before.sockets, denied: false, at: before.lookedAt };
    }
    const all = readDescriptors(files, pid);
    return { count: count.value, sockets: all.kind === 'found' ? all.value.sockets : null, denied: false, at };
  };

  const cpuSince = (before: Memory | undefined, cpuTicks: number, at: number) => {
    if (before === undefined) return { cpuTicks, at, cpuPct: null };
    const elapsed = at - before.at;
    if (elapsed < CPU_MIN_MS) return { cpuTicks: before.cpuTicks, at: before.at, cpuPct: before.cpuPct };
    const busyMs = ((cpuTicks - before.cpuTicks) * 1000) / time.units.ticksPerSecond;
    return { cpuTicks, at, cpuPct: Math.max(0, (busyMs / elapsed) * 100) };
  };

  const childrenOf = (pid: number, thorough: boolean): number[] => {
    const tasks = thorough ? files.list(`/proc/${pid}/task`) : null;
    const threads = tasks?.kind === 'found' ? tasks.value : [String(pid)];
    const pids = new Set<number>();
    let told = false;
    for (const thread of threads) {
      const found = files.read(`/proc/${pid}/task/${thread}/children`);
      if (found.kind !== 'found') continue;
      told = true;
      for (const word of found.value.split(' ')) if (Number(word) > 0) pids.add(Number(word));
    }
    // A kernel without CONFIG_PROC_CHILDREN: the table knows the parents.
    if (!told) for (const child of table.childrenOf(pid)) pids.add(child);
    // A child of another thread is not in the list of the first: it stays while it lives.
    for (const [identity, known] of memory) if (known.ppid === pid) pids.add(Number(identity.split(':', 1)[0]));
    return [...pids].sort((a, b) => a - b);
  };

  return {
    async read(root, listening, thorough) {
      const members: TreeMember[] = [];
      const remembered = new Map<string, Memory>();
      const queue: [pid: number, ppid: number | null][] = [[root.pid, null]];
      for (let next = queue.shift(); next !== undefined && members.length < MOST; next = queue.shift()) {
        const [pid, ppid] = next;
        if (pid === deps.self.pid) continue;
        const one = await readOne(pid, ppid);
        if (one === null || (ppid === null && one[0].startTicks !== root.startTicks)) continue;
        const [member, memo] = one;
        members.push(member);
        remembered.set(`${pid}:${member.startTicks}`, memo);
        for (const child of childrenOf(pid, thorough)) queue.push([child, pid]);
      }
      memory = remembered;
      return holding(members, listening);
    },
    holding,
    isAlive: (pid, startTicks) => statOf(pid)?.startTicks === startTicks,
  };
}

/** A zombie, or one that gave its memory back on the way there. */
function isEnding({ state, rssPages }: ProcessStat): boolean {
  return /^[ZXx]$/.test(state) || rssPages === 0;
}

function holding(members: readonly TreeMember[], listening: ReadonlySet<number>): TreeMember[] {
  return members.map((one) => ({ ...one, holds: holdsAny(one.socketInodes, listening) }));
}

function holdsAny(sockets: ReadonlySet<number> | null, inodes: ReadonlySet<number>): boolean | null {
  if (sockets === null) return null;
  for (const inode of inodes) if (sockets.has(inode)) return true;
  return false;
}
