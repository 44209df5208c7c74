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

  test('a killed worker is told within 5 s, and within 5 s of its start who took its place', async () => {
    const { rig } = bench();
    const monitor = startMonitor(rig.url, options(), [...FREE, '--interval', '5s']);
    try {
      const { processes } = await monitor.untilStatus('both workers', (one) => {
        const seen = one.processes.filter(({ role }) => role === 'worker').map(({ pid }) => pid);
        return seen.length === 2 && rig.workers().every((pid) => seen.includes(pid));
      });
      const victim = processes.find(({ role }) => role === 'worker')?.pid as number;
      const told = async (title: RegExp, limitMs: number) =>
        (await monitor.until(
          `an incident ${title}`,
          (one) => one.type === 'incident' && one.incident.class === 'RESTART' && title.test(one.incident.title),
          limitMs,
        )) as IncidentEvent;
      const killedAt = Date.now();
      process.kill(victim, 'SIGKILL');
      const gone = await told(new RegExp(`^worker ${victim} is gone, `), 6_000);
      expect(Date.parse(gone.at) - killedAt).toBeLessThan(5_000);
      expect(gone.incident).toMatchObject({ severity: 'info', scope: 'process', target: 'worker' });
      // uvicorn before 0.30 has no supervisor: there nobody takes the place of a dead worker.
      if (isAtLeast(version, '1.83.0')) {
        // It may wait up to 5 s for the other worker's answer before it sees that this one is dead.
        const taken = await told(new RegExp(`^worker ${victim} is gone, \\d+ took its place$`), 30_000);
        const pid = Number(taken.incident.title.split(' ')[4]);
        const marked = await monitor.untilStatus('a row that is marked', ({ processes }) =>
          processes.some((one) => one.pid === pid && one.replaced),
        );
        const startedAt = marked.processes.find((one) => one.pid === pid)?.startedAt ?? '';
        expect(Date.parse(taken.at) - Date.parse(startedAt)).toBeLessThan(5_000);
      } else {
        expect(gone.incident.title).toBe(`worker ${victim} is gone, nothing took its place yet`);
        const { processes: left } = await monitor.untilStatus('a look after it', ({ at }) => Date.parse(at) > killedAt);
        expect(left.filter((one) => one.replaced)).toEqual([]);
      }
      // A worker that starts takes the machine's time: the gateway's answers may be late for a while.
      const after = await monitor.untilStatus(
        'a snapshot without it, all well',
        ({ processes, at, gateway, verdict }) =>
          Date.parse(at) > killedAt &&
          processes.every((one) => one.pid !== victim) &&
          gateway.state === 'OK' &&
          verdict.state === 'OK',
      );
      expect(openOf(after, 'RESTART')).toHaveLength(1);
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
