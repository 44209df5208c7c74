import type { Scrub } from '../text/safe-text.ts';
import { isWatchtower, showCommand } from './command-line.ts';
import type { CommandLines } from './command-lines.ts';
import { isInteresting } from './discovery.ts';
import type { KernelTime } from './kernel-time.ts';
import type { ProcessTable } from './process-table.ts';
import type { OtherWatchtower } from './types.ts';

/** Other watchtowers of this machine, oldest first: not this process, what started it, or what it started. */
export async function findWatchtowers(
  table: ProcessTable,
  commands: CommandLines,
  time: KernelTime,
  scrub: Scrub,
  selfPid: number,
): Promise<OtherWatchtower[]> {
  const family = lineage(table, selfPid);
  const found: OtherWatchtower[] = [];
  for (const row of table.rows()) {
    if (!isInteresting(row) || family.has(row.pid) || lineage(table, row.ppid).has(selfPid)) continue;
    const argv = await commands.of(row);
    if (!isWatchtower(argv)) continue;
    found.push({ pid: row.pid, command: scrub(showCommand(argv), 300), startedAt: time.startedAt(row.startTicks) });
  }
  return found.sort((a, b) => a.startedAt - b.startedAt);
}

/** A process and all above it. */
function lineage(table: ProcessTable, pid: number): Set<number> {
  const family = new Set<number>();
  for (let one = pid; one > 0 && !family.has(one); one = table.get(one)?.ppid ?? 0) family.add(one);
  return family;
}
