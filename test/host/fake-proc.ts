import type { HostDeps } from '../../src/host/deps.ts';
import type { Found, ProcFiles, Space } from '../../src/host/proc-files.ts';
import { type VirtualClock, virtualClock } from '../support/virtual-clock.ts';

export interface FakeProcess {
  pid: number;
  ppid: number;
  argv: string[];
  comm: string;
  state: string;
  startTicks: number;
  cpuTicks: number;
  rssPages: number;
  /** Where descriptors lead, e.g. `socket:[7]`. */
  fds: string[];
  environ: string;
  cwd: string;
  netns: string;
  /** Its descriptors, environment and links are not ours to read. */
  denied: boolean;
}

export interface FakeMachine {
  deps: HostDeps;
  clock: VirtualClock;
  processes: Map<number, FakeProcess>;
  /** Any other file, by path. */
  files: Map<string, string>;
  /** Sockets that listen on port 4000, as inodes, on every address. */
  listening: number[];
  connected: number[];
  /** False: a kernel without the list of children. */
  childrenFiles: boolean;
  /** Paths that were asked for, in order. */
  asked: string[];
  add(process: Partial<FakeProcess> & { pid: number }): FakeProcess;
}

const DENIED = { kind: 'denied' } as const;
const GONE = { kind: 'gone' } as const;
/** Boot of the fake machine, seconds: start times in ticks count from here. */
export const BOOT_S = 1_700_000_000;

/** A machine whose `/proc` is made up: processes, sockets and files as a test sets them. */
export function fakeMachine(): FakeMachine {
  const clock = virtualClock();
  const machine: FakeMachine = {
    clock,
    processes: new Map(),
    files: new Map(),
    listening: [],
    connected: [],
    childrenFiles: true,
    asked: [],
    add(given) {
      const process: FakeProcess = {
        ppid: 1,
        argv: ['program'],
        comm: 'program',
        state: 'S',
        startTicks: given.pid * 100,
        cpuTicks: 0,
        rssPages: 1000,
        fds: [],
        environ: '',
        cwd: '/srv',
        netns: 'net:[1]',
        denied: false,
        ...given,
      };
      machine.processes.set(process.pid, process);
      return process;
    },
    deps: undefined as never,
  };
  machine.deps = {
    clock,
    files: fakeFiles(machine),
    platform: 'linux',
    cores: 2,
    self: { pid: 9_999, cpuMicros: () => 0, rssBytes: () => 1 },
    breathe: () => Promise.resolve(),
  };
  machine.add({ pid: 1, ppid: 0, argv: ['/sbin/init'], comm: 'systemd' });
  return machine;
}

function fakeFiles(machine: FakeMachine): ProcFiles {
  const noted = <T>(path: string, answer: T): T => {
    machine.asked.push(path);
    return answer;
  };
  return {
    read: (path) => noted(path, textAt(machine, path)),
    list: (path) => noted(path, listAt(machine, path)),
    link: (path) => noted(path, linkAt(machine, path)),
    bytes: () => null,
    slow: (path) => Promise.resolve(noted(path, textAt(machine, path))),
    space: (path) => Promise.resolve(noted(path, spaceAt(path))),
  };
}

function textAt(machine: FakeMachine, path: string): Found<string> {
  const given = machine.files.get(path);
  if (given !== undefined) return { kind: 'found', value: given };
  if (path === '/proc/net/tcp') return { kind: 'found', value: tcpTable(machine) };
  if (path === '/proc/stat') return { kind: 'found', value: `cpu  1 0 1 100 0 0 0 0 0 0\nbtime ${BOOT_S}\n` };
  const [, , pid, name, thread, last] = path.split('/');
  const process = machine.processes.get(Number(pid));
  if (process === undefined) return GONE;
  if (name === 'stat') return { kind: 'found', value: statLine(process) };
  if (name === 'cmdline') return { kind: 'found', value: process.argv.map((word) => `${word}\0`).join('') };
  if (name === 'environ') return process.denied ? DENIED : { kind: 'found', value: process.environ };
  if (name === 'task' && last === 'children' && machine.childrenFiles) {
    const children = [...machine.processes.values()].filter((one) => one.ppid === process.pid);
    return { kind: 'found', value: thread === pid ? children.map((one) => `${one.pid} `).join('') : '' };
  }
  return GONE;
}

function listAt(machine: FakeMachine, path: string): Found<string[]> {
  const [, , pid, name] = path.split('/');
  if (pid === undefined) return { kind: 'found', value: ['self', 'net', ...[...machine.processes.keys()].map(String)] };
  const process = machine.processes.get(Number(pid));
  if (process === undefined) return GONE;
  if (name === 'task') return { kind: 'found', value: [pid] };
  return process.denied ? DENIED : { kind: 'found', value: process.fds.map((_, fd) => String(fd)) };
}

function linkAt(machine: FakeMachine, path: string): Found<string> {
  const [, , pid, name, fd] = path.split('/');
  if (path === '/proc/self/ns/net') return { kind: 'found', value: 'net:[1]' };
  const process = machine.processes.get(Number(pid));
  if (process === undefined) return GONE;
  if (process.denied) return DENIED;
  if (name === 'cwd') return { kind: 'found', value: process.cwd };
  if (name === 'ns') return { kind: 'found', value: process.netns };
  const link = process.fds[Number(fd)];
  return link === undefined ? GONE : { kind: 'found', value: link };
}

function spaceAt(path: string): Space | null {
  return path === '/' ? { usedRatio: 0.5, freeBytes: 1e9 } : null;
}

function statLine(process: FakeProcess): string {
  const { pid, comm, state, ppid, cpuTicks, startTicks, rssPages } = process;
  const fields = [state, ppid, 1, 1, 0, -1, 0, 0, 0, 0, 0, cpuTicks, 0, 0, 0, 20, 0, 1, 0, startTicks, 0, rssPages, 0];
  return `${pid} (${comm}) ${fields.join(' ')}\n`;
}

export function tcpLine(local: string, state: string, inode: number, uid = 1000): string {
  return `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1 0000 100 0 0 10 0\n`;
}

function tcpTable(machine: FakeMachine): string {
  const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
  const listening = machine.listening.map((inode) => tcpLine('00000000:0FA0', '0A', inode));
  return head + listening.join('') + machine.connected.map((inode) => tcpLine('0100007F:0FA0', '01', inode)).join('');
}

/** The start time of a process that begins now. */
export function bornNow(machine: FakeMachine): number {
  return machine.clock.now() / 10 - BOOT_S * 100;
}
