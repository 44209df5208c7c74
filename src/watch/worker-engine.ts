import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Settings } from '../config/settings.ts';
import type { Engine } from './engine.ts';
import { createEventReceiver } from './event-delta.ts';
import type { Snapshot } from './snapshot.ts';
import type { Key } from './start.ts';
import type { FromWorker, ToWorker, WorkerInput } from './worker.ts';

/** How long a stop by `stop()` may take before the thread is ended by force, ms. */
const STOP_MS = 1_000;

/** The engine in a thread of its own: a terminal that stops reading blocks the thread that draws, and must stop no probe. */
export function startWorkerEngine(settings: Settings, key: Key | null): Engine {
  const input: WorkerInput = { settings, key: key?.reveal() ?? null };
  const worker = new Worker(workerUrl(), { workerData: input, stdout: true, stderr: true, execArgv: [] });
  // Nothing may print beside the frame.
  worker.stdout.resume();
  worker.stderr.resume();
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let latest: Snapshot | null = null;
  const eventsAfter = createEventReceiver();
  let stopping = false;
  const stopped = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<Error>();
  const send = (message: ToWorker): void => worker.postMessage(message);

  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'snapshot') {
      const { logs } = message.snapshot;
      const snapshot = { ...message.snapshot, logs: { ...logs, events: eventsAfter(message.events) } };
      latest = snapshot;
      for (const listener of listeners) listener(snapshot);
    } else if (message.kind === 'failed') {
      failed.resolve(Object.assign(new Error(message.message), message.stack === null ? {} : { stack: message.stack }));
    } else stopped.resolve();
  });
  worker.on('error', (error) => failed.resolve(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => {
    stopped.resolve();
    if (!stopping) failed.resolve(new Error(`the engine's thread ended by itself (code ${code})`));
  });

  return {
    current: () => latest,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: (command) => send({ kind: 'command', command }),
    failed: failed.promise,
    async stop() {
      stopping = true;
      send({ kind: 'stop' });
      const timer = setTimeout(() => stopped.resolve(), STOP_MS);
      await stopped.promise;
      clearTimeout(timer);
      await worker.terminate();
    },
  };
}

/** Beside the bundle; from source, the file itself. */
function workerUrl(): URL {
  const bundled = new URL('./engine-worker.js', import.meta.url);
  const beside = new URL('../engine-worker.js', import.meta.url);
  return [bundled, beside].find((url) => existsSync(url)) ?? new URL('./worker.ts', import.meta.url);
}
