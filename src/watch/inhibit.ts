import type { Incident } from '../alerts/types.ts';
import type { SafeText } from '../text/safe-text.ts';

/** Causes that explain others: while the first is open, the second is its symptom. */
const EXPLAINS: readonly { cause: string; symptom: string; sameTarget: boolean }[] = [
  // Keys cannot be looked up without the database, so every key is refused (facts of several outages).
  { cause: 'DATABASE', symptom: 'AUTH_GATEWAY', sameTarget: false },
  // A refused credential often follows an account that was shut for want of money.
  { cause: 'CREDITS', symptom: 'AUTH_PROVIDER', sameTarget: true },
];

/** Which open incidents are explained by which: key of the symptom to key of the cause. */
export function inhibitions(open: readonly Incident[]): Map<string, SafeText> {
  const found = new Map<string, SafeText>();
  for (const { cause, symptom, sameTarget } of EXPLAINS) {
    for (const explaining of open.filter((one) => one.class === cause)) {
      const explained = open.filter(
        (one) => one.class === symptom && (!sameTarget || one.target === explaining.target),
      );
      for (const one of explained) found.set(one.key, explaining.key);
    }
  }
  return found;
}
