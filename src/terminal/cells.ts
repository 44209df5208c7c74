import { isSimple, widthOf } from '../text/width.ts';

/** One line of the screen by column. The second half of a wide glyph has the text ''. */
export interface Row {
  glyphs: string[];
  /** SGR parameters in force at each column, e.g. `1;31`; '' is the terminal's own. */
  styles: string[];
}

/** Styles that are seen on a space: underline, reverse video, a background. */
export const BLANK_STYLE = /(?:^|;)(?:4|7|4\d|10\d)(?:$|;)/;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** An empty line. */
export function blankRow(columns: number): Row {
  return { glyphs: new Array<string>(columns).fill(' '), styles: new Array<string>(columns).fill('') };
}

/** Reads text with SGR sequences into cells, cut or filled to `columns`. Other escape sequences are dropped. */
export function parseRow(line: string, columns: number): Row {
  const row = blankRow(columns);
  let style: Style = {};
  let styleText = '';
  let column = 0;
  for (const part of line.split(/(\u001b\[[0-9;:?]*[A-Za-z])/)) {
    if (part.startsWith('\u001b')) {
      if (part.endsWith('m')) {
        style = applySgr(style, part.slice(2, -1));
        styleText = printStyle(style);
      }
      continue;
    }
    column = put(row, part, column, columns, styleText);
  }
  return row;
}

function put(row: Row, text: string, start: number, columns: number, style: string): number {
  let column = start;
  const simple = isSimple(text);
  for (const glyph of simple ? text : segments(text)) {
    const width = simple ? 1 : widthOf(glyph);
    if (width === 0) continue;
    if (column + width > columns) return columns;
    row.glyphs[column] = glyph;
    // Otherwise a space looks the same in every style: naming one would cost bytes and differ for nothing.
    row.styles[column] = glyph === ' ' && !BLANK_STYLE.test(style) ? '' : style;
    for (let rest = 1; rest < width; rest++) {
      row.glyphs[column + rest] = '';
      row.styles[column + rest] = style;
    }
    column += width;
  }
  return column;
}

function* segments(text: string): Generator<string> {
  for (const { segment } of segmenter.segment(text)) yield segment;
}

type Style = Readonly<{
  bold?: boolean;
  dim?: boolean;
  underline?: boolean;
  inverse?: boolean;
  foreground?: string;
  background?: string;
}>;

function applySgr(style: Style, parameters: string): Style {
  let next: Style = style;
  const codes = parameters.split(/[;:]/).map(Number);
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const length = codes[index + 1] === 5 ? 3 : 5;
      const color = codes.slice(index, index + length).join(';');
      next = code === 38 ? { ...next, foreground: color } : { ...next, background: color };
      index += length - 1;
    } else {
      next = applyCode(next, code);
    }
  }
  return next;
}

function applyCode(style: Style, code: number): Style {
  if (code === 0) return {};
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 7) return { ...style, inverse: true };
  if (code === 22) return without(without(style, 'bold'), 'dim');
  if (code === 24) return without(style, 'underline');
  if (code === 27) return without(style, 'inverse');
  if (code === 39) return without(style, 'foreground');
  if (code === 49) return without(style, 'background');
  if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) return { ...style, foreground: String(code) };
  if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) return { ...style, background: String(code) };
  return style;
}

function without(style: Style, name: keyof Style): Style {
  const { [name]: _, ...rest } = style;
  return rest;
}

function printStyle(style: Style): string {
  const codes: string[] = [];
  if (style.bold) codes.push('1');
  if (style.dim) codes.push('2');
  if (style.underline) codes.push('4');
  if (style.inverse) codes.push('7');
  if (style.foreground) codes.push(style.foreground);
  if (style.background) codes.push(style.background);
  return codes.join(';');
}
