import { followFile } from './follow/follow-file.ts';
import { isPacked, readHistory } from './follow/history.ts';
import { outputsOf } from './outputs.ts';
import type { Source } from './source.ts';

/** A source that a command reads to its end. */
export interface NamedSource {
  source: Source;
  /** Resolves when a poll would give something, or at once where that cannot be told. */
  ready(): Promise<void>;
  /** True once everything that is there now was read. */
  ended(): boolean;
  /** True when it could be read at all. */
  read(): boolean;
}

/** The named files, packed ones too, or where the output of the processes goes; all from their beginning. */
export function sourcesOf(options: { files: readonly string[]; pids: readonly number[] }): {
  sources: NamedSource[];
  why: string | null;
} {
  if (options.files.length > 0) return { sources: options.files.map((path) => fileSource(path, 'file')), why: null };
  if (options.pids.length === 0)
    return { sources: [], why: 'no gateway was found on this machine; name a file with --file' };
  const { outputs, why } = outputsOf(options.pids);
  return { sources: outputs.map(({ path, kind }) => fileSource(path, kind)), why };
}

function fileSource(path: string, kind: 'file' | 'fd'): NamedSource {
  if (isPacked(path)) {
    const source = readHistory(path);
    const read = () => source.status().state === 'FOLLOWING' || source.status().lines > 0;
    return { source, ready: source.ready, ended: source.ended, read };
  }
  const source = followFile(path, { kind, past: 'whole' });
  return {
    source,
    ready: () => Promise.resolve(),
    ended: () => source.status().behindBytes === 0,
    read: () => source.status().state === 'FOLLOWING' || source.status().lines > 0,
  };
}
