import type { Clock } from '../../src/clock.ts';

export interface VirtualClock extends Clock {
  /** Moves time on by `ms`, running what falls due, in order, and letting promises settle between. */
  advance(ms: number): Promise<void>;
  /** Moves the wall clock alone: a jump. */
  jump(ms: number): void;
}

/** A clock that stands still until told. `now()` begins at `start`, `monotonic()` at 0. */
export function virtualClock(start = Date.parse('2026-11-24T02:00:00Z')): VirtualClock {
  let elapsed = 0;
  let offset = start;
  let order = 0;
  const due = new Map<number, { at: number; fn: () => void }>();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  };
  return {
    now: () => offset + elapsed,
    monotonic: () => elapsed,
    after(ms, fn) {
      order += 1;
      const id = order;
      due.set(id, { at: elapsed + ms, fn });
      return () => due.delete(id);
    },
    jump(ms) {
      offset += ms;
    },
    async advance(ms) {
      const until = elapsed + ms;
      await settle();
      for (;;) {
        const next = [...due].filter(([, one]) => one.at <= until).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0];
        if (next === undefined) break;
        due.delete(next[0]);
        elapsed = Math.max(elapsed, next[1].at);
        next[1].fn();
        await settle();
      }
      elapsed = until;
      await settle();
    },
  };
}
