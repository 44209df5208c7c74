/** How long a time is taken again and again before it counts as the code's own, ms. */
const TRIED_MS = 15_000;

/**
 * The least wall time of each of `runs`, ms, taken in turn until `isEnough` of them, but no longer than `TRIED_MS`.
 * Other work on the machine only ever adds to a time, whatever the kernel calls CPU time: the least is nearest to the code's own.
 */
function leastTimes(runs: (() => void)[], isEnough: (least: number[]) => boolean): number[] {
  const least = runs.map(() => Number.POSITIVE_INFINITY);
  const began = performance.now();
  do {
    for (const [index, run] of runs.entries()) {
      const from = performance.now();
      run();
      least[index] = Math.min(least[index] as number, performance.now() - from);
    }
  } while (!isEnough(least) && performance.now() - began < TRIED_MS);
  return least;
}

/** The least wall time of `run`, ms; it is run no more once one is below `limitMs`. */
export function leastMs(run: () => void, limitMs: number): number {
  const [least = 0] = leastTimes([run], ([ms = 0]) => ms < limitMs);
  return least;
}

/** The least wall time of `large`, ms, and the limit that `limitOf` makes of the least of `small`, the two run in turn. */
export function leastBeside(
  small: () => void,
  large: () => void,
  limitOf: (smallMs: number) => number,
): { tookMs: number; limitMs: number } {
  const [ofSmall = 0, tookMs = 0] = leastTimes([small, large], ([one = 0, many = 0]) => many < limitOf(one));
  return { tookMs, limitMs: limitOf(ofSmall) };
}

/** The longest time, in ms, that `during` kept the event loop from turning: of the turn in which it was least. */
export async function longestStallMs(during: () => Promise<void>, limitMs: number): Promise<number> {
  const began = performance.now();
  let least = Number.POSITIVE_INFINITY;
  do least = Math.min(least, await stallMs(during));
  while (least >= limitMs && performance.now() - began < TRIED_MS);
  return least;
}

async function stallMs(during: () => Promise<void>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const turn = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const beat = setInterval(turn, 1);
  await during();
  turn();
  clearInterval(beat);
  return longest;
}
