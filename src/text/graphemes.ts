/*
 * Apart from the widths: the library behind those makes a segmenter as it is loaded, which costs 20 ms that a look without
 * a screen need not pay.
 */

let segmenter: Intl.Segmenter | null = null;

/** User-perceived characters. */
export function graphemes(text: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** At most `count` graphemes, the last one an ellipsis where something was cut. */
export function truncateGraphemes(text: string, count: number): string {
  if (text.length <= count) return text;
  const parts = graphemes(text.slice(0, count * 16));
  return parts.length <= count ? parts.join('') : `${parts.slice(0, Math.max(0, count - 1)).join('')}\u2026`;
}
