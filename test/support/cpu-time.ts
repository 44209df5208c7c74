/** CPU time of this thread, ms: what other work on the machine takes away is not in it. */
function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** The least CPU time, in ms, that `run` took in up to `turns` runs; it stops early below `enough`. */
export function leastCpuMs(run: () => void, { turns = 20, enough = 0 } = {}): number {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < turns && least > enough; turn += 1) {
    const began = threadCpuMs();
    run();
    least = Math.min(least, threadCpuMs() - began);
  }
  return least;
}

/** The longest piece of work, in ms of CPU time, that `during` did without letting the event loop turn. */
export async function longestStallMs(during: () => Promise<void>): Promise<number> {
  let longest = 0;
  let last = threadCpuMs();
  const turn = (): void => {
    const now = threadCpuMs();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const beat = setInterval(turn, 1);
  await during();
  turn();
  clearInterval(beat);
  return longest;
}
