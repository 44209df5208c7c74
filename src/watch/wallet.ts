/** What the wallet keeps for one UTC day. Plain, so that it can be stored. */
export interface Purse {
  /** UTC day, `2026-11-23`. */
  day: string;
  estimatedUsd: number;
  /** Provider calls: one for each deployment of a `/health`, one for each chat probe. */
  calls: number;
  refused: number;
  lastRefusal: string | null;
}

export interface WalletLimits {
  capUsd: number;
  capCalls: number;
  paidProbes: boolean;
}

export const CAP_CALLS = 1000;

/** A price before it is paid. `unpriced` deployments have no known price, `repeated` ones LiteLLM asks again by itself. */
export interface Quote {
  what: string;
  calls: number;
  usd: number;
  unpriced: number;
  repeated: number;
}

export type Spending = { allowed: true; purse: Purse } | { allowed: false; purse: Purse; why: string };

export const emptyPurse = (now: number): Purse => ({
  day: new Date(now).toISOString().slice(0, 10),
  estimatedUsd: 0,
  calls: 0,
  refused: 0,
  lastRefusal: null,
});

/** The purse of today: a new UTC day begins with an empty one. A clock set back within a day keeps it. */
export function ofToday(purse: Purse, now: number): Purse {
  const today = emptyPurse(now);
  return purse.day === today.day ? purse : today;
}

/** Asks before paying: never over a cap, not even by one call. Pure; `now` in ms. */
export function spend(purse: Purse, quote: Quote, limits: WalletLimits, now: number): Spending {
  const today = ofToday(purse, now);
  const why = refusal(today, quote, limits);
  if (why === null) {
    const estimatedUsd = today.estimatedUsd + quote.usd;
    return { allowed: true, purse: { ...today, estimatedUsd, calls: today.calls + quote.calls } };
  }
  return { allowed: false, why, purse: { ...today, refused: today.refused + 1, lastRefusal: why } };
}

/** Why a quote cannot be paid, or null when it can. */
function refusal(purse: Purse, quote: Quote, limits: WalletLimits): string | null {
  if (!limits.paidProbes) return `${quote.what}: paid probes are off (--no-paid-probes)`;
  if (limits.capUsd <= 0) return `${quote.what}: the budget is 0 (--budget)`;
  const usd = (amount: number): string => `${Number(amount.toFixed(6))} USD`;
  if (purse.estimatedUsd + quote.usd > limits.capUsd) {
    return `${quote.what} would cost about ${usd(quote.usd)}, ${usd(Math.max(0, limits.capUsd - purse.estimatedUsd))} of ${usd(limits.capUsd)} are left today (--budget)`;
  }
  if (purse.calls + quote.calls > limits.capCalls) {
    return `${quote.what} needs ${quote.calls} provider calls, ${Math.max(0, limits.capCalls - purse.calls)} of ${limits.capCalls} are left today`;
  }
  return null;
}
