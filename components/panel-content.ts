import type { SafeText } from '../src/text/safe-text.ts';
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
  row(index: number, width: number): Line;
  /** Said where the list is empty. */
  readonly empty: SafeText;
}
