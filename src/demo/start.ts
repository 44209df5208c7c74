import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import { programPath } from './beside.ts';
import { configText } from './fleet.ts';
import { ORDERS_VARIABLE, type Orders, type Report } from './orders.ts';
import { STORIES, type Story, storyNamed } from './stories.ts';

export { STORIES };

export interface DemoOptions {
  /** A name of `STORIES`. */
  story: string;
  /** A free one when missing or 0. */
  port?: number;
  /** Begins so many ms into the story: one look (`--once`) at an incident needs no wait. */
  at?: number;
  /** How much faster than life the story runs; 1 unless a test says otherwise. */
  speed?: number;
}

export interface DemoDeps {
  clock: Clock;
  /** Where the log and the config of the gateway live while it runs. */
  tmpdir: string;
}

/** A running demo. */
export interface Demo {
  url: string;
  port: number;
  /** What the watchtower is to use; in the story of the bad key, one that is refused. */
  key: string;
  logFile: string;
  /** Processes that run now: the gateway's, its workers not counted. */
  readonly pids: readonly number[];
  /** Ends everything and removes the files. */
  stop(): Promise<void>;
}

const MASTER_KEY = 'sk-demo-skypiea-watchtower';
const REFUSED_KEY = 'sk-demo-of-yesterday';
/** A start that takes longer has failed, ms. */
const START_MS = 15_000;
/** The gateway finishes what it serves within this, ms. */
const STOP_MS = 2_000;

/**
 * Starts the simulated gateway of a story and looks after it: a child process with two workers, which all end with this
 * process whatever ends it. Rejects when the story is unknown or the port is taken.
 */
export async function startDemo(
  options: DemoOptions,
  deps: DemoDeps = { clock: systemClock, tmpdir: tmpdir() },
): Promise<Demo> {
  const story = storyNamed(options.story);
  if (story === undefined) {
    throw new Error(`no story "${options.story}"; there are ${STORIES.map((one) => one.name).join(', ')}`);
  }
  const { clock } = deps;
  const speed = options.speed ?? 1;
  const port = options.port || (await freePort());
  const folder = mkdtempSync(join(deps.tmpdir, 'watchtower-demo-'));
  const logFile = join(folder, 'gateway.log');
  const config = join(folder, 'config.yaml');
  writeFileSync(config, configText());
  const startedAt = clock.now() - (options.at ?? 0) / speed;
  const orders: Orders = { story: story.name, startedAt, speed, port, folder };
  const launch = (): Promise<ChildProcess> => launchGateway(orders, config, logFile);

  let child: ChildProcess | null = null;
  let stopping = false;
  try {
    child = await launch();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  const cancels = plan(story, startedAt, speed, clock, {
    kill: () => child?.kill('SIGKILL'),
    start: async () => {
      if (!stopping) child = await launch().catch(() => null);
      if (stopping) child?.kill('SIGKILL');
    },
  });

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    key: story.keyRefused ? REFUSED_KEY : MASTER_KEY,
    logFile,
    get pids() {
      return child !== null && isRunning(child) && child.pid !== undefined ? [child.pid] : [];
    },
    async stop() {
      stopping = true;
      for (const cancel of cancels) cancel();
      if (child !== null) await endGateway(child, clock);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the story does to the gateway's process itself. */
function plan(
  { gatewayGone }: Story,
  startedAt: number,
  speed: number,
  clock: Clock,
  act: { kill: () => void; start: () => Promise<void> },
): (() => void)[] {
  if (gatewayGone === null) return [];
  const left = (moment: number): number => Math.max(0, startedAt + moment / speed - clock.now());
  if (left(gatewayGone.toMs) === 0) return [];
  return [clock.after(left(gatewayGone.fromMs), act.kill), clock.after(left(gatewayGone.toMs), () => void act.start())];
}

/** Starts the gateway's process, its output in the log file, and waits until it answers. */
async function launchGateway(orders: Orders, config: string, logFile: string): Promise<ChildProcess> {
  const log = openSync(logFile, 'a', 0o600);
  const words = ['--config', config, '--host', '127.0.0.1', '--port', String(orders.port), '--num_workers', '2'];
  const child = spawn(process.execPath, [programPath('gateway', import.meta.url), ...words], {
    stdio: ['ignore', log, log, 'ipc'],
    // Nothing of the user's own environment: it may hold the keys of a real gateway.
    env: {
      PATH: process.env.PATH,
      TZ: process.env.TZ,
      LITELLM_MASTER_KEY: MASTER_KEY,
      DATABASE_URL: 'postgresql://localhost:5432/litellm',
      [ORDERS_VARIABLE]: JSON.stringify(orders),
    },
  });
  closeSync(log);
  try {
    await ready(child);
    return child;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('it does not answer'), START_MS);
    const fail = (message: string): void => {
      clearTimeout(timer);
      reject(new Error(`the demo gateway could not start: ${message}`));
    };
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code, signal) => fail(`it ended (${signal ?? `code ${code}`})`));
    child.on('message', (report: Report) => {
      if (report.kind === 'failed') return fail(report.message);
      clearTimeout(timer);
      resolve();
    });
  });
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

function endGateway(child: ChildProcess, clock: Clock): Promise<void> {
  if (!isRunning(child)) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = clock.after(STOP_MS, () => child.kill('SIGKILL'));
    child.once('exit', () => {
      cancel();
      resolve();
    });
    child.kill('SIGTERM');
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
