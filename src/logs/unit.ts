import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Managers of other processes: a cgroup that ends in one of them names no unit of the process itself. */
const MANAGER = /^(?:user@\d+|docker|containerd|podman|crio|ssh|sshd)\.service$/;
const USER_MANAGER = /^user@\d+\.service$/;

/**
 * The systemd unit that owns the cgroup of a process, as `--journal` takes it: `litellm.service`, or `user:litellm.service`
 * where a user's own manager runs it. Null where none does: a login, a container (its cgroup is a scope), no systemd.
 *
 * @param proc where the kernel's table is mounted; the lines of `cgroup` are those of cgroups(7), v2 and v1
 */
export function unitOf(pid: number, proc = '/proc'): string | null {
  let text: string;
  try {
    text = readFileSync(join(proc, String(pid), 'cgroup'), 'utf8');
  } catch {
    return null;
  }
  const path = /^(?:0::|\d+:name=systemd:)(\/.*)$/m.exec(text)?.[1];
  const parts = (path ?? '').split('/');
  const at = parts.findLastIndex((part) => part.endsWith('.service') || part.endsWith('.scope'));
  const unit = parts[at];
  if (unit === undefined || !unit.endsWith('.service') || MANAGER.test(unit)) return null;
  return parts.slice(0, at).some((part) => USER_MANAGER.test(part)) ? `user:${unit}` : unit;
}
