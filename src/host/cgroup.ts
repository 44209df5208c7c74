import type { Found, ProcFiles } from './proc-files.ts';

/** A memory limit in bytes, and the cgroup that sets it. */
export interface Limit {
  bytes: number;
  /** Path of the cgroup; null when the machine itself is the limit. */
  cgroup: string | null;
}

/** "No limit" of cgroup v1 is the largest page-aligned 63-bit number; nothing real is near it. */
const HUGE = 2 ** 60;

/**
 * What ends the process when it grows: the smallest limit from its cgroup up to the root (cgroups(7)), v2 and v1, or the
 * machine's memory where that is smaller. Null when not even that is known.
 */
export function memoryLimit(files: ProcFiles, pid: number, totalBytes: number | null): Limit | null {
  const machine = totalBytes === null ? null : { bytes: totalBytes, cgroup: null };
  const cgroups = files.read(`/proc/${pid}/cgroup`);
  if (cgroups.kind !== 'found') return machine;
  let smallest: Limit | null = machine;
  for (const { mount, path, file } of hierarchies(cgroups.value, textOf(files.read('/proc/self/mounts')))) {
    for (const group of upwards(path)) {
      const bytes = limitIn(files.read(`${mount}${group}/${file}`));
      if (bytes !== null && (smallest === null || bytes < smallest.bytes)) {
        smallest = { bytes, cgroup: group === '' ? '/' : group };
      }
    }
  }
  return smallest;
}

interface Hierarchy {
  mount: string;
  path: string;
  file: string;
}

/** Where the memory controller of a process is: `0::/path` is v2, `N:...memory...:/path` is v1; hybrid machines have both. */
function* hierarchies(cgroups: string, mounts: string): Generator<Hierarchy> {
  for (const line of cgroups.split('\n')) {
    const [, controllers, ...rest] = line.split(':');
    const path = rest.join(':');
    if (controllers === undefined || !path.startsWith('/')) continue;
    if (controllers === '') {
      const mount = mountOf(mounts, 'cgroup2', null);
      if (mount !== null) yield { mount, path, file: 'memory.max' };
    } else if (controllers.split(',').includes('memory')) {
      const mount = mountOf(mounts, 'cgroup', 'memory');
      if (mount !== null) yield { mount, path, file: 'memory.limit_in_bytes' };
    }
  }
}

function mountOf(mounts: string, type: string, option: string | null): string | null {
  for (const line of mounts.split('\n')) {
    const [, mount, kind, options] = line.split(' ');
    if (mount === undefined || kind !== type) continue;
    if (option === null || options?.split(',').includes(option)) return mount;
  }
  return null;
}

/** The path and all above it. A path that leads out of our cgroup namespace (`/../x`) begins at what we can see. */
function* upwards(path: string): Generator<string> {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..');
  for (let length = parts.length; length >= 0; length -= 1) {
    yield parts
      .slice(0, length)
      .map((part) => `/${part}`)
      .join('');
  }
}

function limitIn(found: Found<string>): number | null {
  if (found.kind !== 'found') return null;
  const text = found.value.trim();
  const bytes = /^\d+$/.test(text) ? Number(text) : Number.POSITIVE_INFINITY;
  return bytes > 0 && bytes < HUGE ? bytes : null;
}

function textOf(found: Found<string>): string {
  return found.kind === 'found' ? found.value : '';
}
