import type { Scrub } from '../text/safe-text.ts';
import { showCommand } from './command-line.ts';
import { createCommandLines } from './command-lines.ts';
import type { HostDeps } from './deps.ts';
import { createGatewayTree } from './gateway-tree.ts';
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

/** By `/proc`: no child process, and no look at processes that are not the gateway's while it is known. */
export function createGatewayProcesses(deps: HostDeps, options: HostOptions, scrub: Scrub): GatewayProcesses {
  const { files, clock } = deps;
  const time = createKernelTime(files);
  const table = createProcessTable(deps, time);
  const commands = createCommandLines(files, clock, time);
  const ports = createPortWatch(files, clock, options.host, options.port);
  const tree = createTreeReader(deps, table, commands, time);
  const replacements = createReplacementLog();
  const gateway = createGatewayTree({ deps, options, time, table, commands, ports, tree });
  let master: Master | null = null;

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
    const { members, found, sockets } = await gateway.look();
    const [at, mono] = [clock.now(), clock.monotonic()];
    const roles = rolesOf(members);
    const roleOf = (one: TreeMember) => roles.get(one.pid) ?? 'other';
    const identities = members.map((one) => ({ pid: one.pid, startTicks: one.startTicks, role: roleOf(one) }));
    const listening = sockets === null ? null : sockets.listening.size > 0;
    replacements.note(identities, { at, mono, isAlive: gateway.isAlive, listening: listening !== false });
    const [top] = members;
    master = top === undefined ? null : { pid: top.pid, argv: top.argv };
    const why = found.why ?? whyLess(members);
    return {
      at,
      foundBy: members.length === 0 ? 'none' : found.foundBy,
      why: why === null ? null : scrub(why, 300),
      connections: sockets === null ? null : countConnections(members, sockets.established),
      listening,
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
