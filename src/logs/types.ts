import type { Diagnosis } from '../diagnosis/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import type { Traffic } from './records/traffic.ts';

export type LogSourceKind = 'file' | 'fd' | 'docker' | 'cri' | 'journal' | 'stdin';
export type LogSourceState = 'FOLLOWING' | 'SILENT' | 'UNREADABLE' | 'MISSING' | 'NONE';

export interface LogSource {
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

export type LogLevel = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR' | 'CRITICAL';

/** One happening in the log: a record with its traceback, diagnosed, repeats folded into `count`. */
export interface LogEvent {
  /** Grows by one per event of this monitor; folding keeps it. */
  id: number;
  /** Wall clock, ms. */
  at: number;
  atFrom: 'line' | 'received' | 'journal' | 'container';
  level: LogLevel;
  diagnosis: Diagnosis;
  /** First line, cleaned. */
  text: SafeText;
  /** The whole record with its traceback, at most 64 KiB. */
  record: SafeText;
  /** Physical lines of the record. */
  lines: number;
  count: number;
  /** Last time it was seen, ms. */
  lastAt: number;
  path: SafeText;
  offset: number;
  /** True for what was in the file before we looked: history, never a new alert. */
  old: boolean;
}

export interface LogMonitor {
  start(): void;
  /** Events that came or grew since the last call, oldest first. */
  take(): LogEvent[];
  sources(): LogSource[];
  /** Requests of callers, by the access lines; null where none was seen. */
  traffic(): Traffic | null;
  /** Tells it who the gateway is now: it re-reads descriptors when this changes. */
  gateway(pids: readonly number[]): void;
  stop(): Promise<void>;
}
