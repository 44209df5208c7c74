import type { SafeText } from '../src/text/safe-text.ts';
import type { About } from './filter.ts';
import type { Glyphs } from './glyphs.ts';
import type { Line } from './line.ts';

export type PanelId = 'health' | 'resources' | 'alerts' | 'logs';

/** In the order of their numbers on the screen. */
export const PANELS: readonly PanelId[] = ['health', 'resources', 'alerts', 'logs'];

/** What row builders need beside the snapshot. */
export interface RowContext {
  readonly glyphs: Glyphs;
  /** The snapshot's instant, ms: ages are told relative to it. */
  readonly now: number;
  readonly problemsOnly: boolean;
  /** CPU of this machine in percent, oldest first: what a sparkline shows. */
  readonly cpuHistory: readonly number[];
}

/** What the rows of a panel depend on beside that: how the operator looks at this one. */
export interface ListContext extends RowContext {
  /** What the operator typed to see fewer rows of this panel; empty: all. */
  readonly filter: SafeText;
  /** What `n` and `N` look for: the last filter that was kept. */
  readonly search: SafeText;
  /** Only what concerns this subject; log events only. */
  readonly about: About | null;
  /** Rows stand in this order as far as they are there, those that came since after them; null: as they come. */
  readonly order: readonly string[] | null;
}

/** What one looks for in a list. */
export type Landmark = 'match' | 'error' | 'warning';

/** A panel before it has a place: rows are built only for those that are visible. */
export interface PanelContent {
  readonly title: SafeText;
  /** Right of the title. */
  readonly note: Line;
  /** Lines above the list, as many as fit well into a panel of this size. */
  head(width: number, height: number): readonly Line[];
  /** Titles of the columns; null where the list has none. */
  header(width: number): Line | null;
  /** Identity of each row, in their order: the selection follows it. */
  readonly ids: readonly string[];
  /** Rows before the filter. */
  readonly of: number;
  /** The row that is selected until another one is: the worst, or the newest. */
  readonly pinned: 'first' | 'last';
  /** What the order is to be while others come (`ListContext.order`); null where rows keep no order of their own. */
  readonly order: readonly string[] | null;
  is(index: number, landmark: Landmark): boolean;
  /** Whose log events belong to a row; null where it has none of its own. */
  subject(index: number): About | null;
  row(index: number, width: number): Line;
  /** Said where the list is empty. */
  readonly empty: SafeText;
}
