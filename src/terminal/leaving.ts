import type { Clock } from '../clock.ts';
import { exitCodeOf, type LeaveReason } from './leave-reason.ts';

export interface LeavingDeps {
  clock: Clock;
  /** Gives the terminal back; synchronous. */
  restore(): void;
  /** Ends what runs; may hang, may reject. */
  stop(): Promise<void>;
  /** Says what went wrong, once the terminal is back. */
  report(error: unknown): void;
  exit(code: number): void;
  /** Ends this process without asking it. */
  kill(): void;
}

export interface Leaving {
  /** Starts to leave. A signal while it leaves already ends the process at once; other reasons add nothing. */
  leave(reason: LeaveReason): void;
  /** The exit code, when all is done. */
  readonly done: Promise<number>;
}

const STOP_MS = 1000;
const HARD_STOP_MS = 2000;

/** The one way out: terminal first, then the words, then the rest; two seconds at most, whatever hangs. */
export function createLeaving({ clock, restore, stop, report, exit, kill }: LeavingDeps): Leaving {
  const { promise, resolve } = Promise.withResolvers<number>();
  let leaving = false;

  async function run(reason: LeaveReason): Promise<void> {
    const cancelKill = clock.after(HARD_STOP_MS, kill);
    attempt(restore);
    if (reason.kind === 'failed') attempt(() => report(reason.error));
    await Promise.race([
      stop().catch(() => {}),
      new Promise<void>((done) => {
        clock.after(STOP_MS, done);
      }),
    ]);
    cancelKill();
    resolve(exitCodeOf(reason));
  }

  return {
    leave(reason) {
      if (!leaving) {
        leaving = true;
        void run(reason);
      } else if (reason.kind === 'signal') {
        attempt(restore);
        exit(exitCodeOf(reason));
      }
    },
    done: promise,
  };
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // A broken step must not keep the others from running: we are on the way out.
  }
}
