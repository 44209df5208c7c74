import stringWidth from 'string-width';
import { graphemes } from './graphemes.ts';
import type { SafeText } from './safe-text.ts';

/**
 * ASCII, Latin letters, dashes, quotes and dots, arrows that are no emoji, and what frames, bars and lamps are drawn with:
 * each is one UTF-16 unit, one grapheme and one cell, whatever stands beside it. Measuring text grapheme by grapheme was
 * a third of what an idle dashboard cost.
 */
const SIMPLE = /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u2193\u2500-\u25fc\u2713\u2717\u2718]*$/;

/** True where every UTF-16 unit of the text is a grapheme of one cell. */
export function isSimple(text: string): boolean {
  return SIMPLE.test(text);
}

/** Cells that a text takes on a terminal. */
export function widthOf(text: string): number {
  return isSimple(text) ? text.length : stringWidth(text);
}

/** At most `cells` wide, cut between graphemes, with `ellipsis` where something was cut. */
export function truncate(text: SafeText, cells: number, ellipsis?: string): SafeText;
export function truncate(text: string, cells: number, ellipsis?: string): string;
export function truncate(text: string, cells: number, ellipsis = '\u2026'): string {
  if (cells <= 0) return '';
  if (widthOf(text) <= cells) return text;
  const room = cells - widthOf(ellipsis);
  if (room <= 0) return ellipsis.slice(0, cells);
  if (isSimple(text)) return text.slice(0, room) + ellipsis;
  let out = '';
  let used = 0;
  // No more graphemes than cells can fit, save those of no width: a bounded look is enough.
  for (const part of graphemes(text.slice(0, room * 16))) {
    const width = widthOf(part);
    if (used + width > room) break;
    out += part;
    used += width;
  }
  return out + ellipsis;
}
