import { baseName, gatewayCommand } from './command-line.ts';
import type { ProcessRole } from './types.ts';

/** A process of the gateway's tree, as far as its role depends on it. */
export interface Member {
  pid: number;
  ppid: number;
  comm: string;
  argv: readonly string[];
  /** Whether it holds the listening socket; null when that cannot be seen. */
  holds: boolean | null;
  ageMs: number;
}

/** A worker is given the listening socket well within this, ms. */
const HANDED_MS = 30_000;

/** The role of each process of a tree whose first is the master. */
export function rolesOf(tree: readonly Member[]): Map<number, ProcessRole> {
  const [master] = tree;
  const roles = new Map<number, ProcessRole>();
  if (master === undefined) return roles;
  const sharing = tree.some((one) => one !== master && one.holds === true);
  for (const one of tree) roles.set(one.pid, one === master ? 'master' : roleOf(one, master, sharing));
  return roles;
}

function roleOf(one: Member, master: Member, sharing: boolean): ProcessRole {
  if (one.comm.startsWith('query-engine') || baseName(one.argv[0] ?? '').startsWith('query-engine')) {
    return 'query-engine';
  }
  if (one.ppid !== master.pid || one.argv.some(isHelper)) return 'other';
  if (!isCopy(one, master)) return 'other';
  // Where its siblings hold the socket and it never got it, it serves no requests.
  const idle = sharing && one.holds === false && one.ageMs > HANDED_MS;
  return idle ? 'other' : 'worker';
}

/** Python's own helper of `multiprocessing`, and the migrations that LiteLLM runs at start. */
function isHelper(word: string): boolean {
  return (
    /^from multiprocessing\.(resource_tracker|semaphore_tracker|forkserver) import/.test(word) || word === 'prisma'
  );
}

/** The same words (gunicorn, hypercorn), one that `multiprocessing` started (uvicorn), or the same interpreter. */
function isCopy(one: Member, master: Member): boolean {
  if (one.argv.join('\0') === master.argv.join('\0')) return true;
  if (one.argv.some((word) => word.startsWith('from multiprocessing.spawn import'))) return true;
  if (gatewayCommand(one.argv) !== null) return true;
  const [program, script] = [one.argv[0], master.argv[0]];
  return program !== undefined && script !== undefined && baseName(program) === baseName(script);
}
