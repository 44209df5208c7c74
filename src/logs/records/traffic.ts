import type { Access } from './access-line.ts';

/** Requests of callers as the access lines tell them, over the last minute. */
export interface Traffic {
  perSecond: number;
  /** 5xx among them, 0..1; null without a request. */
  errorRatio: number | null;
  /** 4xx among them, 0..1: what callers did wrong, or their keys and budgets. */
  refusedRatio: number | null;
  /** Since the last one, s; null before the first. */
  lastAgeS: number | null;
  /** How much time the figures stand for, s. */
  windowS: number;
}

export interface TrafficMeter {
  /** `now` is monotonic, ms. */
  count(access: Access, now: number): void;
  /** Null while no access line was seen at all. */
  figures(now: number): Traffic | null;
}

const WINDOW_S = 60;
/**
 * What watchtowers, load balancers and scrapers ask is no traffic of callers. LiteLLM's operators hide the same paths from
 * the log with LITELLM_DISABLE_ACCESS_LOG_PATHS.
 */
const WATCHERS =
  /^(?:\/[\w-]+)?\/(?:health\b|v1\/models$|models$|v1\/model\/info$|model\/info$|metrics\b|public\/|favicon|$)/;

interface Second {
  at: number;
  all: number;
  failed: number;
  refused: number;
}

/** Counts by whole seconds: bounded by the window, whatever arrives. */
export function createTrafficMeter(): TrafficMeter {
  const ring: Second[] = Array.from({ length: WINDOW_S }, () => ({ at: -1, all: 0, failed: 0, refused: 0 }));
  let firstAt: number | null = null;
  let lastAt: number | null = null;
  let seen = false;
  return {
    count({ status, path }, now) {
      seen = true;
      firstAt ??= now;
      if (WATCHERS.test(path)) return;
      lastAt = now;
      const at = Math.floor(now / 1000);
      const second = ring[at % WINDOW_S] as Second;
      if (second.at !== at) Object.assign(second, { at, all: 0, failed: 0, refused: 0 });
      second.all += 1;
      if (status >= 500) second.failed += 1;
      else if (status >= 400) second.refused += 1;
    },
    figures(now) {
      if (!seen || firstAt === null) return null;
      const oldest = Math.floor(now / 1000) - WINDOW_S;
      const sum = { all: 0, failed: 0, refused: 0 };
      for (const second of ring) {
        if (second.at <= oldest) continue;
        sum.all += second.all;
        sum.failed += second.failed;
        sum.refused += second.refused;
      }
      const windowS = Math.max(1, Math.min(WINDOW_S, Math.round((now - firstAt) / 1000)));
      return {
        perSecond: sum.all / windowS,
        errorRatio: sum.all === 0 ? null : sum.failed / sum.all,
        refusedRatio: sum.all === 0 ? null : sum.refused / sum.all,
        lastAgeS: lastAt === null ? null : Math.max(0, Math.round((now - lastAt) / 1000)),
        windowS,
      };
    },
  };
}
