import { type Clock, systemClock } from '../clock.ts';
import { type ProcFiles, realFiles } from './proc-files.ts';

/** Everything that this room takes from outside. */
export interface HostDeps {
  clock: Clock;
  files: ProcFiles;
  platform: NodeJS.Platform;
  cores: number;
  self: {
    pid: number;
    /** Microseconds of all threads of this process. */
    cpuMicros(): number;
    rssBytes(): number;
  };
  /** Gives the loop to others between slices of a long listing. */
  breathe(): Promise<void>;
}

export function realDeps(): HostDeps {
  return {
    clock: systemClock,
    files: realFiles,
    platform: process.platform,
    cores: navigator.hardwareConcurrency,
    self: {
      pid: process.pid,
      cpuMicros() {
        const { user, system } = process.cpuUsage();
        return user + system;
      },
      rssBytes: () => process.memoryUsage.rss(),
    },
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
