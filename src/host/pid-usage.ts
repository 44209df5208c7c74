export interface Usage {
  /** Percent of one core since the call before. */
  cpuPct: number;
  rssBytes: number;
}

/** CPU and memory of these processes; those that ended are left out. For systems without `/proc`. */
export async function usageOf(pids: readonly number[]): Promise<Map<number, Usage>> {
  const usage = new Map<number, Usage>();
  if (pids.length === 0) return usage;
  const { default: pidusage } = await import('pidusage');
  const found: Record<string, { cpu: number; memory: number } | undefined> = await pidusage([...pids]).catch(
    () => ({}),
  );
  for (const pid of pids) {
    const one = found[pid];
    if (one !== undefined) usage.set(pid, { cpuPct: one.cpu, rssBytes: one.memory });
  }
  return usage;
}
