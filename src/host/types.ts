import type { SafeText } from '../text/safe-text.ts';

export type ProcessRole = 'master' | 'worker' | 'query-engine' | 'other';

export interface GatewayProcess {
  pid: number;
  ppid: number;
  role: ProcessRole;
  command: SafeText;
  /** Wall clock, ms. */
  startedAt: number;
  /** Kernel start time in ticks: with the pid it is the identity of a process. */
  startTicks: number;
  /** Percent of one core since the sample before; null on the first. */
  cpuPct: number | null;
  rssBytes: number | null;
  fds: number | null;
  sockets: number | null;
  /** True for 60 s when it took the place of one that went. */
  replaced: boolean;
  /** The pid that it took the place of. */
  replaces: number | null;
}

export interface Replacement {
  at: number;
  role: ProcessRole;
  gonePid: number;
  newPid: number | null;
}

/** What the gateway's own settings say, from its environment and config file where readable; null = not known. */
export interface GatewaySettings {
  /** Path of its config file. */
  configPath: SafeText | null;
  masterKeySet: boolean | null;
  databaseConfigured: boolean | null;
  redisConfigured: boolean | null;
  backgroundHealthChecks: boolean | null;
  healthCheckIntervalS: number | null;
  runsWithoutKey: boolean | null;
}

export interface ProcessSample {
  at: number;
  /** `socket`: owner of the listening socket; `pid`: named by the user; `command`: by its command line. */
  foundBy: 'socket' | 'pid' | 'command' | 'none';
  /** Why nothing or less than everything is seen; null when all is. */
  why: SafeText | null;
  /** Established connections on the gateway's port that its processes hold: with a closed port they tell draining from starting. */
  connections: number | null;
  /** True when some process listens on the gateway's port; null when that cannot be told. */
  listening: boolean | null;
  processes: GatewayProcess[];
  replacements: Replacement[];
}

export interface OtherWatchtower {
  pid: number;
  command: SafeText;
  startedAt: number;
}

export interface HostSample {
  at: number;
  cpuPct: number | null;
  load1: number | null;
  cores: number;
  memoryUsedBytes: number | null;
  memoryTotalBytes: number | null;
  memoryLimit: { bytes: number; from: SafeText } | null;
  disks: { path: SafeText; usedRatio: number; freeBytes: number }[];
}

export interface SelfSample {
  pid: number;
  cpuPct: number | null;
  rssBytes: number;
}

/** One gateway's processes and this machine. Every call is bounded; none throws. */
export interface HostMonitor {
  /** Cheap (reads `/proc`); call every 2 s. Discovers by itself at start, on loss, and every 30 s. */
  processes(): Promise<ProcessSample>;
  /** CPU, memory, load, limit; disks no oftener than every 30 s. */
  host(): Promise<HostSample>;
  watchtowers(): Promise<OtherWatchtower[]>;
  settings(): Promise<GatewaySettings>;
  self(): SelfSample;
}

export interface HostOptions {
  host: string;
  port: number;
  /** False for a gateway on another machine: nothing is looked for. */
  local: boolean;
  pid: number | null;
}
