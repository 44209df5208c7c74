import type { ProcFiles } from './proc-files.ts';
import { type KernelUnits, parseAuxv, parseBootTime } from './proc-stat.ts';

/** The kernel's units, and its clock as wall time. */
export interface KernelTime {
  units: KernelUnits;
  /** Reads the boot time again: a machine whose clock is set moves it. */
  refresh(): void;
  /** Wall clock of a start time in ticks since boot, ms. */
  startedAt(startTicks: number): number;
}

export function createKernelTime(files: ProcFiles): KernelTime {
  const units = parseAuxv(files.bytes('/proc/self/auxv'));
  let boot = 0;
  const refresh = (): void => {
    const stat = files.read('/proc/stat');
    if (stat.kind === 'found') boot = parseBootTime(stat.value) ?? boot;
  };
  refresh();
  return { units, refresh, startedAt: (ticks) => boot + (ticks * 1000) / units.ticksPerSecond };
}
