import type { Incidents } from '../alerts/types.ts';
import type { Diagnosis } from '../diagnosis/types.ts';
import type {
  Answer,
  ChatReply,
  DeploymentInfo,
  GatewayFailure,
  HealthEntry,
  HealthReport,
  Readiness,
} from '../gateway/types.ts';
import type { GatewaySettings, HostSample, OtherWatchtower, ProcessSample, SelfSample } from '../host/types.ts';
import type { Traffic } from '../logs/records/traffic.ts';
import type { LogEvent, LogSource } from '../logs/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import type { Hearing } from './hearing.ts';
import type { Problem } from './snapshot.ts';
import type { Purse } from './wallet.ts';

/** What an endpoint's probes have told so far. */
export interface Probe<T> {
  last: Answer<T> | null;
  /** The newest answer with a value: kept while later ones fail, with its age. */
  good: (Answer<T> & { kind: 'answered' }) | null;
  asking: boolean;
}

interface ChatState extends Probe<ChatReply> {
  model: SafeText | null;
  /** Why it is not asked now; null when it is. */
  resting: SafeText | null;
  /** True after a 402 or 429, until the cause clears. */
  onHold: boolean;
  diagnosis: Diagnosis | null;
}

interface HealthState extends Probe<HealthReport> {
  from: 'PROBED' | 'BACKGROUND' | 'NOT_ASKED';
  resting: SafeText | null;
}

/** A deployment with what the last `/health` said of it. */
export interface DeploymentHealth {
  info: DeploymentInfo;
  entry: HealthEntry | null;
  diagnosis: Diagnosis | null;
}

/** All that the engine knows. Replaced, never changed, by `reduce`. */
export interface State {
  startedAt: number;
  live: Probe<{ alive: true }>;
  /** Latencies of the last live answers, ms, oldest first, at most LATENCIES_KEPT. */
  latencies: readonly number[];
  /** Identity of the master that has answered: tells draining from starting. */
  servedBy: string | null;
  ready: Probe<Readiness>;
  details: Probe<Readiness>;
  hub: Probe<{ version: SafeText | null }>;
  models: Probe<{ names: SafeText[] }>;
  modelInfo: Probe<{ deployments: DeploymentInfo[] }>;
  health: HealthState;
  deployments: readonly DeploymentHealth[];
  chat: ChatState;
  latest: Probe<{ rows: number }>;
  backlog: Probe<{ inFlight: number; queued: number | null; rejected: number | null }>;
  metrics: Probe<{ bytes: number }>;
  processes: ProcessSample | null;
  host: HostSample | null;
  settings: GatewaySettings | null;
  watchtowers: readonly OtherWatchtower[];
  self: SelfSample | null;
  sources: readonly LogSource[];
  /** What came or grew last at the end; bounded (`src/watch/log-events.ts`). */
  events: readonly LogEvent[];
  /** Ids count up from 1: so many events were seen in all. */
  newestEventId: number;
  /** How often each event was counted as evidence already, by id. */
  counted: ReadonlyMap<number, number>;
  traffic: Traffic | null;
  hearing: Hearing;
  incidents: Incidents;
  purse: Purse;
  remembered: boolean;
  refresh: { startedAt: number | null; count: number };
  problems: readonly Problem[];
}

export const LATENCIES_KEPT = 120;

const noProbe = { last: null, good: null, asking: false };

export function initialState(startedAt: number, purse: Purse, remembered: boolean): State {
  return {
    startedAt,
    live: noProbe,
    latencies: [],
    servedBy: null,
    ready: noProbe,
    details: noProbe,
    hub: noProbe,
    models: noProbe,
    modelInfo: noProbe,
    health: { ...noProbe, from: 'NOT_ASKED', resting: null },
    deployments: [],
    chat: { ...noProbe, model: null, resting: null, onHold: false, diagnosis: null },
    latest: noProbe,
    backlog: noProbe,
    metrics: noProbe,
    processes: null,
    host: null,
    settings: null,
    watchtowers: [],
    self: null,
    sources: [],
    events: [],
    newestEventId: 0,
    counted: new Map(),
    traffic: null,
    hearing: { lines: 0, answeredSince: 0 },
    incidents: new Map(),
    purse,
    remembered,
    refresh: { startedAt: null, count: 0 },
    problems: [],
  };
}

export type EndpointName =
  | 'live'
  | 'ready'
  | 'details'
  | 'hub'
  | 'models'
  | 'modelInfo'
  | 'health'
  | 'chat'
  | 'latest'
  | 'backlog'
  | 'metrics';

/** What came from outside: the only way into the state. */
export type Happening =
  | { kind: 'asking'; endpoint: EndpointName; model?: SafeText }
  | { kind: 'resting'; endpoint: 'health' | 'chat'; why: SafeText | null; model?: SafeText | null }
  | { kind: 'answer'; endpoint: EndpointName; answer: Answer<unknown> }
  | { kind: 'processes'; sample: ProcessSample }
  | { kind: 'host'; sample: HostSample }
  | { kind: 'settings'; settings: GatewaySettings }
  | { kind: 'watchtowers'; list: readonly OtherWatchtower[] }
  | { kind: 'self'; sample: SelfSample }
  | { kind: 'logs'; events: readonly LogEvent[]; sources: readonly LogSource[]; traffic: Traffic | null }
  | { kind: 'wallet'; purse: Purse; remembered: boolean }
  | { kind: 'refresh'; started: boolean }
  | { kind: 'problem'; problem: Problem }
  | { kind: 'tick' };

export function failureOf(probe: Probe<unknown>): GatewayFailure | null {
  return probe.last?.kind === 'failed' ? probe.last.failure : null;
}
