import { readlinkSync } from 'node:fs';
import { type FollowOptions, followFile } from './follow/follow-file.ts';
import type { Source } from './source.ts';

/** A file that a process writes its output to. */
export interface Output {
  /** What can be opened: the file's name, or the descriptor where the name is gone. */
  path: string;
}

const DELETED = ' (deleted)';

/** Files behind the standard output and error of the processes, and where else their output goes. */
export function outputsOf(pids: readonly number[]): { outputs: Output[]; why: string | null } {
  const targets = new Map<string, string>();
  for (const pid of pids) {
    for (const fd of [1, 2]) {
      const link = `/proc/${pid}/fd/${fd}`;
      const target = linkOf(link);
      if (!targets.has(target)) targets.set(target, link);
    }
  }
  const outputs = [...targets].flatMap(([target, link]): Output[] => {
    if (!target.startsWith('/') || target.startsWith('/dev/')) return [];
    return [{ path: target.endsWith(DELETED) ? link : target }];
  });
  return { outputs, why: outputs.length > 0 || pids.length === 0 ? null : whyNoFile([...targets.keys()]) };
}

/** Follows what a process writes: by its name while it has one. */
export function followOutput({ path }: Output, options: FollowOptions): Source {
  const kind = path.startsWith('/proc/') ? 'fd' : 'file';
  return { ...followFile(path, { ...options, kind }), kind: 'fd' };
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable';
  }
}

function whyNoFile(targets: readonly string[]): string {
  const has = (part: string): boolean => targets.some((target) => target.includes(part));
  if (has('/dev/pts') || has('/dev/tty'))
    return 'the gateway writes to a terminal: start it with > gateway.log 2>&1, or under systemd';
  if (has('socket:')) return 'the gateway writes to a socket, likely the journal: name its unit with --journal';
  if (has('pipe:'))
    return 'the gateway writes to a pipe: name the file behind it with --log-file, or its container with --container';
  if (has('/dev/null')) return 'the gateway writes to /dev/null: start it with > gateway.log 2>&1';
  if (has('unreadable')) return 'its descriptors cannot be read: run as its user or with sudo';
  return 'the gateway has no standard output';
}
