import type { SafeText } from '../text/safe-text.ts';

/** What every face and room is told at start: options normalised once, durations in ms. Plain and cloneable. */
export interface Settings {
  url: string;
  name: string;
  keyHeader: string;
  /** Where the key came from, e.g. `.env line 3, LITELLM_MASTER_KEY`; null without a key. */
  keyFrom: SafeText | null;
  intervalMs: number;
  chatIntervalMs: number;
  chatModel: string | null;
  paidProbes: boolean;
  budgetUsd: number;
  pid: number | null;
  logFiles: string[];
  journal: string | null;
  container: string | null;
  /** null with `--no-state`. */
  stateDir: string | null;
  timeoutMs: number;
  failOn: 'warn' | 'crit';
  waitOkMs: number | null;
  strict: boolean;
  color: 'always' | 'never' | 'auto';
  ascii: boolean;
  accessible: boolean;
  demo: boolean;
  rules: UserRule[];
  ignore: UserIgnore[];
}

/** `rules:` of the config file, checked at start. */
export interface UserRule {
  match: string;
  /** `words`: all of them, in any order; `regex`: RE2 syntax, linear. */
  kind: 'words' | 'regex';
  class: string;
  severity: 'info' | 'warn' | 'crit';
  fix: string | null;
  url: string | null;
  source: string | null;
  priority: 'before' | 'after';
}

export interface UserIgnore {
  match: string;
  kind: 'words' | 'regex';
  source: string | null;
}
