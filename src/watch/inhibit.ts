import type { Incident } from '../alerts/types.ts';
import type { SafeText } from '../text/safe-text.ts';

/** Causes that explain others: while the first is open, the second is its symptom. */
const EXPLAINS: readonly { cause: string; symptom: string }[] = [
  // Keys cannot be looked up without the database, so every key is refused (facts of several outages).
  { cause: 'DATABASE', symptom: 'AUTH_GATEWAY' },
];

/** Which open incidents are explained by which: key of the symptom to key of the cause. */
export function inhibitions(open: readonly Incident[]): Map<string, SafeText> {
  const found = new Map<string, SafeText>();
  for (const { cause, symptom } of EXPLAINS) {
    const explaining = open.find((one) => one.class === cause);
    if (explaining === undefined) continue;
    for (const one of open) if (one.class === symptom) found.set(one.key, explaining.key);
  }
  return found;
}
