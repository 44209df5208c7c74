import { graphemes } from '../text/graphemes.ts';
import { widthOf } from '../text/width.ts';

const ASCII = /^[\u0000-\u007f]*$/;

/** Text for a terminal that takes ASCII only: `?` for each column of any other character, so that all stays in its place. */
export function toAscii(text: string): string {
  if (ASCII.test(text)) return text;
  return text.replaceAll(/[^\u0000-\u007f]+/g, (foreign) =>
    graphemes(foreign)
      .map((glyph) => '?'.repeat(widthOf(glyph)))
      .join(''),
  );
}
