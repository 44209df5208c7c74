import { keyOf } from './identity.ts';
import { type Policy, policyOf } from './policy.ts';
import type { Evidence, Incident, Incidents, Observation } from './types.ts';

/** Level observations of one identity within this time count once: holding `r` trips nothing. */
export const RECOUNT_MS = 5_000;
/** Resolved incidents are listed this long. */
export const KEEP_RESOLVED_MS = 24 * 3_600_000;
const EVIDENCE_KEPT = 10;
const EDGES_KEPT = 64;

type Bad = Extract<Observation, { kind: 'bad' }>;
type Good = Extract<Observation, { kind: 'good' }>;

/**
 * One step of every incident's life: OK > PENDING > FIRING > RECOVERING > RESOLVED. Pure; `now` in ms of the wall clock.
 * Returns the same map when nothing changed.
 */
export function observe(incidents: Incidents, observations: readonly Observation[], now: number): Incidents {
  const next = new Map(incidents);
  for (const observation of observations) {
    if (observation.kind === 'no-data') continue;
    const key = keyOf(observation.identity);
    const before = next.get(key);
    const after = observation.kind === 'bad' ? onBad(before, observation, key) : onGood(before, observation);
    if (after === undefined) next.delete(key);
    else if (after !== before) next.set(key, after);
  }
  for (const [key, incident] of next) {
    const after = age(incident, now);
    if (after === undefined) next.delete(key);
    else if (after !== incident) next.set(key, after);
  }
  return same(incidents, next) ? incidents : next;
}

function onBad(before: Incident | undefined, bad: Bad, key: Incident['key']): Incident {
  const open = before === undefined || before.state === 'RESOLVED' ? begin(bad, key) : before;
  if (open === before && bad.nature === 'level' && bad.at - before.countedAt < RECOUNT_MS)
    return refresh(before, bad, 0);
  const counted = refresh(open, bad, bad.times);
  const streak: Incident = {
    ...counted,
    bads: bad.nature === 'level' ? open.bads + bad.weight : open.bads,
    goods: 0,
    endedAt: null,
    lastBadAt: bad.at,
    countedAt: bad.nature === 'level' ? bad.at : open.countedAt,
    edges: bad.nature === 'edge' ? appendEdges(open.edges, bad) : open.edges,
  };
  if (streak.state === 'RECOVERING') return { ...streak, state: 'FIRING' };
  if (streak.state === 'PENDING' && fires(streak, policyOf(streak.class), bad.at)) {
    return { ...streak, state: 'FIRING', confirmedAt: bad.at };
  }
  return streak;
}

function fires(incident: Incident, policy: Policy, now: number): boolean {
  const recent = incident.edges.filter((at) => now - at <= policy.edges.withinMs).length;
  return incident.bads >= policy.levels || recent >= policy.edges.count;
}

function onGood(before: Incident | undefined, good: Good): Incident | undefined {
  if (before === undefined || before.state === 'RESOLVED') return before;
  if (good.at < before.lastBadAt) return before;
  if (before.state === 'PENDING') return undefined;
  const goods = before.goods + 1;
  const evidence = addEvidence(before.evidence, { at: good.at, source: good.source, text: good.text });
  const endedAt = before.endedAt ?? good.at;
  const state = goods >= policyOf(before.class).goods ? 'RESOLVED' : 'RECOVERING';
  return { ...before, goods, bads: 0, endedAt, state, evidence };
}

/** What time alone does: quiet ones resolve where their class allows it, pending ones lapse, old ones are forgotten. */
function age(incident: Incident, now: number): Incident | undefined {
  if (incident.state === 'RESOLVED') {
    return now - (incident.endedAt ?? incident.lastBadAt) > KEEP_RESOLVED_MS ? undefined : incident;
  }
  const policy = policyOf(incident.class);
  const quietFor = now - incident.lastBadAt;
  if (incident.state === 'PENDING') {
    const lapses = policy.quietMs ?? (incident.bads === 0 ? policy.edges.withinMs : Number.POSITIVE_INFINITY);
    return quietFor > lapses ? undefined : incident;
  }
  if (policy.quietMs !== null && quietFor > policy.quietMs) {
    return { ...incident, state: 'RESOLVED', endedAt: incident.endedAt ?? incident.lastBadAt };
  }
  return incident;
}

function begin(bad: Bad, key: Incident['key']): Incident {
  const { family, severity, provider, models, modelsLost, deployments, title, fix, url } = bad.cause;
  return {
    ...bad.identity,
    id: `${key}@${new Date(bad.at).toISOString()}`,
    key,
    ...{ family, severity, provider, models, modelsLost, deployments, title, fix, url },
    state: 'PENDING',
    startedAt: bad.at,
    confirmedAt: null,
    endedAt: null,
    count: 0,
    bads: 0,
    goods: 0,
    lastBadAt: bad.at,
    countedAt: Number.NEGATIVE_INFINITY,
    edges: [],
    evidence: [],
  };
}

/** A whole cause replaces what the incident said; a partial one names one model of many, so it only adds to the list. */
function refresh(incident: Incident, bad: Bad, times: number): Incident {
  const { severity, provider, models, modelsLost, deployments, title, fix, url, evidence } = bad.cause;
  const { whole } = bad;
  // The next step names a model: it must not change with each caller that meets the same cause.
  const leads = whole || incident.count === 0;
  return {
    ...incident,
    severity: whole ? severity : worse(incident.severity, severity),
    provider: provider ?? incident.provider,
    models: whole ? models : union(incident.models, models),
    modelsLost: whole ? modelsLost : union(incident.modelsLost, modelsLost),
    deployments: whole ? deployments : union(incident.deployments, deployments),
    title: leads ? title : incident.title,
    fix: leads ? fix : incident.fix,
    url: (leads ? url : incident.url) ?? url ?? incident.url,
    count: incident.count + times,
    evidence: times > 0 ? addEvidence(incident.evidence, evidence) : incident.evidence,
  };
}

const RANK = { info: 0, warn: 1, crit: 2 };

function worse(a: Incident['severity'], b: Incident['severity']): Incident['severity'] {
  return RANK[a] >= RANK[b] ? a : b;
}

function union<T>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])];
}

function appendEdges(edges: readonly number[], bad: Bad): number[] {
  const added = Array.from({ length: Math.min(bad.times, EDGES_KEPT) }, () => bad.at);
  return [...edges, ...added].slice(-EDGES_KEPT);
}

/** The first stays (it tells how it began), the rest are the newest; a text that repeats moves up instead of adding. */
function addEvidence(list: readonly Evidence[], item: Evidence): Evidence[] {
  const others = list.filter((one, index) => index === 0 || one.text !== item.text || one.source !== item.source);
  if (others.length < EVIDENCE_KEPT) return [...others, item];
  return [...others.slice(0, 1), ...others.slice(2), item];
}

function same(a: Incidents, b: Incidents): boolean {
  return a.size === b.size && [...b].every(([key, incident]) => a.get(key) === incident);
}
