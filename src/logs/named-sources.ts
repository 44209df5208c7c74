import { decoded } from './containers/decoded.ts';
import { elsewhere, whyElsewhere } from './evidence.ts';
import { type FollowOptions, followFile } from './follow/follow-file.ts';
import { isPacked, readHistory } from './follow/history.ts';
import { foundSources, type Places } from './found-sources.ts';
import { namedPrograms } from './programs/named-programs.ts';
import type { ProgramSource } from './programs/program-source.ts';
import { explained, type Source } from './source.ts';

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

export interface SourceOptions {
  files: readonly string[];
  journal: string | null;
  container: string | null;
  pids: readonly number[];
  follow: boolean;
  /** Where processes and containers are looked for. */
  places?: Places;
}

/** One that follows never ends; without that, it is waited for. */
function programOf(source: ProgramSource, follow: boolean): NamedSource {
  return {
    source,
    ready: follow ? () => Promise.resolve() : source.ready,
    ended: () => follow || source.ended(),
    read: () => source.status().lines > 0 || source.status().why === null,
  };
}

/** The named files, packed ones too, or where the output of the processes goes; all from their beginning. */
export function sourcesOf(options: SourceOptions): { sources: NamedSource[]; why: string | null } {
  const { follow } = options;
  const programs = namedPrograms(options, follow).map((one) => programOf(one.source(), follow));
  const named = [...[...new Set(options.files)].map(fileSource), ...programs];
  if (named.length > 0) return { sources: toldElsewhere(named, options), why: null };
  if (options.pids.length === 0)
    return { sources: [], why: 'no gateway was found on this machine; name a file with --file' };
  const { found, why } = foundSources(options.pids, { follow, past: 'whole' }, options.places);
  const sources = found.map((one) =>
    one.type === 'program' ? programOf(one.open(null), follow) : followed(one.open(null)),
  );
  return { sources, why };
}

/** What was named is what is read; that the gateway writes somewhere else is said of it. */
function toldElsewhere(named: NamedSource[], options: SourceOptions): NamedSource[] {
  const { found } = foundSources(options.pids, options, options.places);
  const instead = elsewhere(options, found, options.pids, options.places?.proc);
  if (instead.length === 0) return named;
  const why = whyElsewhere(instead);
  return named.map((one) => ({ ...one, source: explained(one.source, (own) => own.why ?? why) }));
}

function fileSource(path: string): NamedSource {
  if (isPacked(path)) {
    const packed = readHistory(path);
    const source = decoded(() => packed);
    const read = () => source.status().state === 'FOLLOWING' || source.status().lines > 0;
    return { source, ready: packed.ready, ended: packed.ended, read };
  }
  return followed(openFile(path, { past: 'whole' }));
}

/** A file that was named, a container's too. */
export function openFile(path: string, options: FollowOptions): Source {
  return decoded((position, again) => followFile(path, { ...options, position, again }), options.position ?? null);
}

function followed(source: Source): NamedSource {
  return {
    source,
    ready: () => Promise.resolve(),
    ended: () => source.status().behindBytes === 0,
    read: () => source.status().state === 'FOLLOWING' || source.status().lines > 0,
  };
}
