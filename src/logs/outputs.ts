import { readlinkSync } from 'node:fs';
import { type FollowOptions, followFile } from './follow/follow-file.ts';
import { type Owner, ownerOf } from './owner.ts';
import { type PipeReader, PROCESSES_LOOKED_AT, readersOf } from './pipe-readers.ts';
import { explained, type Source } from './source.ts';

/** A file that a process writes its output to. */
export interface Output {
  /** What can be opened: the file's name, or the descriptor where the name is gone. */
  path: string;
  /** The program in between, where the process writes to a pipe. */
  through: PipeReader | null;
}

/** Where processes write to. */
export interface Outputs {
  outputs: Output[];
  /** Whose program tells what they write to a socket, or to a pipe that nobody else reads. */
  owner: Owner;
  /** Why there is nothing to read; null where there is something, or nobody writes. */
  why: string | null;
}

type Pipe = ReturnType<typeof readersOf>;

const DELETED = ' (deleted)';

/** Files behind the standard output and error of the processes, also through a pipe; who else takes it; or why nobody can read it. */
export function outputsOf(pids: readonly number[], proc = '/proc'): Outputs {
  const targets = new Map<string, string>();
  for (const pid of pids) {
    for (const fd of [1, 2]) {
      const link = `${proc}/${pid}/fd/${fd}`;
      const target = linkOf(link);
      if (!targets.has(target)) targets.set(target, link);
    }
  }
  const outputs = new Map<string, Output>();
  const pipes: Pipe[] = [];
  for (const [target, link] of targets) {
    if (target.startsWith('pipe:')) pipes.push(readersOf(target, proc));
    else if (target.startsWith('/') && !target.startsWith('/dev/')) {
      const path = target.endsWith(DELETED) ? link : target;
      outputs.set(path, { path, through: null });
    }
  }
  for (const reader of pipes.flatMap((one) => one.readers))
    for (const path of reader.files) if (!outputs.has(path)) outputs.set(path, { path, through: reader });
  const names = [...targets.keys()];
  const owner = takerOf(
    pids.map((pid) => ownerOf(pid, proc)),
    {
      socket: names.some((name) => name.startsWith('socket:')),
      pipe: pipes.some(({ readers }) => readers.length === 0),
      terminal: names.some((name) => name.startsWith('/dev/pts/')),
    },
  );
  const some = outputs.size > 0 || owner !== NOBODY || pids.length === 0;
  return { outputs: [...outputs.values()], owner, why: some ? null : whyNoFile(names, pipes) };
}

const NOBODY: Owner = { unit: null, container: null };

/**
 * The journal takes sockets alone: a pipe within a unit leads to another program of it, such as a supervisor. A container's
 * terminal is its engine's.
 */
function takerOf(owners: readonly Owner[], by: { socket: boolean; pipe: boolean; terminal: boolean }): Owner {
  const taker = owners.find(({ unit, container }) =>
    container === null ? by.socket && unit !== null : by.socket || by.pipe || by.terminal,
  );
  return taker ?? NOBODY;
}

/** Follows what a process writes: by its name while it has one. */
export function followOutput({ path, through }: Output, options: FollowOptions): Source {
  const kind = path.startsWith('/proc/') ? 'fd' : 'file';
  const source: Source = { ...followFile(path, { ...options, kind }), kind: 'fd' };
  if (through === null) return source;
  return explained(source, ({ why }) => why ?? `the gateway writes to a pipe, ${named(through)} to this file`);
}

const named = ({ name, pid }: PipeReader): string => `${name} (${pid})`;

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable';
  }
}

function whyNoFile(targets: readonly string[], pipes: readonly Pipe[]): string {
  const has = (part: string): boolean => targets.some((target) => target.includes(part));
  if (has('/dev/pts') || has('/dev/tty'))
    return 'the gateway writes to a terminal: start it with > gateway.log 2>&1, or under systemd';
  if (has('socket:'))
    return 'the gateway writes to a socket, and no unit owns it: name its journal with --journal, or its container with --container';
  if (has('pipe:')) return whyNoPipe(pipes);
  if (has('/dev/null')) return 'the gateway writes to /dev/null: start it with > gateway.log 2>&1';
  if (has('unreadable')) return 'its descriptors cannot be read: run as its user or with sudo';
  return 'the gateway has no standard output';
}

function whyNoPipe(pipes: readonly Pipe[]): string {
  const [reader] = pipes.flatMap((one) => one.readers);
  const who = reader === undefined ? '' : ` that ${named(reader)} reads`;
  const cut = pipes.some((one) => one.cut) ? ` (only ${PROCESSES_LOOKED_AT} processes were looked at)` : '';
  return `the gateway writes to a pipe${who}${cut}: name the file behind it with --log-file, or its container with --container`;
}
