import type { Settings } from '../src/config/settings.ts';
import type { Scrub } from '../src/text/safe-text.ts';
import { literal } from '../src/text/scrub.ts';
import { VERSION } from '../src/version.ts';
import { SCHEMA, type Snapshot } from '../src/watch/snapshot.ts';

const NOT_YET = { status: null, latencyMs: null, ageS: null, failure: null } as const;

const NOT_HEARD = { state: 'UNKNOWN', forS: null, why: literal('not looked yet') } as const;

/** What there is to show before the first sample: where we look, and that nothing is known yet. */
export function skeletonSnapshot(settings: Settings, hasKey: boolean, now: number, scrub: Scrub): Snapshot {
  const limits = { capUsd: settings.budgetUsd, paidProbes: settings.paidProbes && hasKey };
  return {
    schema: SCHEMA,
    at: new Date(now).toISOString(),
    mode: 'dashboard',
    demo: settings.demo,
    watchtower: { version: VERSION, pid: process.pid, cpuPct: null, rssBytes: 0, problems: [] },
    verdict: {
      state: 'UNKNOWN',
      exit: 3,
      summary: literal('Looking: no answer yet'),
      class: null,
      provider: null,
      models: [],
      since: null,
      next: literal('wait for the first answers'),
      url: null,
    },
    path: [{ hop: literal('gateway'), state: 'UNKNOWN', why: null }],
    gateway: {
      name: scrub(settings.name),
      url: scrub(settings.url),
      state: 'UNKNOWN',
      why: null,
      version: null,
      key: { state: hasKey ? 'UNKNOWN' : 'MISSING', from: settings.keyFrom },
      live: { state: 'UNKNOWN', p50Ms: null, p95Ms: null, maxMs: null, ...NOT_YET },
      ready: { state: 'UNKNOWN', database: 'UNKNOWN', cache: null, ...NOT_YET },
      modelsList: { count: null, ...NOT_YET },
      health: { healthy: null, unhealthy: null, from: 'NOT_ASKED', why: null, asking: false, ...NOT_YET },
      chat: { model: null, state: 'UNKNOWN', why: null, ...NOT_YET },
    },
    models: [],
    processes: [],
    watchtowers: [],
    host: {
      cpuPct: null,
      load1: null,
      cores: 0,
      memoryUsedBytes: null,
      memoryTotalBytes: null,
      gatewayRssBytes: null,
      memoryLimit: null,
      disks: [],
    },
    incidents: [],
    logs: {
      sources: [],
      events: [],
      dropped: 0,
      traffic: null,
      trafficSilence: NOT_HEARD,
      logSilence: NOT_HEARD,
    },
    wallet: {
      day: new Date(now).toISOString().slice(0, 10),
      estimatedUsd: 0,
      calls: 0,
      capCalls: 0,
      refused: 0,
      unpriced: 0,
      repeated: 0,
      backgroundUsdPerDay: null,
      lastRefusal: null,
      remembered: settings.stateDir !== null,
      ...limits,
    },
    refresh: { startedAt: null, count: 0 },
  };
}
