import type { EvidenceSource, IncidentScope, IncidentState } from '../alerts/types.ts';
import type { DiagnosisClass, Family, Severity } from '../diagnosis/types.ts';
import type { DatabaseState } from '../gateway/types.ts';
import type { ProcessRole } from '../host/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import type { LogsView } from './logs-view.ts';

/*
 * Everything that a face may show at one instant: plain, immutable, serialisable, sanitised and redacted.
 * Printed by `--once --format json` as schema 1: nothing here is renamed without a new schema number.
 * Times are RFC 3339 UTC with milliseconds. What is not known is null, never 0 or absent.
 */

export const SCHEMA = 1;

export type VerdictState = 'OK' | 'WARN' | 'CRIT' | 'UNKNOWN';
export type ProbeState = 'OK' | 'DEGRADED' | 'DOWN' | 'UNKNOWN';
export type GatewayState = ProbeState | 'STARTING' | 'DRAINING' | 'WEDGED';
export type ModelState = ProbeState | 'COOLING' | 'PROBE_ARTEFACT' | 'OFF';
export type KeyState = 'OK' | 'REJECTED' | 'MISSING' | 'NOT_NEEDED' | 'UNKNOWN';
export type HopState = ProbeState | 'NONE';

/** Why an endpoint's last answer was no good. */
export interface FailureView {
  code: string;
  status: number | null;
  text: SafeText;
  next: SafeText;
}

interface ModelsListView {
  count: number | null;
  status: number | null;
  latencyMs: number | null;
  ageS: number | null;
  failure: FailureView | null;
}

export interface LiveView {
  state: ProbeState;
  status: number | null;
  latencyMs: number | null;
  p50Ms: number | null;
  p95Ms: number | null;
  maxMs: number | null;
  ageS: number | null;
  failure: FailureView | null;
}

interface ReadyView {
  state: ProbeState;
  status: number | null;
  database: DatabaseState;
  cache: SafeText | null;
  latencyMs: number | null;
  ageS: number | null;
  failure: FailureView | null;
}

export interface HealthView {
  healthy: number | null;
  unhealthy: number | null;
  from: 'PROBED' | 'BACKGROUND' | 'NOT_ASKED';
  /** Why it is not asked (wallet, options, no key); null when it is. */
  why: SafeText | null;
  /** True while a `/health` is under way. */
  asking: boolean;
  status: number | null;
  latencyMs: number | null;
  ageS: number | null;
  failure: FailureView | null;
}

export interface ChatView {
  model: SafeText | null;
  state: ProbeState;
  /** Why it rests or was not asked; null when it is probed. */
  why: SafeText | null;
  status: number | null;
  latencyMs: number | null;
  ageS: number | null;
  failure: FailureView | null;
}

export interface GatewayView {
  name: SafeText;
  url: SafeText;
  state: GatewayState;
  why: SafeText | null;
  version: { value: SafeText; from: string } | null;
  key: { state: KeyState; from: SafeText | null };
  live: LiveView;
  ready: ReadyView;
  modelsList: ModelsListView;
  health: HealthView;
  chat: ChatView;
}

export interface DeploymentView {
  id: SafeText;
  model: SafeText;
  provider: SafeText | null;
  host: SafeText | null;
  state: ModelState;
  class: DiagnosisClass | null;
  status: number | null;
  text: SafeText | null;
  ageS: number | null;
}

export interface ModelView {
  name: SafeText;
  state: ModelState;
  /** null while no check has told. */
  up: number | null;
  total: number;
  class: DiagnosisClass | null;
  /** Of the last chat probe of this model; null when it was never probed by itself. */
  latencyMs: number | null;
  ageS: number | null;
  deployments: DeploymentView[];
}

export interface ProcessView {
  pid: number;
  ppid: number;
  role: ProcessRole;
  command: SafeText;
  startedAt: string;
  cpuPct: number | null;
  rssBytes: number | null;
  fds: number | null;
  sockets: number | null;
  replaced: boolean;
}

export interface HostView {
  cpuPct: number | null;
  load1: number | null;
  cores: number;
  memoryUsedBytes: number | null;
  memoryTotalBytes: number | null;
  gatewayRssBytes: number | null;
  memoryLimit: { bytes: number; from: SafeText } | null;
  disks: { path: SafeText; usedRatio: number; freeBytes: number }[];
}

interface Evidence {
  at: string;
  source: EvidenceSource;
  text: SafeText;
}

export interface IncidentView {
  id: string;
  /** `CLASS|scope|target|credential`: the same whoever computes it, without message text. */
  key: SafeText;
  class: DiagnosisClass;
  family: Family;
  severity: Severity;
  state: IncidentState;
  scope: IncidentScope;
  target: SafeText;
  provider: SafeText | null;
  models: SafeText[];
  modelsLost: SafeText[];
  since: string;
  until: string | null;
  count: number;
  title: SafeText;
  fix: SafeText;
  url: SafeText | null;
  evidence: Evidence[];
  acknowledged: null;
  silenced: null;
  inhibitedBy: SafeText | null;
  flapping: boolean;
}

export interface WalletView {
  /** UTC day, `2026-11-23`. */
  day: string;
  capUsd: number;
  estimatedUsd: number;
  calls: number;
  capCalls: number;
  refused: number;
  paidProbes: boolean;
  lastRefusal: SafeText | null;
  /** Deployments of the last round without a known price: each call to them is estimated high. */
  unpriced: number | null;
  /** Deployments that LiteLLM's provider client asks up to three times by itself; the estimate holds that, `calls` does not. */
  repeated: number | null;
  /** What LiteLLM's own background checks cost a day; null where it makes none, or that is not known. */
  backgroundUsdPerDay: number | null;
  /** False with `--no-state`: a restart forgets what was spent today. */
  remembered: boolean;
}

export interface Problem {
  code: string;
  text: SafeText;
  fix: SafeText;
}

export interface Verdict {
  state: VerdictState;
  exit: 0 | 1 | 2 | 3;
  summary: SafeText;
  class: DiagnosisClass | null;
  provider: SafeText | null;
  /** Names that callers lost. */
  models: SafeText[];
  since: string | null;
  next: SafeText;
  url: SafeText | null;
}

export interface Hop {
  hop: SafeText;
  state: HopState;
  why: SafeText | null;
}

export type Mode = 'dashboard' | 'once' | 'monitor';

export interface Snapshot {
  schema: typeof SCHEMA;
  at: string;
  mode: Mode;
  /** True for the embedded simulated gateway: a word in the header. */
  demo: boolean;
  watchtower: {
    version: string;
    pid: number;
    cpuPct: number | null;
    rssBytes: number;
    problems: Problem[];
  };
  verdict: Verdict;
  path: Hop[];
  gateway: GatewayView;
  models: ModelView[];
  processes: ProcessView[];
  watchtowers: { pid: number; command: SafeText; startedAt: string }[];
  host: HostView;
  incidents: IncidentView[];
  logs: LogsView;
  wallet: WalletView;
  /** What a refresh by hand is doing; `startedAt` null when none is under way. */
  refresh: { startedAt: string | null; count: number };
}
