import { describe, expect, it } from 'vitest';
import { createHostMonitor } from '../../src/host/monitor.ts';
import type { HostMonitor, HostOptions } from '../../src/host/types.ts';
import { createScrub } from '../../src/text/scrub.ts';
import { BOOT_S, bornNow, type FakeMachine, type FakeProcess, fakeMachine } from './fake-proc.ts';

const LITELLM = ['/venv/bin/python3', '/venv/bin/litellm', '--port', '4000', '--num_workers', '2'];
const SPAWNED = ['/venv/bin/python3', '-c', 'from multiprocessing.spawn import spawn_main; spawn_main(tracker_fd=7)'];
const TRACKER = ['/venv/bin/python3', '-c', 'from multiprocessing.resource_tracker import main;main(3)'];
const SOCKET = 'socket:[77]';

function watch(machine: FakeMachine, more: Partial<HostOptions> = {}): HostMonitor {
  return createHostMonitor(
    { host: 'localhost', port: 4000, local: true, pid: null, ...more },
    createScrub([]),
    machine.deps,
  );
}

/** `--num_workers 2` under uvicorn, as recorded. */
function twoWorkers(more: Partial<FakeProcess> = {}): FakeMachine {
  const machine = fakeMachine();
  machine.listening = [77];
  machine.add({ pid: 100, argv: LITELLM, comm: 'litellm', fds: ['/log', SOCKET], ...more });
  machine.add({ pid: 101, ppid: 100, argv: TRACKER, comm: 'python3', ...more });
  machine.add({ pid: 102, ppid: 100, argv: SPAWNED, comm: 'python3', fds: ['/log', SOCKET, 'socket:[80]'], ...more });
  machine.add({ pid: 103, ppid: 100, argv: SPAWNED, comm: 'python3', fds: [SOCKET], ...more });
  machine.add({ pid: 104, ppid: 102, argv: ['/x/query-engine-debian', '-p', '1'], comm: 'query-engine-de', ...more });
  return machine;
}

const rolesIn = (list: { pid: number; role: string }[]): string[] => list.map((one) => `${one.pid} ${one.role}`);

describe('finding the gateway', () => {
  it('finds master, workers and helpers by the listening socket', async () => {
    const sample = await watch(twoWorkers()).processes();
    expect(sample).toMatchObject({ foundBy: 'socket', why: null, listening: true });
    expect(rolesIn(sample.processes)).toEqual([
      '100 master',
      '102 worker',
      '103 worker',
      '104 query-engine',
      '101 other',
    ]);
    expect(sample.processes[1]).toMatchObject({ fds: 3, sockets: 2, rssBytes: 4_096_000, cpuPct: null });
    expect(sample.processes[0]?.startedAt).toBe(BOOT_S * 1000 + 100_000);
  });

  it('tells master from workers by parent where all have the same words', async () => {
    const machine = fakeMachine();
    machine.listening = [77];
    for (const pid of [201, 202, 200]) {
      machine.add({ pid, ppid: pid === 200 ? 1 : 200, argv: LITELLM, comm: 'litellm', fds: [SOCKET] });
    }
    expect(rolesIn((await watch(machine).processes()).processes)).toEqual(['200 master', '201 worker', '202 worker']);
  });

  it('finds any program that owns the socket, and its children of the same program are workers', async () => {
    const machine = fakeMachine();
    machine.listening = [77];
    machine.add({ pid: 300, argv: ['/usr/bin/node', 'gateway.js'], comm: 'node', fds: [SOCKET] });
    machine.add({ pid: 301, ppid: 300, argv: ['/usr/bin/node', 'worker.js'], comm: 'node' });
    const sample = await watch(machine).processes();
    expect(sample.foundBy).toBe('socket');
    expect(rolesIn(sample.processes)).toEqual(['300 master', '301 worker']);
  });

  it('chooses by port among several gateways', async () => {
    const machine = twoWorkers();
    machine.add({ pid: 90, argv: ['litellm', '--port', '5000'], comm: 'litellm', fds: ['socket:[5]'] });
    expect((await watch(machine).processes()).processes[0]?.pid).toBe(100);
    const down = await watch(machine, { port: 4444 }).processes();
    expect(down).toMatchObject({ foundBy: 'none', listening: false, processes: [] });
    expect(down.why).toContain('process 90 on port 5000');
  });

  it('goes by command line where the socket is not ours to read, and says why', async () => {
    const sample = await watch(twoWorkers({ denied: true })).processes();
    expect(sample.foundBy).toBe('command');
    expect(sample.why).toContain('belongs to user 1000');
    expect(rolesIn(sample.processes).slice(0, 3)).toEqual(['100 master', '102 worker', '103 worker']);
    expect(sample.processes[0]).toMatchObject({ fds: null, sockets: null, rssBytes: 4_096_000 });
  });

  it('knows a gateway that starts and does not listen yet, and takes its socket when it does', async () => {
    const machine = twoWorkers();
    machine.listening = [];
    for (const one of machine.processes.values()) one.fds = [];
    const monitor = watch(machine);
    expect(await monitor.processes()).toMatchObject({ foundBy: 'command', listening: false });
    machine.listening = [78];
    for (const one of machine.processes.values()) one.fds = ['socket:[78]'];
    await machine.clock.advance(2_000);
    expect(await monitor.processes()).toMatchObject({ foundBy: 'socket', why: null, listening: true });
  });

  it('keeps a gateway that left its port while it finishes, and counts what it still serves', async () => {
    const machine = fakeMachine();
    machine.listening = [77];
    machine.connected = [91, 92];
    machine.add({ pid: 300, argv: ['node', 'gw.js'], comm: 'node', fds: [SOCKET, 'socket:[91]', 'socket:[93]'] });
    const monitor = watch(machine);
    expect((await monitor.processes()).connections).toBe(1);
    machine.listening = [];
    await machine.clock.advance(2_000);
    const draining = await monitor.processes();
    expect(draining).toMatchObject({ listening: false, connections: 1 });
    expect(draining.processes[0]?.pid).toBe(300);
  });

  it('looks behind a program that passes the port on', async () => {
    const machine = fakeMachine();
    machine.listening = [77];
    machine.add({ pid: 50, argv: ['docker-proxy', '-host-port', '4000'], comm: 'docker-proxy', fds: [SOCKET] });
    machine.add({ pid: 400, argv: ['litellm', '--port', '8080'], comm: 'litellm', netns: 'net:[2]', fds: [] });
    const sample = await watch(machine).processes();
    expect(sample).toMatchObject({ foundBy: 'command', processes: [{ pid: 400 }] });
    expect(sample.why).toContain('docker-proxy (process 50)');
  });

  it('says that an owner in another namespace cannot be seen', async () => {
    const machine = fakeMachine();
    machine.listening = [77];
    const sample = await watch(machine).processes();
    expect(sample).toMatchObject({ foundBy: 'none', listening: true });
    expect(sample.why).toContain('another PID namespace');
  });

  it('takes the process that the user names, up to its master, and says when there is none', async () => {
    const machine = twoWorkers();
    const named = await watch(machine, { pid: 103 }).processes();
    expect(named.foundBy).toBe('pid');
    expect(named.processes[0]?.pid).toBe(100);
    const none = await watch(machine, { pid: 4242 }).processes();
    expect(none).toMatchObject({ foundBy: 'none', processes: [], why: 'there is no process 4242 (--pid)' });
  });

  it('never takes the watchtower itself for the gateway', async () => {
    const machine = fakeMachine();
    machine.listening = [77];
    machine.add({ pid: 9_999, argv: ['node', 'watchtower.js'], comm: 'node', fds: [SOCKET] });
    expect((await watch(machine).processes()).processes).toEqual([]);
  });

  it('uses PORT of the environment where the words name none', async () => {
    const machine = fakeMachine();
    machine.add({ pid: 400, argv: ['litellm'], comm: 'litellm', environ: 'PORT=4100\0' });
    expect((await watch(machine, { port: 4100 }).processes()).processes[0]?.pid).toBe(400);
    expect((await watch(machine, { port: 4000 }).processes()).processes).toEqual([]);
  });

  it('looks for nothing when the gateway is on another machine', async () => {
    const machine = twoWorkers();
    const sample = await watch(machine, { local: false, host: 'gateway.test' }).processes();
    expect(sample).toMatchObject({ foundBy: 'none', listening: null, processes: [] });
    expect(sample.why).toContain('gateway.test');
    expect(machine.asked).toEqual([]);
  });

  it('finds workers without the kernel’s list of children', async () => {
    const machine = twoWorkers();
    machine.childrenFiles = false;
    expect((await watch(machine).processes()).processes).toHaveLength(5);
  });

  it('shows a command without its secrets', async () => {
    const machine = fakeMachine();
    machine.listening = [77];
    machine.add({ pid: 9, argv: ['litellm', '--api_key', 'hunter2hunter2'], comm: 'litellm', fds: [SOCKET] });
    expect((await watch(machine).processes()).processes[0]?.command).toBe('litellm --api_key ***');
  });
});

describe('following the gateway', () => {
  it('measures CPU in percent of one core between two looks', async () => {
    const machine = twoWorkers();
    const monitor = watch(machine);
    await monitor.processes();
    const worker = machine.processes.get(102) as FakeProcess;
    worker.cpuTicks += 150;
    await machine.clock.advance(2_000);
    const cpu = (await monitor.processes()).processes.find((one) => one.pid === 102)?.cpuPct;
    expect(cpu).toBe(75);
  });

  it('sees a worker that was replaced between two looks, for 60 s', async () => {
    const machine = twoWorkers();
    const monitor = watch(machine);
    await monitor.processes();
    machine.processes.delete(103);
    machine.add({ pid: 150, ppid: 100, argv: SPAWNED, comm: 'python3', startTicks: bornNow(machine) });
    await machine.clock.advance(2_000);
    const sample = await monitor.processes();
    expect(sample.replacements).toEqual([{ at: machine.clock.now(), role: 'worker', gonePid: 103, newPid: 150 }]);
    expect(sample.processes.find((one) => one.pid === 150)).toMatchObject({ replaced: true, replaces: 103 });
    expect(sample.processes.find((one) => one.pid === 102)).toMatchObject({ replaced: false, replaces: null });
    await machine.clock.advance(61_000);
    const later = await monitor.processes();
    expect(later.replacements).toEqual([]);
    expect(later.processes.find((one) => one.pid === 150)?.replaced).toBe(false);
  });

  it('waits for the successor of a worker that ended, and counts a zombie as ended', async () => {
    const machine = twoWorkers();
    const monitor = watch(machine);
    await monitor.processes();
    (machine.processes.get(103) as FakeProcess).state = 'Z';
    await machine.clock.advance(2_000);
    const gone = await monitor.processes();
    expect(gone.processes.map((one) => one.pid)).not.toContain(103);
    expect(gone.replacements).toEqual([]);
    machine.add({ pid: 150, ppid: 100, argv: SPAWNED, comm: 'python3', startTicks: bornNow(machine) });
    await machine.clock.advance(2_000);
    expect((await monitor.processes()).replacements).toMatchObject([{ gonePid: 103, newPid: 150 }]);
  });

  it('is not misled by a worker that has lost its words and descriptors on its way out', async () => {
    const machine = twoWorkers();
    const monitor = watch(machine);
    await monitor.processes();
    Object.assign(machine.processes.get(103) as FakeProcess, { argv: [], fds: [], rssPages: 0 });
    await machine.clock.advance(2_000);
    await monitor.processes();
    machine.processes.delete(103);
    machine.add({ pid: 150, ppid: 100, argv: SPAWNED, comm: 'python3', startTicks: bornNow(machine) });
    await machine.clock.advance(2_000);
    expect((await monitor.processes()).replacements).toMatchObject([{ gonePid: 103, newPid: 150 }]);
  });

  it('tells a place that stays empty at the second look, once, and then its successor instead', async () => {
    const machine = twoWorkers();
    const monitor = watch(machine);
    await monitor.processes();
    machine.processes.delete(103);
    expect((await monitor.processes()).replacements).toEqual([]);
    for (let looks = 0; looks < 2; looks += 1) {
      await machine.clock.advance(2_000);
      expect((await monitor.processes()).replacements).toMatchObject([{ gonePid: 103, newPid: null }]);
    }
    machine.add({ pid: 150, ppid: 100, argv: SPAWNED, comm: 'python3', startTicks: bornNow(machine) });
    await machine.clock.advance(2_000);
    expect((await monitor.processes()).replacements.map((one) => one.newPid)).toEqual([150]);
  });

  it('takes a pid that another process got for another process', async () => {
    const machine = twoWorkers();
    const monitor = watch(machine);
    await monitor.processes();
    machine.add({ pid: 103, ppid: 100, argv: SPAWNED, comm: 'python3', startTicks: bornNow(machine), cpuTicks: 5 });
    await machine.clock.advance(2_000);
    const sample = await monitor.processes();
    expect(sample.replacements).toMatchObject([{ gonePid: 103, newPid: 103 }]);
    expect(sample.processes.find((one) => one.pid === 103)?.cpuPct).toBeNull();
  });

  it('reports a restart of the whole as one of the master, never as deaths of workers', async () => {
    const machine = twoWorkers();
    const monitor = watch(machine);
    await monitor.processes();
    for (const pid of [100, 101, 102, 103, 104]) machine.processes.delete(pid);
    machine.listening = [];
    await machine.clock.advance(2_000);
    const down = await monitor.processes();
    expect(down).toMatchObject({ foundBy: 'none', processes: [], replacements: [] });
    machine.listening = [78];
    machine.add({ pid: 500, argv: LITELLM, comm: 'litellm', fds: ['socket:[78]'] });
    machine.add({ pid: 501, ppid: 500, argv: SPAWNED, comm: 'python3', fds: ['socket:[78]'] });
    await machine.clock.advance(30_000);
    const up = await monitor.processes();
    expect(up.replacements).toMatchObject([{ role: 'master', gonePid: 100, newPid: 500 }]);
    expect(up.processes.map((one) => one.replaced)).toEqual([true, false]);
  });

  it('follows the port when another gateway takes it while the old one still ends', async () => {
    const machine = twoWorkers();
    const monitor = watch(machine);
    await monitor.processes();
    for (const one of machine.processes.values()) one.fds = [];
    machine.listening = [79];
    machine.add({ pid: 600, argv: LITELLM, comm: 'litellm', fds: ['socket:[79]'] });
    await machine.clock.advance(2_000);
    expect((await monitor.processes()).processes[0]?.pid).toBe(600);
  });

  it('looks at nothing but the gateway’s own processes while it holds its socket, on a machine of 5,000', async () => {
    const machine = twoWorkers();
    for (let pid = 10_000; pid < 15_000; pid += 1) machine.add({ pid });
    const monitor = watch(machine);
    await monitor.processes();
    for (let round = 0; round < 20; round += 1) {
      machine.asked.length = 0;
      await machine.clock.advance(2_000);
      await monitor.processes();
      const others = machine.asked.filter((path) => !/^\/proc\/(10[0-4]|net|stat)(\/|$)/.test(path));
      expect(others).toEqual([]);
      expect(machine.asked.length).toBeLessThan(60);
    }
  });

  it('drops a process that ends while it is read, and never throws', async () => {
    const machine = twoWorkers();
    const monitor = watch(machine);
    await monitor.processes();
    machine.files.set('/proc/103/stat', '103 (py');
    await machine.clock.advance(2_000);
    expect((await monitor.processes()).processes.map((one) => one.pid)).not.toContain(103);
    machine.deps.files.list = () => {
      throw new Error('list of /proc/1/fd failed');
    };
    const broken = await monitor.processes();
    expect(broken).toMatchObject({ foundBy: 'none', processes: [] });
    expect(broken.why).toContain('failed');
  });
});

describe('other watchtowers', () => {
  it('lists them without ourselves, what started us, and what we started', async () => {
    const machine = fakeMachine();
    const tower = ['/usr/bin/node', '/opt/x/dist/watchtower.js'];
    machine.add({ pid: 9_000, argv: [...tower, 'monitor'], comm: 'node' });
    machine.add({ pid: 9_999, ppid: 9_000, argv: tower, comm: 'node' });
    machine.add({ pid: 10_000, ppid: 9_999, argv: tower, comm: 'node' });
    machine.add({ pid: 700, argv: [...tower, '--port', '4000'], comm: 'node-MainThread', startTicks: 5 });
    machine.add({ pid: 701, argv: ['/watchtower', '--cleanup'], comm: 'watchtower' });
    const found = await watch(machine, { local: false }).watchtowers();
    expect(found).toEqual([
      { pid: 700, command: '/usr/bin/node /opt/x/dist/watchtower.js --port 4000', startedAt: BOOT_S * 1000 + 50 },
    ]);
  });
});
