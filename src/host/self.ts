import type { HostDeps } from './deps.ts';
import type { SelfSample } from './types.ts';

/** Over less than this the share of a core would be noise, ms. */
const MIN_MS = 100;

/** What the watchtower itself takes: CPU of one core since the call before, all threads, and resident memory. */
export function createSelf({ self, clock }: HostDeps): () => SelfSample {
  let before: { micros: number; at: number } | null = null;
  let cpuPct: number | null = null;
  return () => {
    const at = clock.monotonic();
    if (before === null || at - before.at >= MIN_MS) {
      const micros = self.cpuMicros();
      if (before !== null) cpuPct = ((micros - before.micros) / 1000 / (at - before.at)) * 100;
      before = { micros, at };
    }
    return { pid: self.pid, cpuPct, rssBytes: self.rssBytes() };
  };
}
