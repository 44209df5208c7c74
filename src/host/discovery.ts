import { type GatewayCommand, gatewayCommand } from './command-line.ts';
import type { CommandLines } from './command-lines.ts';
import type { HostDeps } from './deps.ts';
import { holdsSocket } from './descriptors.ts';
import { readEnvironment } from './environment.ts';
import type { PortSockets } from './net-tcp.ts';
import type { ProcessTable, TableRow } from './process-table.ts';
import type { HostOptions, ProcessSample } from './types.ts';

/** The top of the gateway's process tree, how it was found, and what could not be seen. */
export interface Discovery {
  root: TableRow | null;
  foundBy: ProcessSample['foundBy'];
  why: string | null;
}

export interface DiscoveryParts {
  deps: HostDeps;
  options: HostOptions;
  table: ProcessTable;
  commands: CommandLines;
}

/** Names that a gateway's process can bear; the argument lists of all others are not read. */
const INTERESTING = /^(python|pypy|litellm|uvicorn|gunicorn|hypercorn|granian|node|MainThread|watchtower)/;
/** Programs that hold a port for another: never the gateway itself. */
const FORWARDERS =
  /^(systemd|init|docker-proxy|containerd|rootlessport|conmon|slirp4netns|pasta|ssh|sshd|kubectl|socat|nginx|haproxy|caddy|envoy|traefik|httpd|apache2|stunnel)/;
const SLICE = 100;

export function isInteresting(row: TableRow): boolean {
  return INTERESTING.test(row.comm);
}

/** Looks for the gateway: by the user's word, by the owner of the listening socket, by command line. */
export async function discover(parts: DiscoveryParts, sockets: PortSockets | null): Promise<Discovery> {
  const { options, table } = parts;
  if (options.pid !== null) {
    const named = table.get(options.pid);
    if (named === undefined) return none(`there is no process ${options.pid} (--pid)`);
    return { root: await climb(parts, named, sockets), foundBy: 'pid', why: null };
  }
  const owner = sockets === null ? null : await ownerOf(parts, sockets);
  if (owner?.row != null && !FORWARDERS.test(owner.row.comm)) {
    return { root: await climb(parts, owner.row, sockets), foundBy: 'socket', why: null };
  }
  return byCommandLine(parts, sockets, whyNotBySocket(parts, sockets, owner));
}

function none(why: string): Discovery {
  return { root: null, foundBy: 'none', why };
}

interface Owner {
  row: TableRow | null;
  /** Processes whose descriptors are not ours to read. */
  denied: number;
}

/** The process that holds a listening socket: likely ones first, then all. A forwarder is taken when there is no other. */
async function ownerOf({ deps, table }: DiscoveryParts, { listening }: PortSockets): Promise<Owner> {
  const owner: Owner = { row: null, denied: 0 };
  if (listening.size === 0) return owner;
  const rows = [...table.rows()].filter((row) => row.pid !== deps.self.pid);
  const likely = rows.filter(isInteresting);
  const rest = rows.filter((row) => !isInteresting(row)).reverse();
  let asked = 0;
  for (const row of [...likely, ...rest]) {
    const holds = holdsSocket(deps.files, row.pid, listening);
    if (holds.kind === 'denied') owner.denied += 1;
    if (holds.kind === 'found' && holds.value) {
      owner.row = row;
      if (!FORWARDERS.test(row.comm)) return owner;
    }
    asked += 1;
    if (asked % SLICE === 0) await deps.breathe();
  }
  return owner;
}

function whyNotBySocket({ options, table }: DiscoveryParts, sockets: PortSockets | null, owner: Owner | null): string {
  const port = `port ${options.port}`;
  if (sockets === null) return 'the sockets of this machine cannot be read';
  if (sockets.listening.size === 0) return `nothing listens on ${port} of this machine`;
  if (owner?.row != null) return `${port} is held by ${owner.row.comm} (process ${owner.row.pid}), which passes it on`;
  const hidden = table.get(1) === undefined ? ', and processes of other users are hidden (hidepid)' : '';
  if (owner !== null && owner.denied > 0) {
    return `the socket on ${port} belongs to user ${sockets.uid}, whose descriptors are not ours to read${hidden}`;
  }
  return `something listens on ${port}, but its process cannot be seen from here (another PID namespace?)${hidden}`;
}

interface Candidate {
  row: TableRow;
  port: number;
}

async function byCommandLine(parts: DiscoveryParts, sockets: PortSockets | null, why: string): Promise<Discovery> {
  const { options } = parts;
  const candidates = await candidatesOf(parts);
  const found = (candidate: Candidate, more: string): Discovery => ({
    root: candidate.row,
    foundBy: 'command',
    why: `${why}; process ${candidate.row.pid} was found by its command line${more}`,
  });
  const same = candidates.filter((one) => one.port === options.port);
  if (same[0] !== undefined) return found(same[0], same.length > 1 ? `, one of ${same.length} like it` : '');
  // Behind something that passes the port on, or in a container with a network of its own, the port may be another.
  const elsewhere = candidates.filter((one) => hasOwnNetwork(parts, one.row.pid));
  const forwarded = sockets !== null && sockets.listening.size > 0 ? candidates : elsewhere;
  const only = forwarded.length === 1 ? forwarded[0] : undefined;
  if (only !== undefined) return found(only, `, with port ${only.port}`);
  const others = candidates.map((one) => `process ${one.row.pid} on port ${one.port}`).join(', ');
  return none(
    candidates.length === 0 ? `${why}, and no LiteLLM process was found` : `${why}; LiteLLM runs as ${others}`,
  );
}

/** Every gateway of this machine by command line, its topmost process only, oldest first. */
async function candidatesOf(parts: DiscoveryParts): Promise<Candidate[]> {
  const { deps, table, commands } = parts;
  const found = new Map<number, Candidate>();
  for (const row of table.rows()) {
    if (!isInteresting(row) || row.pid === deps.self.pid) continue;
    const command = gatewayCommand(await commands.of(row));
    if (command !== null) found.set(row.pid, { row, port: await portOf(parts, row.pid, command) });
  }
  const top = [...found.values()].filter(({ row }) => !found.has(row.ppid));
  return top.sort((a, b) => a.row.startTicks - b.row.startTicks);
}

/** By its words, else by `PORT` in its environment (LiteLLM's program reads that), else the usual one. */
async function portOf({ deps }: DiscoveryParts, pid: number, command: GatewayCommand): Promise<number> {
  if (command.port !== null) return command.port;
  const told = Number((await readEnvironment(deps.files, pid))?.get('PORT'));
  return Number.isInteger(told) && told > 0 ? told : command.defaultPort;
}

function hasOwnNetwork({ deps }: DiscoveryParts, pid: number): boolean {
  const ours = deps.files.link('/proc/self/ns/net');
  const theirs = deps.files.link(`/proc/${pid}/ns/net`);
  return ours.kind === 'found' && theirs.kind === 'found' && ours.value !== theirs.value;
}

/** Goes up while the parent holds the same socket, has the same words, or is a gateway by its words: that is the master. */
async function climb(parts: DiscoveryParts, from: TableRow, sockets: PortSockets | null): Promise<TableRow> {
  const { deps, table, commands } = parts;
  let top = from;
  for (let steps = 0; steps < 32; steps += 1) {
    const parent = table.get(top.ppid);
    if (parent === undefined || parent.pid === deps.self.pid || FORWARDERS.test(parent.comm)) return top;
    const [words, parents] = [await commands.of(top), await commands.of(parent)];
    const same = words.length > 0 && words.join('\0') === parents.join('\0');
    if (!same && gatewayCommand(parents) === null) {
      // A gateway by its own words is no part of a stranger, whatever port that one holds.
      if (gatewayCommand(words) !== null) return top;
      const holds = sockets === null ? null : holdsSocket(deps.files, parent.pid, sockets.listening);
      if (holds?.kind !== 'found' || !holds.value) return top;
    }
    top = parent;
  }
  return top;
}
