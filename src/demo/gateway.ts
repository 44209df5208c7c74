import { rmSync } from 'node:fs';
import { HEALTH_PENDING, health } from './answers.ts';
import { programPath } from './beside.ts';
import { createDialect } from './dialect.ts';
import { HEALTH_CHECK_INTERVAL_S } from './fleet.ts';
import { masterStartedLines, modelListLines, stoppedLines } from './log-lines.ts';
import { ORDERS_VARIABLE, type Orders, type Report } from './orders.ts';
import { createHttpServer } from './server.ts';
import { type Story, sceneAt, storyNamed, turnsOf } from './stories.ts';
import { createTraffic } from './traffic.ts';
import { startWorkers } from './worker-pool.ts';

/*
 * The demo gateway: a real HTTP server in a process of its own that speaks LiteLLM's dialect, with two worker processes,
 * and a log on standard output and error. It ends with its supervisor, whatever that died of.
 */

const WORKERS = 2;
/** Callers come at this distance, ms. */
const TRAFFIC_MS = 1_300;
/** A round of background checks takes so long, ms. */
const ROUND_MS = 250;
const PROVIDER_MS = 380;

const orders = JSON.parse(process.env[ORDERS_VARIABLE] ?? 'null') as Orders | null;
const masterKey = process.env.LITELLM_MASTER_KEY ?? '';
const story = storyNamed(orders?.story ?? '');
if (orders === null || story === undefined || process.send === undefined) {
  console.error('The demo gateway is started by `watchtower demo` only.');
  process.exit(3);
}
const { startedAt, speed, port, folder } = orders;

const write = (text: string): boolean => process.stdout.write(text);
const complain = (text: string): boolean => process.stderr.write(text);
const report = (message: Report): void => {
  if (process.connected) process.send?.(message);
};
const elapsed = (): number => (Date.now() - startedAt) * speed;
const scene = () => sceneAt(story, elapsed());
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms / speed));

let checked = { answer: HEALTH_PENDING, at: new Date() };
async function check(): Promise<void> {
  await wait(ROUND_MS);
  checked = { answer: health(scene()), at: new Date() };
}

let inFlight = 0;
const dialect = createDialect({
  masterKey,
  scene,
  health: () => checked,
  inFlight: () => inFlight,
  now: () => new Date(),
  complain,
  think: () => wait(PROVIDER_MS),
});
const server = createHttpServer(async (request) => {
  inFlight += 1;
  return dialect(request).finally(() => {
    inFlight -= 1;
  });
}, write);

server.on('error', (error) => {
  report({ kind: 'failed', message: error.message });
  process.exit(3);
});
server.listen(port, '127.0.0.1', () => {
  write(modelListLines());
  complain(masterStartedLines(`http://127.0.0.1:${port}`, process.pid));
  const workers = startWorkers(programPath('worker', import.meta.url), WORKERS, complain);
  live(story, workers.killOne);
  void check().then(() => report({ kind: 'ready' }));

  const end = (): void => {
    workers.stop();
    complain(stoppedLines(process.pid));
    process.exit(0);
  };
  process.on('SIGTERM', () => {
    // Requests in flight are finished first.
    server.close(end);
    server.closeIdleConnections();
    setTimeout(end, 1_000).unref();
  });
  process.on('disconnect', () => {
    workers.stop();
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  });
});

// Ctrl-C reaches every process of the terminal; the supervisor decides.
process.on('SIGINT', () => {});

/** Callers, background checks, and what the story does to this process. */
function live(told: Story, killWorker: () => void): void {
  const traffic = createTraffic();
  setInterval(() => {
    const { stdout, stderr } = traffic(scene(), new Date());
    if (stderr !== '') complain(stderr);
    write(stdout);
  }, TRAFFIC_MS / speed);
  setInterval(() => void check(), (HEALTH_CHECK_INTERVAL_S * 1000) / speed);
  const at = (moment: number, act: () => void): void => {
    const left = (moment - elapsed()) / speed;
    if (left > 0) setTimeout(act, left);
  };
  // A round right after each change: the viewer need not wait for the next one.
  for (const moment of turnsOf(told)) at(moment, () => void check());
  for (const moment of told.workerKillsMs) at(moment, killWorker);
}
