import type { Snapshot } from './snapshot.ts';

/** `refresh`: ask everything again now (`r`); `rediscover`: also look for processes and logs anew (`R`). */
export type Command = { kind: 'refresh' } | { kind: 'rediscover' };

/** The one interface behind which the engine runs, in this thread or in a worker: a face cannot tell which. */
export interface Engine {
  /** The newest snapshot; null until the first has come (an engine in a thread needs a moment). */
  current(): Snapshot | null;
  /** Calls `listener` at every new snapshot; the returned function ends that. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  send(command: Command): void;
  /** Resolves to the error that ended the engine by itself, never rejects. */
  readonly failed: Promise<Error>;
  stop(): Promise<void>;
}
