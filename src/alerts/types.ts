import type { DiagnosisClass, Family, Severity } from '../diagnosis/types.ts';
import type { SafeText } from '../text/safe-text.ts';

/** What an incident is about. Never part of it: message text, status, ids, times (they are evidence). */
export interface Identity {
  class: DiagnosisClass;
  scope: IncidentScope;
  target: SafeText;
  /** A reference to the credential or account behind the target, never the secret; `-` where there is only one. */
  credential: SafeText;
}

export type IncidentScope = 'gateway' | 'database' | 'provider' | 'model' | 'client' | 'host' | 'process' | 'watcher';
export type IncidentState = 'PENDING' | 'FIRING' | 'RECOVERING' | 'RESOLVED';
export type EvidenceSource = 'health' | 'chat' | 'probe' | 'log' | 'process' | 'inferred';

export interface Evidence {
  /** Wall clock, ms. */
  at: number;
  source: EvidenceSource;
  text: SafeText;
}

/**
 * One look at one subject. `level`: the state as it is now (a probe). `edge`: something that happened (a log record).
 * `good` speaks only to the incident of that identity. `no-data` moves nothing.
 */
export type Observation =
  | {
      kind: 'bad';
      nature: 'level' | 'edge';
      identity: Identity;
      at: number;
      cause: Cause;
      /** How many happenings it stands for: a folded log record stands for several. */
      times: number;
      /** How much it counts towards firing; more than 1 where independent evidence says the same. */
      weight: number;
      /** True when `cause` lists all that is affected (a round over every deployment): it replaces the list. */
      whole: boolean;
    }
  | { kind: 'good'; identity: Identity; at: number; source: EvidenceSource; text: SafeText }
  | { kind: 'no-data'; identity: Identity; at: number; why: SafeText };

/** What is known of a bad observation; the newest replaces the older in the incident. */
export interface Cause {
  family: Family;
  severity: Severity;
  provider: SafeText | null;
  models: SafeText[];
  modelsLost: SafeText[];
  deployments: SafeText[];
  title: SafeText;
  fix: SafeText;
  url: SafeText | null;
  evidence: Evidence;
}

export interface Incident extends Identity {
  /** Key and start: a new one for each firing. */
  id: string;
  key: SafeText;
  family: Family;
  severity: Severity;
  state: IncidentState;
  provider: SafeText | null;
  models: SafeText[];
  modelsLost: SafeText[];
  deployments: SafeText[];
  title: SafeText;
  fix: SafeText;
  url: SafeText | null;
  /** First bad observation of the streak, ms. */
  startedAt: number;
  /** When it began to fire, ms; null while pending. */
  confirmedAt: number | null;
  /** First good observation of the clearing streak, ms. */
  endedAt: number | null;
  /** Bad observations, edges counted with their repeats. */
  count: number;
  /** Of the present streak: what PENDING(k/n) and RECOVERING(k/m) show. */
  bads: number;
  goods: number;
  lastBadAt: number;
  /** When a level observation was last counted: repeats within a few seconds count once. */
  countedAt: number;
  /** Times of recent edges, ms, for thresholds of the kind "5 in 2 min". */
  edges: number[];
  evidence: Evidence[];
}

/** All incidents, by key; a resolved one stays until 24 h are over or its key fires again. */
export type Incidents = ReadonlyMap<string, Incident>;
