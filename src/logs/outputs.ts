import { readlinkSync } from 'node:fs';

/** Files behind the standard output and error of the processes, and where else their output goes. */
export function outputsOf(pids: readonly number[]): { files: string[]; why: string | null } {
  const targets = new Set<string>();
  for (const pid of pids) {
    for (const fd of [1, 2]) {
      try {
        targets.add(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        targets.add('unreadable');
      }
    }
  }
  const files = [...targets].filter(
    (target) => target.startsWith('/') && !target.startsWith('/dev/') && !target.endsWith(' (deleted)'),
  );
  return { files, why: files.length > 0 || pids.length === 0 ? null : whyNoFile([...targets]) };
}

function whyNoFile(targets: readonly string[]): string {
  const has = (part: string): boolean => targets.some((target) => target.includes(part));
  if (has('/dev/pts') || has('/dev/tty'))
    return 'the gateway writes to a terminal: start it with > gateway.log 2>&1, or under systemd';
  if (has('socket:')) return 'the gateway writes to a socket, likely the journal: name its unit with --journal';
  if (has('pipe:'))
    return 'the gateway writes to a pipe: name the file behind it with --log-file, or its container with --container';
  if (has('(deleted)'))
    return 'the log file was deleted while the gateway writes to it: restart it, or name another with --log-file';
  if (has('/dev/null')) return 'the gateway writes to /dev/null: start it with > gateway.log 2>&1';
  return 'its descriptors cannot be read: run as its user or with sudo';
}
