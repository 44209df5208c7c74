import type { Incident } from '../alerts/types.ts';
import { backgroundUsdPerDay } from '../gateway/cost.ts';
import type { SafeText } from '../text/safe-text.ts';
import { literal } from '../text/scrub.ts';
import { VERSION } from '../version.ts';
import { gatewayView } from './gateway-view.ts';
import { callersHeard, logHeard, trafficView } from './hearing.ts';
import { inhibitions } from './inhibit.ts';
import { eventViews } from './log-events.ts';
import type { LogsView } from './logs-view.ts';
import { modelViews, staleAfterMs } from './models.ts';
import { pathOf } from './path.ts';
import { problemsOf } from './problems.ts';
import { quoteOfRound } from './quote.ts';
import type { HostView, IncidentView, ProcessView, Snapshot, WalletView } from './snapshot.ts';
import { SCHEMA } from './snapshot.ts';
import type { Probe, State } from './state.ts';
import { verdictOf } from './verdict.ts';
import type { View } from './view.ts';

/** What is printed is printed whole each time. */
const EVENTS_PRINTED = 200;

/** The state as every face may show it at `now` (wall clock, ms). Pure. */
export function buildSnapshot(state: State, view: View, now: number): Snapshot {
  const fresh = { health: isFresh(state, state.health, view, now), chat: isFresh(state, state.chat, view, now) };
  const models = modelViews(state, fresh, now);
  const { open, resolved } = sorted(state);
  const inhibited = inhibitions(open);
  const counting = open.filter((one) => !inhibited.has(one.key));
  const verdict = verdictOf({ state, models, incidents: counting, hasKey: view.hasKey, mode: view.mode, now });
  return {
    schema: SCHEMA,
    at: iso(now),
    mode: view.mode,
    demo: view.demo,
    watchtower: {
      version: VERSION,
      pid: view.pid,
      cpuPct: state.self?.cpuPct ?? null,
      rssBytes: state.self?.rssBytes ?? 0,
      problems: problemsOf(state, view),
    },
    verdict,
    path: pathOf(state, models, now),
    gateway: gatewayView(state, view, now),
    models,
    processes: (state.processes?.processes ?? []).map(processView),
    watchtowers: state.watchtowers.map((one) => ({ ...one, startedAt: iso(one.startedAt) })),
    host: hostView(state),
    incidents: [...open, ...resolved].map((one) => incidentView(one, inhibited.get(one.key) ?? null)),
    logs: logsView(state, view),
    wallet: walletView(state, view),
    refresh: {
      startedAt: state.refresh.startedAt === null ? null : iso(state.refresh.startedAt),
      count: state.refresh.count,
    },
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** A round is stale after three missed ones, and at once while the gateway itself does not answer. */
function isFresh(state: State, { good }: Probe<unknown>, view: View, now: number): boolean {
  if (good === null) return false;
  const gone = state.live.last?.kind === 'failed' && state.live.last.at > good.at;
  return !gone && now - good.at <= staleAfterMs(view.healthIntervalMs);
}

const SEVERITIES = ['crit', 'warn', 'info'];

/** Open incidents worst first (severity, models lost, oldest), then those resolved, newest first. */
function sorted(state: State): { open: Incident[]; resolved: Incident[] } {
  const all = [...state.incidents.values()];
  const severity = (one: Incident): number => SEVERITIES.indexOf(one.severity);
  const open = all
    .filter((one) => one.state !== 'RESOLVED')
    .sort(
      (a, b) => severity(a) - severity(b) || b.modelsLost.length - a.modelsLost.length || a.startedAt - b.startedAt,
    );
  const resolved = all.filter((one) => one.state === 'RESOLVED').sort((a, b) => (b.endedAt ?? 0) - (a.endedAt ?? 0));
  return { open, resolved };
}

function incidentView(one: Incident, inhibitedBy: SafeText | null): IncidentView {
  return {
    id: one.id,
    key: one.key,
    class: one.class,
    family: one.family,
    severity: one.severity,
    state: one.state,
    scope: one.scope,
    target: one.target,
    provider: one.provider,
    models: [...one.models].sort(),
    modelsLost: [...one.modelsLost].sort(),
    since: iso(one.startedAt),
    until: one.state === 'RESOLVED' && one.endedAt !== null ? iso(one.endedAt) : null,
    count: one.count,
    title: one.title,
    fix: one.fix,
    url: one.url,
    evidence: one.evidence.map((item) => ({ ...item, at: iso(item.at) })),
    acknowledged: null,
    silenced: null,
    inhibitedBy,
    flapping: false,
  };
}

function processView(one: NonNullable<State['processes']>['processes'][number]): ProcessView {
  const { pid, ppid, role, command, cpuPct, rssBytes, fds, sockets, replaced } = one;
  return { pid, ppid, role, command, startedAt: iso(one.startedAt), cpuPct, rssBytes, fds, sockets, replaced };
}

function hostView(state: State): HostView {
  const resident = state.processes?.processes.map((one) => one.rssBytes) ?? [];
  const known = resident.filter((bytes) => bytes !== null);
  return {
    cpuPct: state.host?.cpuPct ?? null,
    load1: state.host?.load1 ?? null,
    cores: state.host?.cores ?? 0,
    memoryUsedBytes: state.host?.memoryUsedBytes ?? null,
    memoryTotalBytes: state.host?.memoryTotalBytes ?? null,
    gatewayRssBytes: known.length === 0 ? null : known.reduce((sum, bytes) => sum + bytes, 0),
    memoryLimit: state.host?.memoryLimit ?? null,
    disks: state.host?.disks ?? [],
  };
}

function logsView(state: State, { mode }: View): LogsView {
  const all = eventViews(state.events);
  const events = mode === 'dashboard' ? all : all.slice(-EVENTS_PRINTED);
  return {
    sources: [...state.sources],
    events,
    dropped: state.newestEventId - events.length,
    traffic: trafficView(state),
    trafficSilence: callersHeard(state),
    logSilence: logHeard(state),
  };
}

function walletView(state: State, { limits }: View): WalletView {
  const { day, estimatedUsd, calls, refused, lastRefusal } = state.purse;
  const nextRound = quoteOfRound(state);
  return {
    day,
    capUsd: limits.capUsd,
    estimatedUsd,
    calls,
    capCalls: limits.capCalls,
    refused,
    paidProbes: limits.paidProbes,
    lastRefusal: lastRefusal === null ? null : literal(lastRefusal),
    unpriced: nextRound?.unpriced ?? null,
    repeated: nextRound?.repeated ?? null,
    backgroundUsdPerDay: backgroundUsd(state),
    remembered: state.remembered,
  };
}

/** LiteLLM's own checks, every 300 s where its settings do not say otherwise. */
function backgroundUsd(state: State): number | null {
  if (state.health.from !== 'BACKGROUND' && state.settings?.backgroundHealthChecks !== true) return null;
  const deployments = state.modelInfo.good?.value.deployments;
  return deployments === undefined
    ? null
    : backgroundUsdPerDay(deployments, state.settings?.healthCheckIntervalS ?? 300);
}
