import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import { configText } from './fleet.ts';
import { type Span, STORIES, type Story, storyNamed } from './stories.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';

export type { Story };
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
  const orders = { story: story.name, startedAt, speed, port, folder };
  const gateway = createSupervisor({ orders, config, logFile, masterKey: MASTER_KEY, clock });
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    await gateway.launch();
  } catch (error) {
    clean();
    throw error;
  }
  const left = (moment: number): number => startedAt + moment / speed - clock.now();
  const cancels = story.gatewayGone === null ? [] : await takeAway(gateway, story.gatewayGone, left, clock);

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    key: story.keyRefused ? REFUSED_KEY : MASTER_KEY,
    logFile,
    get pids() {
      return gateway.pid === null ? [] : [gateway.pid];
    },
    async stop() {
      for (const cancel of cancels) cancel();
      await gateway.end();
      clean();
    },
  };
}

/** Kills the gateway for a while; who begins within that while finds it gone. Returns what undoes the plan. */
async function takeAway(
  gateway: Supervisor,
  { fromMs, toMs }: Span,
  left: (moment: number) => number,
  clock: Clock,
): Promise<(() => void)[]> {
  if (left(toMs) <= 0) return [];
  const back = clock.after(left(toMs), () => void gateway.launch().catch(() => {}));
  if (left(fromMs) > 0) return [back, clock.after(left(fromMs), () => void gateway.kill())];
  await gateway.kill();
  return [back];
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
