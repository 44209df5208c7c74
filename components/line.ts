import { graphemes } from '../src/text/graphemes.ts';
import type { SafeText } from '../src/text/safe-text.ts';
import { literal } from '../src/text/scrub.ts';
import { truncate, widthOf } from '../src/text/width.ts';
import type { Glyphs } from './glyphs.ts';

/**
 * What a piece of text is, not how it looks. Hue sits on marks and badges only: the words beside them are readable with
 * all colour gone.
 */
export type Tone = 'plain' | 'strong' | 'frame' | 'critBadge' | 'warnBadge' | 'crit' | 'warn' | 'key' | 'selected';

export interface Span {
  readonly text: SafeText;
  readonly tone: Tone;
  /** A figure that moves by itself (an age, a load): alone it is not worth a frame at once. */
  readonly soft?: true;
}

/** One line of the screen. */
export type Line = readonly Span[];

export const NOTHING = literal('');

export function span(text: SafeText, tone: Tone = 'plain'): Span {
  return { text: oneLine(text), tone };
}

/** A figure that moves by itself. */
export function soft(text: SafeText, tone: Tone = 'plain'): Span {
  return { text: oneLine(text), tone, soft: true };
}

/** Safe text may hold line feeds and tabs; a line of the screen may not. */
function oneLine(text: SafeText): SafeText {
  return /[\n\t]/.test(text) ? literal(text.replaceAll(/[\n\t]+/g, ' ')) : text;
}

export function spaces(count: number): Span {
  return span(literal(' '.repeat(Math.max(0, count))));
}

/** Columns that a line takes. */
export function lineWidth(line: Line): number {
  return line.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** Cuts a line to `width` columns, with an ellipsis where something is lost. */
export function cut(line: Line, width: number, glyphs: Glyphs): Line {
  if (lineWidth(line) <= width) return line;
  const kept: Span[] = [];
  let left = width;
  for (const part of line) {
    const partWidth = widthOf(part.text);
    // Whatever follows does not fit either way, so this part gives up a column for the ellipsis.
    if (partWidth < left) {
      kept.push(part);
      left -= partWidth;
      continue;
    }
    if (left > 0) kept.push({ ...part, text: truncateTo(part.text, left, glyphs) });
    break;
  }
  return kept;
}

/** Like `truncate`, and with the ellipsis even where the text alone would just fit. */
function truncateTo(text: SafeText, width: number, glyphs: Glyphs): SafeText {
  const whole = widthOf(text) > width ? text : `${text}${glyphs.ellipsis}`;
  return literal(truncate(whole, width, glyphs.ellipsis));
}

/** A line of exactly `width` columns. */
export function fitTo(line: Line, width: number, glyphs: Glyphs): Line {
  const short = cut(line, width, glyphs);
  const missing = width - lineWidth(short);
  return missing > 0 ? [...short, spaces(missing)] : short;
}

/** `left` and `right` at the two ends of `width` columns; the left one gives way. */
export function spread(left: Line, right: Line, width: number, glyphs: Glyphs): Line {
  const end = cut(right, width, glyphs);
  const room = width - lineWidth(end);
  if (room <= 1) return fitTo(end, width, glyphs);
  return [...fitTo(left, end.length === 0 ? room : room - 1, glyphs), ...(end.length === 0 ? [] : [spaces(1)]), ...end];
}

/** The end of a text in at most `width` columns: of a path and of what is being typed, it tells most. */
export function tailOf(text: SafeText, width: number, glyphs: Glyphs): SafeText {
  if (widthOf(text) <= width) return text;
  const letters = graphemes(text);
  let first = letters.length;
  let left = width - widthOf(glyphs.ellipsis);
  while (first > 0) {
    left -= widthOf(letters[first - 1] ?? '');
    if (left < 0) break;
    first -= 1;
  }
  return literal(`${glyphs.ellipsis}${letters.slice(first).join('')}`);
}

/** Text of exactly `width` columns at the right of its cell. */
export function right(part: Span, width: number, glyphs: Glyphs): Line {
  const short = cut([part], width, glyphs);
  const missing = width - lineWidth(short);
  return missing > 0 ? [spaces(missing), ...short] : short;
}

/** Puts chips beside each other, two spaces apart, on at most `lines` lines of `width` columns; the last ones fall. */
export function flow(chips: readonly Line[], width: number, lines: number, glyphs: Glyphs): Line[] {
  const out: Line[] = [];
  let current: Span[] = [];
  let used = 0;
  for (const chip of chips) {
    if (chip.length === 0) continue;
    const chipWidth = lineWidth(chip);
    const gap = current.length === 0 ? 0 : 2;
    if (current.length > 0 && used + gap + chipWidth > width) {
      out.push(current);
      current = [];
      used = 0;
      if (out.length === lines) return out;
    }
    if (current.length > 0) current.push(spaces(2));
    current.push(...cut(chip, width, glyphs));
    used += (used === 0 ? 0 : 2) + Math.min(chipWidth, width);
  }
  if (current.length > 0) out.push(current);
  return out;
}

/** The plain text of a line. */
export function textOf(line: Line): string {
  return line.map(({ text }) => text).join('');
}
