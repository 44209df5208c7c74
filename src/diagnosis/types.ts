import type { SafeText } from '../text/safe-text.ts';

export type Family = 'MONEY' | 'ACCESS' | 'TRAFFIC' | 'ROUTING' | 'REQUEST' | 'PLATFORM';

/** The classes that a failure text can have, by family; `UNKNOWN` is an error that matches no rule. */
export const CLASSES_OF_FAMILY = {
  MONEY: ['CREDITS', 'BUDGET'],
  ACCESS: ['AUTH_PROVIDER', 'AUTH_GATEWAY', 'PERMISSION'],
  TRAFFIC: ['RATE_LIMIT', 'TIMEOUT', 'CONNECTION', 'PROVIDER_DOWN'],
  ROUTING: ['MODEL_NOT_FOUND', 'NO_DEPLOYMENTS'],
  REQUEST: ['BAD_REQUEST', 'CONTEXT_WINDOW', 'CONTENT_POLICY'],
  PLATFORM: ['DATABASE', 'CACHE', 'CALLBACK', 'RESOURCE', 'STARTUP', 'SERVER'],
} as const satisfies Record<Family, readonly string[]>;

export type KnownClass = (typeof CLASSES_OF_FAMILY)[Family][number] | 'UNKNOWN';

/** A known class, or a name of the user's own from `rules:` in the config file. */
export type DiagnosisClass = KnownClass | (string & {});

export type Severity = 'info' | 'warn' | 'crit';
export type Confidence = 'high' | 'medium' | 'low';

/** Where a text came from: it decides what the same words mean. `probe` is our own request to the gateway. */
export type TextSource = 'health' | 'chat' | 'probe' | 'log' | 'system';

export interface DiagnosisInput {
  /** The text as it came, at most 64 KiB of it is read. */
  text: string;
  source: TextSource;
  /** HTTP status that the caller saw, where there was one. */
  status?: number | null;
  /** The caller knows that this is a failure, whatever the text says: at worst it is UNKNOWN. */
  failed?: boolean;
  /** Log level where the text is a log record. */
  level?: string | null;
  /** What the caller knows better than the text: from `/v1/model/info` for instance. */
  provider?: string | null;
  model?: string | null;
  /** Wall clock, ms: reset times like "in 20s" are relative to it. */
  now?: number;
}

export interface Diagnosis {
  class: DiagnosisClass;
  family: Family;
  severity: Severity;
  confidence: Confidence;
  provider: SafeText | null;
  model: SafeText | null;
  /** Whose budget, key, team, account or host it is about. */
  entity: SafeText | null;
  retryAfterS: number | null;
  /** RFC 3339 UTC. */
  resetAt: string | null;
  /** One line: what to do where. */
  fix: SafeText;
  /** https only. */
  url: SafeText | null;
  /** Equal for the same failure whatever its ids, numbers, times, keys and hosts. */
  fingerprint: string;
  /** Which words decided. */
  why: SafeText;
  /** The first cleaned line, at most 500 characters: what a row shows. */
  text: SafeText;
  /** True for an artefact of a health probe: the model may be fine. */
  probeArtefact: boolean;
  /** True where a rule of the user's own decided: its severity is meant as it stands. */
  ruled: boolean;
}

export interface Diagnose {
  (input: DiagnosisInput): Diagnosis | null;
  /** Which rules of the user's own match, as a key; absent where there are none. */
  rulesOf?(input: DiagnosisInput): string;
}

/** What `ignore:` of the config file holds: a text that it matches is never an event. */
export interface IgnoreLike {
  match: string;
  /** `words`: all of them, in any order; `regex`: RE2 syntax, linear. Case does not matter. */
  kind: 'words' | 'regex';
  /** One of `TextSource`, or null for all. */
  source: string | null;
}

/** What `rules:` of the config file holds. */
export interface RuleLike extends IgnoreLike {
  /** A known class or a name of the user's own. */
  class: string;
  severity: Severity;
  fix: string | null;
  url: string | null;
  /** `before` ours, or only where ours find nothing or UNKNOWN. */
  priority: 'before' | 'after';
}
