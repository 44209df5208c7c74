import stringWidth from 'string-width';
import { graphemes } from './graphemes.ts';
import type { SafeText } from './safe-text.ts';

const ASCII = /^[\x20-\x7e]*$/;
/** Cells that a text takes on a terminal. */
export function widthOf(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/** At most `cells` wide, cut between graphemes, with `ellipsis` where something was cut. */
export function truncate(text: SafeText, cells: number, ellipsis?: string): SafeText;
export function truncate(text: string, cells: number, ellipsis?: string): string;
export function truncate(text: string, cells: number, ellipsis = '\u2026'): string {
  if (cells <= 0) return '';
  if (ASCII.test(text) && text.length <= cells) return text;
  if (widthOf(text) <= cells) return text;
  const room = cells - widthOf(ellipsis);
  if (room <= 0) return ellipsis.slice(0, cells);
  if (ASCII.test(text)) return text.slice(0, room) + ellipsis;
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
