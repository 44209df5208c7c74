import { parentPort, workerData } from 'node:worker_threads';
import type { Settings } from '../config/settings.ts';
import type { Command } from './engine.ts';
import { createEventSender, type EventsDelta } from './event-delta.ts';
import type { Snapshot } from './snapshot.ts';
import { startEngine } from './start.ts';

/** What the thread is given: the key travels in memory only. */
export interface WorkerInput {
  settings: Settings;
  key: string | null;
}

/** What it tells: every new snapshot, the log's events apart (null: as before), and an error that ended it. */
export type FromWorker =
  | { kind: 'snapshot'; snapshot: Snapshot; events: EventsDelta | null }
  | { kind: 'failed'; message: string; stack: string | null }
  | { kind: 'stopped' };
export type ToWorker = { kind: 'command'; command: Command } | { kind: 'stop' };

const port = parentPort;
if (port === null) throw new Error('engine-worker runs as a worker thread only');

const { settings, key } = workerData as WorkerInput;
const tell = (message: FromWorker): void => port.postMessage(message);
const receiver = port;

/** Expressions of the user's need their engine in this thread too. */
async function run(): Promise<void> {
  if ([...settings.rules, ...settings.ignore].some(({ kind }) => kind === 'regex'))
    await import('../diagnosis/rules-check.ts');
  const engine = startEngine(settings, key === null ? null : { reveal: () => key }, 'dashboard');

  const changesOf = createEventSender();
  const tellSnapshot = (snapshot: Snapshot): void => {
    const { logs } = snapshot;
    tell({
      kind: 'snapshot',
      snapshot: { ...snapshot, logs: { ...logs, events: [] } },
      events: changesOf(logs.events),
    });
  };
  engine.subscribe(tellSnapshot);
  const first = engine.current();
  if (first !== null) tellSnapshot(first);
  void engine.failed.then((error) => tell({ kind: 'failed', message: error.message, stack: error.stack ?? null }));

  receiver.on('message', (message: ToWorker) => {
    if (message.kind === 'command') engine.send(message.command);
    else {
      void engine.stop().finally(() => {
        tell({ kind: 'stopped' });
        receiver.close();
      });
    }
  });
}
void run();
