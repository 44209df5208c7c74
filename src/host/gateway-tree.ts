import type { CommandLines } from './command-lines.ts';
import type { HostDeps } from './deps.ts';
import { type Discovery, discover } from './discovery.ts';
import type { KernelTime } from './kernel-time.ts';
import type { PortSockets } from './net-tcp.ts';
import type { PortWatch } from './port-watch.ts';
import type { ProcessTable } from './process-table.ts';
import type { TreeMember, TreeReader } from './tree.ts';
import type { HostOptions } from './types.ts';

/** One look at the gateway's tree. */
interface TreeLook {
  /** Master first; empty where none is found. */
  members: TreeMember[];
  found: Discovery;
  /** Who listens on the gateway's port; null where the kernel's tables cannot be read. */
  sockets: PortSockets | null;
}

export interface GatewayTree {
  look(): Promise<TreeLook>;
  isAlive: TreeReader['isAlive'];
}

export interface TreeParts {
  deps: HostDeps;
  options: HostOptions;
  time: KernelTime;
  table: ProcessTable;
  commands: CommandLines;
  ports: PortWatch;
  tree: TreeReader;
}

/** What is doubted is looked for anew this often, ms. */
const DISCOVER_MS = 30_000;
/** A search that took long is followed by a rest of so many times that. */
const REST = 50;

/**
 * Keeps hold of the gateway's tree. While its processes hold the listening socket nothing else is looked at; a search
 * follows when the master ended, when the port passed to another, and every 30 s while the socket is not seen in its hands.
 */
export function createGatewayTree(parts: TreeParts): GatewayTree {
  const { deps, options, time, table, ports, tree } = parts;
  const { clock } = deps;
  let found: Discovery = { root: null, foundBy: 'none', why: null };
  let sockets: PortSockets | null = null;
  /** What listened at the last search. */
  let searchedFor = '';
  let searchedAt = Number.NEGATIVE_INFINITY;
  let restUntil = Number.NEGATIVE_INFINITY;

  const search = async (): Promise<void> => {
    const start = clock.monotonic();
    const due = start - searchedAt >= DISCOVER_MS;
    if (due) {
      searchedAt = start;
      time.refresh();
    }
    // What is not found yet may be a program that was another when it was read.
    await table.update(due && found.root === null);
    sockets = ports.read('fresh');
    searchedFor = keyOf(sockets);
    const before = found;
    found = await discover(parts, sockets);
    // One without a socket and without a telling name (on its way out) stays known while it lives; one that was only
    // guessed by its command line, and is not any more, may be another gateway of this machine.
    const known = before.root !== null && before.foundBy !== 'command';
    if (found.root === null && known && before.root !== null && tree.isAlive(before.root.pid, before.root.startTicks)) {
      found = { root: before.root, foundBy: before.foundBy, why: found.why };
    }
    const end = clock.monotonic();
    restUntil = end + (end - start) * REST;
  };

  const read = async (thorough: boolean): Promise<TreeMember[]> => {
    if (found.root === null) return [];
    const members = await tree.read(found.root, sockets?.listening ?? new Set(), thorough);
    const unreadable = members.length > 0 && members.every((one) => one.socketInodes === null);
    sockets = ports.read(isHeld(members) ? 'calm' : unreadable ? 'unsure' : 'fresh');
    return tree.holding(members, sockets?.listening ?? new Set());
  };

  return {
    isAlive: tree.isAlive,
    async look() {
      const due = clock.monotonic() - searchedAt >= DISCOVER_MS;
      let members = await read(due);
      const held = isHeld(members);
      if (held && due) searchedAt = clock.monotonic();
      const moved = !held && members.length > 0 && options.pid === null && keyOf(sockets) !== searchedFor;
      const rested = clock.monotonic() >= restUntil;
      if ((members.length === 0 && (rested || found.root !== null)) || (!held && due) || (moved && rested)) {
        await search();
        members = await read(true);
      }
      // A gateway that was found while it started: now it listens.
      if (found.foundBy === 'command' && isHeld(members)) found = { root: found.root, foundBy: 'socket', why: null };
      return { members, found, sockets };
    },
  };
}

function isHeld(members: readonly TreeMember[]): boolean {
  return members.some((one) => one.holds === true);
}

function keyOf(sockets: PortSockets | null): string {
  return sockets === null ? '' : [...sockets.listening].join();
}
