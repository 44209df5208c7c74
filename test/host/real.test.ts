import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { realDeps } from '../../src/host/deps.ts';
import { createHostMonitor } from '../../src/host/monitor.ts';
import { findPort } from '../../src/host/net-tcp.ts';
import { realFiles } from '../../src/host/proc-files.ts';
import type { HostMonitor, ProcessSample } from '../../src/host/types.ts';
import { createScrub } from '../../src/text/scrub.ts';

/** A server with two children that are started again when they end, as uvicorn does. */
const SERVER = `
const { spawn } = require('node:child_process');
const start = () => spawn(process.execPath, ['-e', 'process.stdin.resume().on("end", () => process.exit())'],
  { stdio: ['pipe', 'ignore', 'ignore'] }).on('exit', () => setTimeout(start, 200));
start(); start();
require('node:http').createServer((_, answer) => answer.end()).listen(0, '127.0.0.1', function () {
  process.send(this.address().port);
});
`;

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

async function startServer(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['-e', SERVER], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, LITELLM_MASTER_KEY: 'fake-key-of-a-test' },
  });
  started.push(child);
  const [port] = (await once(child, 'message')) as [number];
  return { child, port };
}

function monitorOf(port: number): HostMonitor {
  return createHostMonitor({ host: '127.0.0.1', port, local: true, pid: null }, createScrub([]));
}

async function until(monitor: HostMonitor, true_: (sample: ProcessSample) => boolean): Promise<ProcessSample> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; ) {
    const sample = await monitor.processes();
    if (true_(sample)) return sample;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`never came: ${JSON.stringify(await monitor.processes())}`);
}

const workers = (sample: ProcessSample) => sample.processes.filter((one) => one.role === 'worker');

describe.skipIf(process.platform !== 'linux')('real processes (skipped: needs /proc)', () => {
  it('finds a server by its socket, with its children, memory, descriptors and age', async () => {
    const { child, port } = await startServer();
    const monitor = monitorOf(port);
    const sample = await until(monitor, (one) => workers(one).length === 2);
    const [master] = sample.processes;
    expect(sample).toMatchObject({ foundBy: 'socket', why: null, listening: true });
    expect(master).toMatchObject({ pid: child.pid, ppid: process.pid, role: 'master', replaced: false });
    expect(master?.rssBytes).toBeGreaterThan(20e6);
    expect(master?.sockets).toBeGreaterThan(0);
    expect(Math.abs((master?.startedAt ?? 0) - Date.now())).toBeLessThan(30_000);
    const settled = await until(monitor, (one) => one.processes.every((process) => process.cpuPct !== null));
    expect(settled.processes.every((one) => (one.cpuPct ?? -1) >= 0)).toBe(true);
    expect((await monitor.settings()).masterKeySet).toBe(true);
  });

  it('sees a killed worker replaced within 5 s, and the end of all', async () => {
    const { child, port } = await startServer();
    const monitor = monitorOf(port);
    const [victim] = workers(await until(monitor, (one) => workers(one).length === 2));
    process.kill(victim?.pid ?? 0, 'SIGKILL');
    const after = await until(monitor, (one) => one.replacements.length > 0);
    const [replacement] = after.replacements;
    expect(replacement).toMatchObject({ role: 'worker', gonePid: victim?.pid });
    const heir = after.processes.find((one) => one.pid === replacement?.newPid);
    expect(heir).toMatchObject({ role: 'worker', replaced: true, replaces: victim?.pid });
    child.kill('SIGKILL');
    await until(monitor, (one) => one.foundBy === 'none' && one.processes.length === 0 && one.listening === false);
  });

  it('reads the kernel’s tables to their end, of which it gives a page at a time', async () => {
    const servers = await Promise.all(
      Array.from({ length: 600 }, () => {
        const server = createServer().listen(0, '127.0.0.1');
        return once(server, 'listening').then(() => server);
      }),
    );
    const tcp = realFiles.read('/proc/net/tcp');
    const table = tcp.kind === 'found' ? tcp.value : '';
    expect(table.length).toBeGreaterThan(65_536);
    for (const server of servers) {
      const { port } = server.address() as AddressInfo;
      expect(findPort(table, '', '127.0.0.1', port).listening.size).toBe(1);
    }
    for (const server of servers) server.close();
  });

  it('reads this machine in bounds', async () => {
    const monitor = monitorOf(1);
    const sample = await monitor.host();
    expect(sample.cores).toBeGreaterThan(0);
    expect(sample.memoryTotalBytes).toBeGreaterThan(sample.memoryUsedBytes ?? Number.POSITIVE_INFINITY);
    expect(sample.disks.find((disk) => disk.path === '/')?.usedRatio).toBeLessThanOrEqual(1);
    expect(monitor.self()).toMatchObject({ pid: process.pid });
  });
});

describe('without /proc', () => {
  it('sees processes by ps and pidusage, found by the named pid', async () => {
    const { child } = await startServer();
    const deps = { ...realDeps(), platform: 'darwin' as const };
    const options = { host: '127.0.0.1', port: 1, local: true, pid: child.pid ?? null };
    const monitor = createHostMonitor(options, createScrub([]), deps);
    const sample = await until(monitor, (one) => one.processes[0]?.cpuPct != null);
    expect(sample).toMatchObject({ foundBy: 'pid', listening: null });
    expect(sample.processes[0]).toMatchObject({ pid: child.pid, role: 'master', fds: null });
    expect(sample.processes[0]?.rssBytes).toBeGreaterThan(20e6);
    const host = await monitor.host();
    expect(host.memoryTotalBytes).toBeGreaterThan(host.memoryUsedBytes ?? Number.POSITIVE_INFINITY);
    expect(host.memoryLimit?.bytes).toBe(host.memoryTotalBytes);
    expect((await monitor.settings()).masterKeySet).toBeNull();
  });
});
