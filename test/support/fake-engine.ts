import type { Command, Engine } from '../../src/watch/engine.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';

/** An engine that says what a test tells it to say. */
export interface FakeEngine extends Engine {
  readonly sent: Command[];
  publish(snapshot: Snapshot): void;
  fail(error: Error): void;
  readonly stopped: boolean;
}

export function fakeEngine(first: Snapshot | null = null): FakeEngine {
  const listeners = new Set<(snapshot: Snapshot) => void>();
  const failed = Promise.withResolvers<Error>();
  const sent: Command[] = [];
  let latest = first;
  let stopped = false;
  return {
    sent,
    current: () => latest,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: (command) => sent.push(command),
    publish(snapshot) {
      latest = snapshot;
      for (const listener of listeners) listener(snapshot);
    },
    fail: failed.resolve,
    failed: failed.promise,
    async stop() {
      stopped = true;
    },
    get stopped() {
      return stopped;
    },
  };
}
