/** Time as every room sees it: injected, so that tests run on a virtual clock. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. It may jump. */
  now(): number;
  /** Monotonic clock, milliseconds since an arbitrary start. It never goes back. */
  monotonic(): number;
  /** Calls `fn` once after `ms`; the returned function cancels. */
  after(ms: number, fn: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, ms);
    return () => clearTimeout(timer);
  },
};
