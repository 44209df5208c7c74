import type { DiagnosisClass } from '../diagnosis/types.ts';
import type { LogSourceKind, LogSourceState } from '../logs/types.ts';
import type { SafeText } from '../text/safe-text.ts';

/* What a snapshot tells of the log; the rules of `src/watch/snapshot.ts` hold. */

export interface LogEventView {
  id: number;
  /** When it was seen last, and first. */
  at: string;
  firstAt: string;
  level: string;
  class: DiagnosisClass | null;
  text: SafeText;
  /** The whole record with its traceback. */
  record: SafeText;
  fix: SafeText | null;
  url: SafeText | null;
  count: number;
  model: SafeText | null;
  provider: SafeText | null;
  /** It was in the log before we looked: history, which alerts nobody. */
  old: boolean;
}

/** Requests of callers by the access lines, over the last `windowS`. */
export interface TrafficView {
  perSecond: number;
  /** What it was in the ten minutes before the last request. */
  usualPerSecond: number;
  /** 5xx among them. */
  errorRatio: number | null;
  /** 4xx among them. */
  refusedRatio: number | null;
  p50Ms: number | null;
  p95Ms: number | null;
  lastAgeS: number | null;
  windowS: number;
}

/** Whether something that usually speaks is heard; `why` for all but HEARD. */
export interface SilenceView {
  state: 'HEARD' | 'SILENT' | 'UNKNOWN';
  forS: number | null;
  why: SafeText | null;
}

export interface LogsView {
  sources: LogSourceView[];
  /** Oldest first, by when they were seen last. */
  events: LogEventView[];
  /** Events that were seen and are not listed: older than those that are kept. */
  dropped: number;
  /** null while no access line was seen. */
  traffic: TrafficView | null;
  /** Callers that stay away while the gateway answers us. */
  trafficSilence: SilenceView;
  /** A log that says nothing while the gateway answers us. */
  logSilence: SilenceView;
}

export interface LogSourceView {
  kind: LogSourceKind;
  path: SafeText;
  state: LogSourceState;
  why: SafeText | null;
  lines: number;
  behindBytes: number;
  lastLineAgeS: number | null;
  rotations: number;
  gaps: number;
}
