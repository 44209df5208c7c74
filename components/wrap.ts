import type { SafeText } from '../src/text/safe-text.ts';
import { literal } from '../src/text/scrub.ts';
import { truncate, widthOf } from '../src/text/width.ts';
import type { Glyphs } from './glyphs.ts';

/** Breaks text at spaces (and words that are too long anywhere) into at most `maxLines` lines of `width` columns. */
export function wrapText(text: SafeText, width: number, maxLines: number, glyphs: Glyphs): SafeText[] {
  if (width <= 0 || maxLines <= 0) return [];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (widthOf(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (widthOf(line) > width) {
      const head = headOf(line, width);
      if (head === '') break;
      lines.push(head);
      line = line.slice(head.length);
      if (lines.length > maxLines) break;
    }
    if (lines.length > maxLines) break;
  }
  if (line !== '') lines.push(line);
  if (lines.length <= maxLines) return lines.map(literal);
  const kept = lines.slice(0, maxLines);
  const last = `${kept.at(-1)}${glyphs.ellipsis}`;
  return [...kept.slice(0, -1).map(literal), literal(truncate(last, width, glyphs.ellipsis))];
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The longest beginning of `text` that takes at most `width` columns. */
function headOf(text: string, width: number): string {
  let used = 0;
  let end = 0;
  for (const { segment, index } of segmenter.segment(text)) {
    used += widthOf(segment);
    if (used > width) return text.slice(0, end);
    end = index + segment.length;
  }
  return text;
}
