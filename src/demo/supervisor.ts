import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { programPath } from './beside.ts';
import { ORDERS_VARIABLE, type Orders, type Report } from './orders.ts';

/** The gateway's process and who starts and ends it. */
export interface Supervisor {
  readonly pid: number | null;
  /** Resolves when it answers; rejects with the reason when it cannot. */
  launch(): Promise<void>;
  /** Kills it without a word and waits until it is gone. */
  kill(): Promise<void>;
  /** Lets it finish what it serves, then ends it; nothing is launched afterwards. */
  end(): Promise<void>;
}

export interface SupervisorOptions {
  orders: Orders;
  config: string;
  logFile: string;
  masterKey: string;
  clock: Clock;
}

/** A start that takes longer has failed, ms. */
const START_MS = 15_000;
/** The gateway finishes what it serves within this, ms. */
const STOP_MS = 2_000;

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { clock } = options;
  let child: ChildProcess | null = null;
  let ended = false;

  const signal = (name: NodeJS.Signals): Promise<void> =>
    new Promise((resolve) => {
      if (child === null || !isRunning(child)) return resolve();
      child.once('exit', () => resolve());
      child.kill(name);
    });

  return {
    get pid() {
      return child !== null && isRunning(child) ? (child.pid ?? null) : null;
    },
    async launch() {
      if (ended) return;
      child = spawnGateway(options);
      try {
        await ready(child);
      } catch (error) {
        await signal('SIGKILL');
        throw error;
      }
    },
    kill: () => signal('SIGKILL'),
    async end() {
      ended = true;
      const cancel = clock.after(STOP_MS, () => child?.kill('SIGKILL'));
      await signal('SIGTERM');
      cancel();
    },
  };
}

/** The gateway's process: its output goes to the log file, as a shell would have it. */
function spawnGateway({ orders, config, logFile, masterKey }: SupervisorOptions): ChildProcess {
  const log = openSync(logFile, 'a', 0o600);
  const words = ['--config', config, '--host', '127.0.0.1', '--port', String(orders.port), '--num_workers', '2'];
  const child = spawn(process.execPath, [programPath('gateway', import.meta.url), ...words], {
    stdio: ['ignore', log, log, 'ipc'],
    // Nothing of the user's own environment: it may hold the keys of a real gateway.
    env: {
      PATH: process.env.PATH,
      TZ: process.env.TZ,
      LITELLM_MASTER_KEY: masterKey,
      DATABASE_URL: 'postgresql://localhost:5432/litellm',
      [ORDERS_VARIABLE]: JSON.stringify(orders),
    },
  });
  closeSync(log);
  return child;
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
