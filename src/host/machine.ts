import type { Scrub } from '../text/safe-text.ts';
import { memoryLimit } from './cgroup.ts';
import type { HostDeps } from './deps.ts';
import { type Disk, readDisks } from './disks.ts';
import { parseCpuLine, parseMeminfo } from './proc-stat.ts';
import type { HostSample } from './types.ts';

/** Reads this machine; `gatewayPid` is whose memory limit is asked for, null where no gateway was found. */
export type ReadMachine = (gatewayPid: number | null) => Promise<HostSample>;

const DISKS_EVERY_MS = 30_000;
/** Ticks are 10 ms: over less than this the share would be noise, ms. */
const CPU_MIN_MS = 100;

/** This machine by `/proc`, without a child process: about 0.1 ms a call, disks every 30 s. */
export function createMachine({ files, clock, cores }: HostDeps, scrub: Scrub): ReadMachine {
  let cpu: { busy: number; total: number; at: number } | null = null;
  let cpuPct: number | null = null;
  let disks: Disk[] = [];
  let disksAt = Number.NEGATIVE_INFINITY;

  const readCpu = (): void => {
    const at = clock.monotonic();
    if (cpu !== null && at - cpu.at < CPU_MIN_MS) return;
    const stat = files.read('/proc/stat');
    const ticks = stat.kind === 'found' ? parseCpuLine(stat.value) : null;
    if (ticks === null) return;
    const elapsed = cpu === null ? 0 : ticks.total - cpu.total;
    // CPUs that are taken out may let the sums go back.
    if (cpu !== null)
      cpuPct = elapsed > 0 ? Math.min(100, Math.max(0, ((ticks.busy - cpu.busy) / elapsed) * 100)) : null;
    cpu = { ...ticks, at };
  };

  return async (gatewayPid) => {
    readCpu();
    if (clock.monotonic() - disksAt >= DISKS_EVERY_MS) {
      disksAt = clock.monotonic();
      disks = await readDisks(files);
    }
    const meminfo = files.read('/proc/meminfo');
    const memory = meminfo.kind === 'found' ? parseMeminfo(meminfo.value) : null;
    const load = files.read('/proc/loadavg');
    const load1 = load.kind === 'found' ? Number.parseFloat(load.value) : Number.NaN;
    const limit = gatewayPid === null ? null : memoryLimit(files, gatewayPid, memory?.totalBytes ?? null);
    return {
      at: clock.now(),
      cpuPct,
      load1: Number.isFinite(load1) ? load1 : null,
      cores,
      memoryUsedBytes: memory === null ? null : memory.totalBytes - memory.availableBytes,
      memoryTotalBytes: memory?.totalBytes ?? null,
      memoryLimit:
        limit === null
          ? null
          : { bytes: limit.bytes, from: scrub(limit.cgroup === null ? 'the machine' : `cgroup ${limit.cgroup}`, 200) },
      disks: disks.map(({ path, usedRatio, freeBytes }) => ({ path: scrub(path, 200), usedRatio, freeBytes })),
    };
  };
}
