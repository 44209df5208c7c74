import type { Scrub } from '../text/safe-text.ts';
import type { CheckRule } from './file-schema.ts';
import type { ReadSmallFile } from './small-file.ts';
import type { Flags } from './sources.ts';

export interface ResolveInput {
  /** By name of the option without dashes; `true` for a switch, a list for an option that repeats. */
  flags: Flags;
}

/** The world outside, as the settings need it. */
export interface ConfigDeps {
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  /** null where the user has none. */
  home: string | null;
  readFile: ReadSmallFile;
  scrub: Scrub;
  /** Loaded only when a config file has rules. */
  loadCheckRule(): Promise<CheckRule>;
}

/** A file that settings may come from, and what became of it. */
export interface FileReport {
  what: 'config' | '.env';
  /** null where no folder for it is known. */
  path: string | null;
  state: 'read' | 'missing' | 'refused';
  why: string | null;
}
