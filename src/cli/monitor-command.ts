import type { Settings } from '../config/settings.ts';
import { createMonitorReport } from '../report/monitor.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import { type Key, startEngine } from '../watch/start.ts';
import { exitOfSignal, type Io } from './io.ts';
import { rest } from './once-command.ts';

export interface MonitorOptions {
  format: 'text' | 'json';
  color: boolean;
  /** Ends by itself after this long, ms; null: never. */
  forMs: number | null;
}

/** How long the first block waits for the first answers, ms. */
const FIRST_LOOK_MS = 3_000;

/**
 * Lines for ever: a block each interval, a line at each change; a last line at the end. With `--accessible` one block and
 * then changes alone: nothing is read out twice. Resolves to the exit code.
 */
export async function monitorCommand(
  settings: Settings,
  key: Key | null,
  options: MonitorOptions,
  io: Io,
): Promise<number> {
  const report = createMonitorReport({ ...options, ascii: settings.ascii });
  const engine = startEngine(settings, key, 'monitor');
  const stop = new AbortController();
  const end = (why: unknown): void => stop.abort(why);
  io.ending.addEventListener('abort', () => end(io.ending.reason), { once: true });
  if (io.ending.aborted) end(io.ending.reason);
  let crashed: Error | null = null;
  void engine.failed.then((error) => {
    crashed = error;
    end('the engine failed');
  });
  const timer = options.forMs === null ? null : setTimeout(() => end('--for is over'), options.forMs);

  let told: Snapshot | null = null;
  let writing = Promise.resolve();
  const print = (text: string): void => {
    if (text !== '') writing = writing.then(() => io.out(text));
  };
  const tellChanges = (snapshot: Snapshot): void => {
    print(report.changes(told, snapshot));
    told = snapshot;
  };

  await rest(Math.min(FIRST_LOOK_MS, settings.intervalMs), stop.signal);
  engine.subscribe(tellChanges);
  let blocks = 0;
  // A short run tells what it saw too: there is a block before any end.
  do {
    const snapshot = engine.current();
    if (snapshot !== null && (blocks === 0 || !settings.accessible)) {
      tellChanges(snapshot);
      print(report.block(snapshot));
      blocks += 1;
    }
    await rest(settings.intervalMs, stop.signal);
  } while (!stop.signal.aborted);
  if (timer !== null) clearTimeout(timer);
  print(report.last(engine.current(), String(stop.signal.reason), new Date()));
  await engine.stop();
  await writing;
  if (crashed !== null) throw crashed;
  return exitOfSignal(stop.signal.reason) ?? 0;
}
