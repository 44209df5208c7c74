import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Median of numbers; NaN of none. */
export function median(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  const middle = ordered.length / 2;
  if (ordered.length === 0) return Number.NaN;
  return Number.isInteger(middle)
    ? ((ordered[middle - 1] as number) + (ordered[middle] as number)) / 2
    : (ordered[Math.floor(middle)] as number);
}

/** Wall time of a command from start to end, ms; its output is read and thrown away. */
export function timeOf(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.resume();
    child.stderr.resume();
    child.on('error', reject);
    child.on('close', () => resolve(performance.now() - began));
  });
}

/** Medians of several commands, run in turn (A B A B ...), so that a machine whose speed drifts treats them alike. */
export async function timeInTurn(
  commands: readonly { command: string; args: readonly string[]; env?: NodeJS.ProcessEnv }[],
  runs: number,
): Promise<number[]> {
  const times = commands.map((): number[] => []);
  for (let run = -1; run < runs; run += 1) {
    for (const [index, { command, args, env }] of commands.entries()) {
      const took = await timeOf(command, args, env);
      // The first run warms the file cache and does not count.
      if (run >= 0) times[index]?.push(took);
    }
  }
  return times.map(median);
}

export interface TreeUse {
  /** CPU time used so far by the process and its children, seconds. */
  cpuS: number;
  /** Proportional set size of the tree, bytes. */
  pssBytes: number;
}

/** CPU and memory of a process and its descendants, from /proc. */
export function treeUse(root: number): TreeUse {
  const tree = descendants(root);
  let ticks = 0;
  let pssBytes = 0;
  for (const pid of tree) {
    const fields = stat(pid);
    if (fields === null) continue;
    ticks += Number(fields[11]) + Number(fields[12]);
    const rollup = text(`/proc/${pid}/smaps_rollup`);
    pssBytes += 1024 * Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return { cpuS: ticks / 100, pssBytes };
}

function descendants(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    const fields = Number.isInteger(pid) ? stat(pid) : null;
    if (fields !== null) parents.set(pid, Number(fields[1]));
  }
  const tree = [root];
  for (const pid of tree) for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  return tree;
}

/** Fields of /proc/PID/stat after the command, so that `[0]` is the state and `[1]` the parent. */
function stat(pid: number): string[] | null {
  const line = text(`/proc/${pid}/stat`);
  return line === '' ? null : line.slice(line.lastIndexOf(')') + 2).split(' ');
}

function text(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
