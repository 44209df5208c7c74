import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who takes what a process writes to a socket or a pipe. */
export interface Owner {
  /** A systemd unit as `--journal` takes it: `litellm.service`, or `user:litellm.service` of a user's own manager. */
  unit: string | null;
  /** A container's short id, as `--container` takes it. */
  container: string | null;
}

/** Managers of other processes: a cgroup that ends in one of them names no unit of the process itself. */
const MANAGER = /^(?:user@\d+|docker|containerd|podman|crio|ssh|sshd)\.service$/;
const USER_MANAGER = /^user@\d+\.service$/;
/** How docker and podman name the cgroup of a container, under systemd's driver and their own. */
const CONTAINER = /(?:^|\/)(?:docker-|libpod-|docker\/|libpod_parent\/libpod-)([0-9a-f]{64})(?:\.scope)?(?:\/|$)/;
const SHORT_ID = 12;

/**
 * The systemd unit or the container that owns the cgroup of a process; neither for a login or where there is no systemd.
 *
 * @param proc where the kernel's table is mounted; the lines of `cgroup` are those of cgroups(7), v2 and v1
 */
export function ownerOf(pid: number, proc = '/proc'): Owner {
  const path = cgroupOf(pid, proc);
  const container = CONTAINER.exec(path)?.[1]?.slice(0, SHORT_ID) ?? null;
  return { unit: container === null ? unitIn(path) : null, container };
}

function cgroupOf(pid: number, proc: string): string {
  try {
    const text = readFileSync(join(proc, String(pid), 'cgroup'), 'utf8');
    return /^\d+:name=systemd:(\/.*)$/m.exec(text)?.[1] ?? /^0::(\/.*)$/m.exec(text)?.[1] ?? '';
  } catch {
    return '';
  }
}

function unitIn(path: string): string | null {
  const parts = path.split('/');
  const at = parts.findLastIndex((part) => part.endsWith('.service') || part.endsWith('.scope'));
  const unit = parts[at];
  if (unit === undefined || !unit.endsWith('.service') || MANAGER.test(unit)) return null;
  return parts.slice(0, at).some((part) => USER_MANAGER.test(part)) ? `user:${unit}` : unit;
}
