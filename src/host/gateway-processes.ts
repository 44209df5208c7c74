import type { Scrub } from '../text/safe-text.ts';
import { showCommand } from './command-line.ts';
import { createCommandLines } from './command-lines.ts';
import type { HostDeps } from './deps.ts';
import { type Discovery, discover } from './discovery.ts';
import { createKernelTime } from './kernel-time.ts';
import { createPortWatch } from './port-watch.ts';
import { createProcessTable } from './process-table.ts';
import { createReplacementLog } from './replacements.ts';
import { rolesOf } from './roles.ts';
import { createTreeReader, type TreeMember } from './tree.ts';
import type { GatewayProcess, HostOptions, OtherWatchtower, ProcessSample } from './types.ts';
import { findWatchtowers } from './watchtowers.ts';

/** The gateway's master as it was last seen. */
export interface Master {
  pid: number;
  argv: readonly string[];
}

/** The gateway's processes on this machine, however they are read. */
export interface GatewayProcesses {
  sample(): Promise<ProcessSample>;
  /** Null while none is known; looks for one when nothing has yet. */
  master(): Promise<Master | null>;
  watchtowers(): Promise<OtherWatchtower[]>;
}

/** Everything is looked for anew this often, ms. */
const DISCOVER_MS = 30_000;

/** By `/proc`: no child process, and no look at processes that are not the gateway's while it is known. */
export function createGatewayProcesses(deps: HostDeps, options: HostOptions, scrub: Scrub): GatewayProcesses {
  const { files, clock } = deps;
  const time = createKernelTime(files);
  const table = createProcessTable(deps, time);
  const commands = createCommandLines(files, clock, time);
  const ports = createPortWatch(files, clock, options.host, options.port);
  const tree = createTreeReader(deps, table, commands, time);
  const replacements = createReplacementLog();
  let found: Discovery | null = null;
  let discoveredAt = Number.NEGATIVE_INFINITY;
  let master: Master | null = null;

  const lookAnew = async (): Promise<void> => {
    const due = clock.monotonic() - discoveredAt >= DISCOVER_MS;
    if (due) {
      discoveredAt = clock.monotonic();
      time.refresh();
    }
    // One that is not found yet may be a program that was another when it was read.
    await table.update(due && found?.root == null);
    found = await discover({ deps, options, table, commands, ports });
  };

  const readTree = async (thorough: boolean): Promise<TreeMember[]> => {
    if (found?.root == null) return [];
    return tree.read(found.root, ports.read(false)?.listening ?? new Set(), thorough);
  };

  const currentTree = async (): Promise<TreeMember[]> => {
    const due = clock.monotonic() - discoveredAt >= DISCOVER_MS;
    if (due || found?.root == null) await lookAnew();
    let members = await readTree(due);
    const lost = members.length === 0 && found?.root != null;
    const unbound = found?.foundBy === 'command' && (ports.read(false)?.listening.size ?? 0) > 0;
    if (!lost && !unbound) return members;
    const before = found?.root;
    await lookAnew();
    if (lost || found?.root?.pid !== before?.pid) members = await readTree(true);
    return members;
  };

  const toProcess = (one: TreeMember, role: GatewayProcess['role'], mono: number): GatewayProcess => {
    const replaces = replacements.replacedBy(one.pid, one.startTicks, mono);
    return {
      pid: one.pid,
      ppid: one.ppid,
      role,
      command: scrub(showCommand(one.argv.length > 0 ? one.argv : [`[${one.comm}]`]), 300),
      startedAt: one.startedAt,
      startTicks: one.startTicks,
      cpuPct: one.cpuPct,
      rssBytes: one.rssBytes,
      fds: one.fds,
      sockets: one.sockets,
      replaced: replaces !== null,
      replaces,
    };
  };

  const take = async (): Promise<ProcessSample> => {
    const members = await currentTree();
    const [at, mono] = [clock.now(), clock.monotonic()];
    const roles = rolesOf(members);
    const roleOf = (one: TreeMember) => roles.get(one.pid) ?? 'other';
    replacements.note(
      members.map((one) => ({ pid: one.pid, startTicks: one.startTicks, role: roleOf(one) })),
      tree.isAlive,
      at,
      mono,
    );
    const [top] = members;
    master = top === undefined ? null : { pid: top.pid, argv: top.argv };
    const sockets = ports.read(false);
    const why = found === null ? null : (found.why ?? whyLess(members));
    return {
      at,
      foundBy: members.length === 0 ? 'none' : (found?.foundBy ?? 'none'),
      why: why === null ? null : scrub(why, 300),
      connections: sockets === null ? null : countConnections(members, sockets.established),
      listening: sockets === null ? null : sockets.listening.size > 0,
      processes: members
        .map((one) => toProcess(one, roleOf(one), mono))
        .sort((a, b) => RANK[a.role] - RANK[b.role] || a.startTicks - b.startTicks || a.pid - b.pid),
      replacements: replacements.recent(mono),
    };
  };

  let flying: Promise<ProcessSample> | null = null;
  const sample = (): Promise<ProcessSample> => {
    flying ??= take().finally(() => {
      flying = null;
    });
    return flying;
  };

  return {
    sample,
    async master() {
      if (master === null) await sample();
      return master;
    },
    async watchtowers() {
      await table.update(false);
      return findWatchtowers(table, commands, time, scrub, deps.self.pid);
    },
  };
}

const RANK = { master: 0, worker: 1, 'query-engine': 2, other: 3 } as const;

function whyLess(members: readonly TreeMember[]): string | null {
  const denied = members.filter((one) => one.denied).length;
  if (denied === 0) return null;
  return 'descriptors and sockets of the gateway are not ours to read: run the watchtower as its user or as root';
}

/** Connections that the tree holds; all of the port's where its descriptors cannot be read. */
function countConnections(members: readonly TreeMember[], established: ReadonlySet<number>): number {
  if (members.some((one) => one.socketInodes === null)) return established.size;
  const held = new Set<number>();
  for (const one of members) for (const inode of one.socketInodes ?? []) if (established.has(inode)) held.add(inode);
  return held.size;
}
