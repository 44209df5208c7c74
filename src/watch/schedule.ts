import type { Clock } from '../clock.ts';

export interface Job {
  name: string;
  /** Time from one start to the next, ms; asked anew each time, so that a job may go faster while something is wrong. */
  everyMs: () => number;
  run: (signal: AbortSignal) => Promise<void>;
}

export interface Schedule {
  /** Runs a job at once; while it is under way this gives its present run: a job never overlaps itself. */
  now(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Share of the interval by which a start may be early or late, so that a fleet does not ask in step. */
const JITTER = 0.1;

/**
 * Runs each job at once and then for ever, on a monotonic base; a beat that is missed while a run is under way is skipped,
 * not made up for. A job that throws is reported to `onError` and goes on.
 */
export function startSchedule(
  jobs: readonly Job[],
  clock: Clock,
  random: () => number,
  onError: (name: string, error: unknown) => void,
): Schedule {
  const ending = new AbortController();
  const running = new Map<string, Promise<void>>();
  const timers = new Map<string, () => void>();

  const start = (job: Job): Promise<void> => {
    const present = running.get(job.name);
    if (present !== undefined) return present;
    timers.get(job.name)?.();
    const startedAt = clock.monotonic();
    const run = job
      .run(ending.signal)
      .catch((error: unknown) => onError(job.name, error))
      .then(() => {
        running.delete(job.name);
        if (!ending.signal.aborted) plan(job, startedAt);
      });
    running.set(job.name, run);
    return run;
  };

  const plan = (job: Job, startedAt: number): void => {
    const interval = job.everyMs() * (1 + JITTER * (2 * random() - 1));
    const wait = Math.max(0, startedAt + interval - clock.monotonic());
    timers.set(
      job.name,
      clock.after(wait, () => void start(job)),
    );
  };

  const byName = new Map(jobs.map((job) => [job.name, job]));
  for (const job of jobs) void start(job);
  return {
    now(name) {
      const job = byName.get(name);
      return job === undefined || ending.signal.aborted ? Promise.resolve() : start(job);
    },
    async stop() {
      ending.abort();
      for (const cancel of timers.values()) cancel();
      await Promise.all(running.values());
    },
  };
}
