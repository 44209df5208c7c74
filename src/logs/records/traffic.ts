import { isModelRoute } from '../../diagnosis/unwrap/access-line.ts';
import type { Access } from './access-line.ts';

/** Requests of callers as the access lines tell them, over the last minute. */
export interface Traffic {
  perSecond: number;
  /** 5xx among them, 0..1; null without a request. */
  errorRatio: number | null;
  /** 4xx among them, 0..1: what callers did wrong, or their keys and budgets. */
  refusedRatio: number | null;
  /** Half and 95 % of them took no longer; null where the server does not write it. */
  latencyMs: { p50: number; p95: number } | null;
  /** Since the last one, s; null before the first. */
  lastAgeS: number | null;
  /** How it was in the ten minutes before the last one: what silence is measured by. */
  usualPerSecond: number;
  /** How much time the figures stand for, s. */
  windowS: number;
}

export interface TrafficMeter {
  /** `now` is monotonic, ms. */
  count(access: Pick<Access, 'status' | 'path'> & Partial<Access>, now: number): void;
  /** Null while no access line was seen at all. */
  figures(now: number): Traffic | null;
}

const WINDOW_S = 60;
const USUAL_MIN = 10;
const LATENCIES = 512;
/**
 * What watchtowers, load balancers and scrapers ask is no traffic of callers. LiteLLM's operators hide the same paths from
 * the log with LITELLM_DISABLE_ACCESS_LOG_PATHS.
 */
const WATCHERS =
  /^(?:\/[\w-]+)?\/(?:health\b|v1\/models$|models$|v1\/model\/info$|model\/info$|metrics\b|public\/|favicon|$)/;

interface Slot {
  at: number;
  all: number;
  failed: number;
  refused: number;
}

/** Counts by whole seconds and minutes: bounded by the windows, whatever arrives. */
export function createTrafficMeter(): TrafficMeter {
  const seconds = ringOf(WINDOW_S);
  const minutes = ringOf(USUAL_MIN + 1);
  const latencies: { at: number; ms: number }[] = [];
  let nextLatency = 0;
  let firstAt: number | null = null;
  let lastAt: number | null = null;
  return {
    count({ status, path, latencyMs = null }, now) {
      firstAt ??= now;
      if (WATCHERS.test(path) || isStray(status, path)) return;
      lastAt = now;
      for (const slot of [slotAt(seconds, Math.floor(now / 1000)), slotAt(minutes, Math.floor(now / 60_000))]) {
        slot.all += 1;
        if (status >= 500) slot.failed += 1;
        else if (status >= 400) slot.refused += 1;
      }
      if (latencyMs === null) return;
      latencies[nextLatency] = { at: now, ms: latencyMs };
      nextLatency = (nextLatency + 1) % LATENCIES;
    },
    figures(now) {
      if (firstAt === null) return null;
      const { all, failed, refused } = sumSince(seconds, Math.floor(now / 1000) - WINDOW_S);
      const windowS = Math.max(1, Math.min(WINDOW_S, Math.round((now - firstAt) / 1000)));
      return {
        perSecond: all / windowS,
        errorRatio: all === 0 ? null : failed / all,
        refusedRatio: all === 0 ? null : refused / all,
        latencyMs: quantiles(latencies.filter(({ at }) => now - at <= WINDOW_S * 1000)),
        lastAgeS: lastAt === null ? null : Math.max(0, Math.round((now - lastAt) / 1000)),
        usualPerSecond: lastAt === null ? 0 : usual(minutes, firstAt, lastAt),
        windowS,
      };
    },
  };
}

/** What no gateway has was asked for by a scanner. */
function isStray(status: number, path: string): boolean {
  return (status === 404 || status === 405) && !isModelRoute(path);
}

function ringOf(length: number): Slot[] {
  return Array.from({ length }, () => ({ at: -1, all: 0, failed: 0, refused: 0 }));
}

function slotAt(ring: readonly Slot[], at: number): Slot {
  const slot = ring[at % ring.length] as Slot;
  if (slot.at !== at) Object.assign(slot, { at, all: 0, failed: 0, refused: 0 });
  return slot;
}

function sumSince(ring: readonly Slot[], oldest: number): Omit<Slot, 'at'> {
  const sum = { all: 0, failed: 0, refused: 0 };
  for (const slot of ring) {
    if (slot.at <= oldest) continue;
    sum.all += slot.all;
    sum.failed += slot.failed;
    sum.refused += slot.refused;
  }
  return sum;
}

/** The rate of the minutes that end with the last request. */
function usual(minutes: readonly Slot[], firstAt: number, lastAt: number): number {
  const { all } = sumSince(minutes, Math.floor(lastAt / 60_000) - USUAL_MIN - 1);
  const reach = USUAL_MIN * 60_000 + (lastAt % 60_000);
  return all / Math.max(1, Math.min(reach, lastAt - firstAt) / 1000);
}

function quantiles(latencies: readonly { ms: number }[]): Traffic['latencyMs'] {
  if (latencies.length === 0) return null;
  const sorted = latencies.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] as number;
  return { p50: at(0.5), p95: at(0.95) };
}
