import type { Snapshot } from '../watch/snapshot.ts';

/** Exit code of a look, 0 OK, 1 WARN, 2 CRIT, 3 UNKNOWN; `failOn: 'crit'` turns 1 into 0. */
export function exitCodeOf(
  snapshot: Snapshot,
  { failOn }: { failOn: 'warn' | 'crit'; strict?: boolean },
): 0 | 1 | 2 | 3 {
  const { exit } = snapshot.verdict;
  return exit === 1 && failOn === 'crit' ? 0 : exit;
}
