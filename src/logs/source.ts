import type { LogSourceKind, LogSourceState } from './types.ts';

/** Why bytes were not read. `bytes` of a gap is null where nobody can know how many. */
export type GapWhy = 'TRUNCATED' | 'ROTATED_AWAY' | 'SKIPPED' | 'CAPPED';
export type RotationHow = 'RENAMED' | 'TRUNCATED' | 'RECREATED' | 'RETARGETED';

/** When a line was written, where its source tells it: the journal's field or the container's prefix. */
export interface Stamp {
  /** Wall clock, ms. */
  at: number;
  from: 'journal' | 'container';
}

/** What a source gives, in the order in which it happened. */
export type SourceItem =
  | {
      type: 'lines';
      /** Whole lines, each with its LF, as they stood in the source. Valid until the next poll: copy what is kept. */
      bytes: Uint8Array;
      /** Where `bytes[0]` stands in the file; it grows within one file. */
      offset: number;
      /** True for what was written before the first look: history, never a new alert. */
      old: boolean;
      /** One writer's lines are never glued to another's: `stdout` or `stderr` of a container, empty where there is one. */
      stream: string;
      stamp: Stamp | null;
    }
  | { type: 'gap'; bytes: number | null; why: GapWhy }
  | { type: 'rotated'; how: RotationHow };

export interface SourceStatus {
  state: LogSourceState;
  /** What is wrong and what would mend it; null where nothing is. */
  why: string | null;
  lines: number;
  bytes: number;
  behindBytes: number;
  /** Monotonic time of the last line that came, ms. */
  lastLineAt: number | null;
  rotations: number;
  gaps: number;
}

/** One place that log lines come from. It is polled and never calls back; nothing that it reads can make it throw. */
export interface Source {
  readonly kind: LogSourceKind;
  /** What a person would call it: a path, `journal:litellm.service`, `docker:litellm`. */
  readonly path: string;
  /** What came since the last poll, at most about `maxBytes` of it. `now` is monotonic, ms. */
  poll(now: number, maxBytes: number): SourceItem[];
  status(): SourceStatus;
  /** The last partial line of a source that is left, if there is one. Nothing is read after it. */
  end(): SourceItem[];
  /** Where to go on after a restart: JSON for the checkpoint file, null where the source keeps none. */
  position(): string | null;
  close(): Promise<void>;
}

/** The same source with another word on how it is; `why` gets what it says itself. */
export function explained<S extends Source>(source: S, why: (own: SourceStatus) => string | null): S {
  return Object.create(source, {
    status: {
      value: (): SourceStatus => {
        const own = source.status();
        return { ...own, why: why(own) };
      },
    },
  }) as S;
}
