import { cpus, loadavg } from 'node:os';
import type { Scrub } from '../text/safe-text.ts';
import { gatewayCommand, isWatchtower, showCommand } from './command-line.ts';
import type { HostDeps } from './deps.ts';
import type { GatewayProcesses, Master } from './gateway-processes.ts';
import type { ReadMachine } from './machine.ts';
import { usageOf } from './pid-usage.ts';
import { type ListedProcess, listProcesses } from './ps.ts';
import { createReplacementLog } from './replacements.ts';
import { rolesOf } from './roles.ts';
import { readMemory } from './system-information.ts';
import type { GatewayProcess, HostOptions } from './types.ts';

const LIST_EVERY_MS = 30_000;
/** Memory and disks may cost a child process here, ms. */
const MACHINE_EVERY_MS = 30_000;

/**
 * The documented subset for systems without `/proc` (macOS, BSD): processes by command line only, no descriptors, no
 * sockets, no limit of a cgroup.
 */
export function createPortable(
  deps: HostDeps,
  options: HostOptions,
  scrub: Scrub,
): { processes: GatewayProcesses; machine: ReadMachine } {
  return { processes: portableProcesses(deps, options, scrub), machine: portableMachine(deps, scrub) };
}

function portableProcesses({ clock, self }: HostDeps, options: HostOptions, scrub: Scrub): GatewayProcesses {
  const replacements = createReplacementLog();
  let listed: ListedProcess[] = [];
  let listedAt = Number.NEGATIVE_INFINITY;
  let asked = new Set<number>();

  const list = async (fresh: boolean): Promise<void> => {
    if (!fresh && clock.monotonic() - listedAt < LIST_EVERY_MS) return;
    listedAt = clock.monotonic();
    listed = await listProcesses();
  };
  const root = (): ListedProcess | undefined => {
    if (options.pid !== null) return listed.find((one) => one.pid === options.pid);
    const gateways = listed.filter(({ pid, argv }) => pid !== self.pid && portOf(argv) === options.port);
    return gateways.find((one) => !gateways.some((other) => other.pid === one.ppid));
  };
  const tree = (): ListedProcess[] => {
    const top = root();
    const members = top === undefined ? [] : [top];
    for (const one of members)
      members.push(...listed.filter((child) => child.ppid === one.pid && !members.includes(child)));
    return members;
  };

  return {
    async sample() {
      await list(false);
      let members = tree();
      let usage = await usageOf(members.map((one) => one.pid));
      if (members.length === 0 || members.some((one) => !usage.has(one.pid))) {
        await list(true);
        members = tree();
        usage = await usageOf(members.map((one) => one.pid));
      }
      const [at, mono] = [clock.now(), clock.monotonic()];
      const roles = rolesOf(
        members.map(({ pid, ppid, argv, startedAt }) => ({
          pid,
          ppid,
          argv,
          comm: '',
          holds: null,
          ageMs: at - startedAt,
        })),
      );
      const processes = members.map((one): GatewayProcess => {
        const known = usage.get(one.pid);
        return {
          pid: one.pid,
          ppid: one.ppid,
          role: roles.get(one.pid) ?? 'other',
          command: scrub(showCommand(one.argv), 300),
          startedAt: one.startedAt,
          startTicks: one.startedAt / 1000,
          cpuPct: asked.has(one.pid) ? (known?.cpuPct ?? null) : null,
          rssBytes: known?.rssBytes ?? null,
          fds: null,
          sockets: null,
          replaced: false,
          replaces: null,
        };
      });
      asked = new Set(members.map((one) => one.pid));
      const living = new Set(listed.map((one) => one.pid));
      replacements.note(processes, { at, mono, isAlive: (pid) => living.has(pid), listening: true });
      const why = 'this system has no /proc: processes are found by command line, without descriptors and sockets';
      return {
        at,
        foundBy: processes.length === 0 ? 'none' : options.pid !== null ? 'pid' : 'command',
        why: scrub(why),
        connections: null,
        listening: null,
        processes: processes.map((one) => {
          const replaces = replacements.replacedBy(one.pid, one.startTicks, mono);
          return { ...one, replaced: replaces !== null, replaces };
        }),
        replacements: replacements.recent(mono),
      };
    },
    async master(): Promise<Master | null> {
      await list(false);
      const top = root();
      return top === undefined ? null : { pid: top.pid, argv: top.argv };
    },
    async watchtowers() {
      await list(false);
      return listed
        .filter(({ pid, ppid, argv }) => pid !== self.pid && ppid !== self.pid && isWatchtower(argv))
        .map(({ pid, argv, startedAt }) => ({ pid, command: scrub(showCommand(argv), 300), startedAt }));
    },
  };
}

function portOf(argv: readonly string[]): number | null {
  const command = gatewayCommand(argv);
  return command === null ? null : (command.port ?? command.defaultPort);
}

function portableMachine({ clock, files, cores }: HostDeps, scrub: Scrub): ReadMachine {
  let before: { busy: number; total: number } | null = null;
  let slowAt = Number.NEGATIVE_INFINITY;
  let memory: Awaited<ReturnType<typeof readMemory>> = null;
  let space: Awaited<ReturnType<typeof files.space>> = null;

  return async () => {
    const times = cpus().map((cpu) => cpu.times);
    const total = times.reduce((sum, one) => sum + one.user + one.nice + one.sys + one.idle + one.irq, 0);
    const busy = total - times.reduce((sum, one) => sum + one.idle, 0);
    const elapsed = before === null ? 0 : total - before.total;
    const cpuPct = before !== null && elapsed > 0 ? ((busy - before.busy) / elapsed) * 100 : null;
    before = { busy, total };
    if (clock.monotonic() - slowAt >= MACHINE_EVERY_MS) {
      slowAt = clock.monotonic();
      [memory, space] = await Promise.all([readMemory(), files.space('/')]);
    }
    return {
      at: clock.now(),
      cpuPct,
      load1: loadavg()[0] ?? null,
      cores,
      memoryUsedBytes: memory === null ? null : memory.totalBytes - memory.availableBytes,
      memoryTotalBytes: memory?.totalBytes ?? null,
      memoryLimit: memory === null ? null : { bytes: memory.totalBytes, from: scrub('the machine') },
      disks: space === null ? [] : [{ path: scrub('/'), ...space }],
    };
  };
}
