import type { SafeText, Scrub } from '../text/safe-text.ts';
import { type HostDeps, realDeps } from './deps.ts';
import { createGatewayProcesses, type GatewayProcesses } from './gateway-processes.ts';
import { createMachine, type ReadMachine } from './machine.ts';
import { createSelf } from './self.ts';
import { NO_SETTINGS, readSettings } from './settings.ts';
import type { HostMonitor, HostOptions, HostSample, ProcessSample } from './types.ts';

/**
 * Watches one gateway's processes and this machine. On Linux everything comes from `/proc` and no child process is ever
 * started; elsewhere from libraries that know how. No call throws: what cannot be seen is null, and `why` says so.
 */
export function createHostMonitor(options: HostOptions, scrub: Scrub, deps: HostDeps = realDeps()): HostMonitor {
  const { clock } = deps;
  const parts = lazily(() => backEnd(deps, options, scrub));
  const self = createSelf(deps);
  self();
  const elsewhere = !options.local && options.pid === null;
  const away = (): ProcessSample =>
    unseen(clock.now(), scrub(`the gateway is not on this machine (${options.host}): its processes cannot be seen`));

  return {
    async processes() {
      if (elsewhere) return away();
      try {
        return await (await parts()).processes.sample();
      } catch (error) {
        return unseen(clock.now(), scrub(`the processes could not be read: ${messageOf(error)}`, 300));
      }
    },
    async host() {
      try {
        const { machine, processes } = await parts();
        return await machine(elsewhere ? null : ((await processes.master())?.pid ?? null));
      } catch {
        return blankMachine(clock.now(), deps.cores);
      }
    },
    async watchtowers() {
      try {
        return await (await parts()).processes.watchtowers();
      } catch {
        return [];
      }
    },
    async settings() {
      if (elsewhere || deps.platform !== 'linux') return NO_SETTINGS;
      try {
        const master = await (await parts()).processes.master();
        return master === null ? NO_SETTINGS : await readSettings(deps.files, master, scrub);
      } catch {
        return NO_SETTINGS;
      }
    },
    self,
  };
}

interface BackEnd {
  processes: GatewayProcesses;
  machine: ReadMachine;
}

async function backEnd(deps: HostDeps, options: HostOptions, scrub: Scrub): Promise<BackEnd> {
  if (deps.platform === 'linux') {
    return { processes: createGatewayProcesses(deps, options, scrub), machine: createMachine(deps, scrub) };
  }
  const { createPortable } = await import('./portable.ts');
  return createPortable(deps, options, scrub);
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

function unseen(at: number, why: SafeText): ProcessSample {
  return { at, foundBy: 'none', why, connections: null, listening: null, processes: [], replacements: [] };
}

function blankMachine(at: number, cores: number): HostSample {
  return {
    at,
    cpuPct: null,
    load1: null,
    cores,
    memoryUsedBytes: null,
    memoryTotalBytes: null,
    memoryLimit: null,
    disks: [],
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
