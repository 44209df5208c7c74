import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Who takes what a process writes to a socket or a pipe. */
export interface Owner {
  /** A systemd unit as `--journal` takes it: `litellm.service`, or `user:litellm.service` of a user's own manager. */
  unit: string | null;
  container: Container | null;
}

/** A container, by its cgroup. */
export interface Container {
  /** All 64 digits: its log file is named by them. */
  id: string;
  /** Whose it is; `cri` is a runtime of Kubernetes, which has no program that prints logs. */
  engine: 'docker' | 'podman' | 'cri';
  /** The uid of its pod; null outside of Kubernetes. */
  pod: string | null;
}

/** Managers of other processes: a cgroup that ends in one of them names no unit of the process itself. */
const MANAGER = /^(?:user@\d+|docker|containerd|podman|crio|ssh|sshd)\.service$/;
const USER_MANAGER = /^user@\d+\.service$/;
/** How engines name the cgroup of a container, under systemd's driver and their own. */
const CONTAINER =
  /(?:^|\/)(docker-|libpod-|cri-containerd-|crio-|docker\/|libpod_parent\/libpod-|pod[0-9a-f_-]{36}(?:\.slice)?\/)([0-9a-f]{64})(?:\.scope)?(?:\/|$)/;
const POD = /pod([0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12})(?:\.slice)?\//;
const SHORT_ID = 12;

/** A container's id as `--container` takes it. */
export const shortId = ({ id }: Container): string => id.slice(0, SHORT_ID);

/**
 * The systemd unit or the container that owns the cgroup of a process; neither for a login or where there is no systemd.
 *
 * @param proc where the kernel's table is mounted; the lines of `cgroup` are those of cgroups(7), v2 and v1
 */
export function ownerOf(pid: number, proc = '/proc'): Owner {
  const path = cgroupOf(pid, proc);
  const container = containerIn(path);
  return { unit: container === null ? unitIn(path) : null, container };
}

function containerIn(path: string): Container | null {
  const [, prefix, id] = CONTAINER.exec(path) ?? [];
  if (prefix === undefined || id === undefined) return null;
  const engine = prefix.startsWith('docker') ? 'docker' : prefix.startsWith('libpod') ? 'podman' : 'cri';
  return { id, engine, pod: POD.exec(path)?.[1]?.replaceAll('_', '-') ?? null };
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
