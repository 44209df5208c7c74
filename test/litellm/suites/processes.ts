import { chmodSync, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { deployment } from '../deployments.ts';
import { rssOf } from '../processes.ts';
import { isAtLeast } from '../releases.ts';
import { MASTER_KEY } from '../rig.ts';
import { EXECUTABLE, look, type MonitorEvent, startMonitor } from '../watchtower.ts';
import { openOf, withRig } from './fixtures.ts';

const FREE = ['--no-paid-probes'];
const NOBODY = 65534;

/** The gateway's process tree, and its silent changes. */
export function processTree(version: string): void {
  const bench = withRig({ version, workers: 2, deployments: [deployment('gpt-4o-mini', 'openai/gpt-4o-mini')] });
  const options = () => ({ account: bench().account, key: MASTER_KEY });

  test.each([
    ['by its listening socket', () => []],
    ['by --pid', () => ['--pid', String(bench().rig.pid)]],
  ])('%s the master and both workers are found, with their figures', async (_, args) => {
    const { rig } = bench();
    const { snapshot } = await look(rig.url, options(), [...FREE, ...args()]);
    const byRole = (role: string) => snapshot.processes.filter((one) => one.role === role);
    expect(byRole('master').map((one) => one.pid)).toEqual([rig.pid]);
    expect(
      byRole('worker')
        .map((one) => one.pid)
        .sort(),
    ).toEqual(rig.workers().sort());
    for (const one of [...byRole('master'), ...byRole('worker')]) {
      expect(Date.now() - Date.parse(one.startedAt), `age of ${one.pid}`).toBeLessThan(300_000);
      expect(Date.parse(one.startedAt), `age of ${one.pid}`).toBeLessThan(Date.now());
      expect(one.cpuPct, `CPU of ${one.pid}`).toBeGreaterThanOrEqual(0);
      expect(one.fds, `descriptors of ${one.pid}`).toBeGreaterThan(3);
      expect(one.sockets, `sockets of ${one.pid}`).toBeGreaterThan(0);
      const rss = rssOf(one.pid) ?? 0;
      expect(Math.abs((one.rssBytes ?? 0) - rss), `RSS of ${one.pid}`).toBeLessThan(rss * 0.2);
      expect(one.replaced).toBe(false);
    }
    expect(byRole('worker').every((one) => one.ppid === rig.pid)).toBe(true);
    expect(snapshot.host.gatewayRssBytes).toBeGreaterThan(100 * 1024 * 1024);
  });

  test('where the socket is not ours to read, the command line finds it', async (context) => {
    const stage = readableCopy();
    if (typeof stage === 'string') return context.skip(stage);
    try {
      const { rig, account } = bench();
      const { snapshot } = await look(rig.url, { account, uid: NOBODY, cwd: '/', executable: stage.executable }, FREE);
      expect(snapshot.processes[0]).toMatchObject({ pid: rig.pid, role: 'master', fds: null });
      expect(
        snapshot.processes
          .filter((one) => one.role === 'worker')
          .map((one) => one.pid)
          .sort(),
      ).toEqual(rig.workers().sort());
    } finally {
      rmSync(stage.folder, { recursive: true, force: true });
    }
  });

  test('another watchtower on this machine is listed', async () => {
    const { rig } = bench();
    const monitor = startMonitor(rig.url, options(), FREE);
    try {
      await monitor.untilStatus('a first snapshot', () => true);
      const { snapshot } = await look(rig.url, options(), FREE);
      expect(snapshot.watchtowers.map((one) => one.pid)).toContain(monitor.pid);
      expect(snapshot.watchtowers.map((one) => one.pid)).not.toContain(snapshot.watchtower.pid);
    } finally {
      await monitor.stop();
    }
  });

  test('a killed worker is told within 5 s: who went, and who took its place', async () => {
    const { rig } = bench();
    const monitor = startMonitor(rig.url, options(), [...FREE, '--interval', '5s']);
    try {
      const workers = rig.workers();
      await monitor.untilStatus('both workers', ({ processes }) =>
        workers.every((pid) => processes.some((one) => one.pid === pid)),
      );
      const [victim] = workers as [number];
      const killedAt = Date.now();
      process.kill(victim, 'SIGKILL');
      const isTold = (one: MonitorEvent): boolean =>
        one.type === 'incident' && one.incident.class === 'RESTART' && one.incident.title.includes(String(victim));
      // Where nobody takes a dead worker's place, that is told once it is sure: after 10 s.
      const limitMs = isAtLeast(version, '1.83.0') ? 5_000 : 15_000;
      const told = (await monitor.until('an incident about the worker', isTold, limitMs + 1_000)) as IncidentEvent;
      expect(Date.parse(told.at) - killedAt).toBeLessThan(limitMs);
      expect(told.incident).toMatchObject({ severity: 'info', scope: 'process', target: 'worker' });
      const after = await monitor.untilStatus(
        'a snapshot without it',
        ({ processes, at }) => Date.parse(at) > killedAt && processes.every((one) => one.pid !== victim),
        10_000,
      );
      const heirs = rig.workers().filter((pid) => !workers.includes(pid));
      // uvicorn before 0.30 has no supervisor: there nobody takes the place of a dead worker.
      expect(heirs).toHaveLength(isAtLeast(version, '1.83.0') ? 1 : 0);
      expect(after.processes.filter((one) => one.replaced).map((one) => one.pid)).toEqual(heirs);
      for (const heir of heirs) expect(openOf(after, 'RESTART')[0]?.title).toContain(String(heir));
      expect(after.gateway.state).toBe('OK');
      expect(after.verdict, JSON.stringify(after.incidents)).toMatchObject({ state: 'OK' });
    } finally {
      await monitor.stop();
    }
  });
}

type IncidentEvent = Extract<MonitorEvent, { type: 'incident' }>;

/** A copy of the executable that another user may read, or why there can be none. */
function readableCopy(): { folder: string; executable: string } | string {
  if (process.getuid?.() !== 0) return 'not root: cannot become another user';
  if (!isOpenToAll(process.execPath)) return `${process.execPath} is not open to other users`;
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-dist-'));
  chmodSync(folder, 0o755);
  cpSync(dirname(EXECUTABLE), folder, { recursive: true });
  return { folder, executable: join(folder, 'watchtower.js') };
}

/** True when every folder on the way may be entered by all, and the file run by all. */
function isOpenToAll(path: string): boolean {
  for (let at = path; at !== dirname(at); at = dirname(at)) if ((statSync(at).mode & 0o001) === 0) return false;
  return true;
}
