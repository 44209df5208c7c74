import { BLANK_STYLE, type Row } from './cells.ts';
import { ERASE_LINE_END, moveTo, RESET_STYLE } from './sequences.ts';

/** Unchanged cells between two changed ones that are cheaper to send again than to jump over. */
const JUMP_COST = 6;
/** Blank cells at the end of a line that are cheaper to erase than to send. */
const ERASE_COST = 3;

/** Writes cells with as few bytes as it can, knowing where the cursor is and what style is on. */
export interface Pen {
  /** A line whose present content is not known. */
  wholeLine(row: number, next: Row): void;
  /** A line of which `previous` is on the screen. */
  changes(row: number, previous: Row, next: Row): void;
  /** What was written since the start; the style is reset at its end. */
  take(): string;
}

export function createPen(columns: number): Pen {
  let out = '';
  let style = '';
  // Column that the cursor is known to stand at in `cursorRow`; -1 where a glyph may have taken another width.
  let cursorRow = -1;
  let cursorColumn = -1;

  function setStyle(next: string): void {
    if (next === style) return;
    out += next === '' ? RESET_STYLE : style === '' ? `\u001b[${next}m` : `\u001b[0;${next}m`;
    style = next;
  }

  function goTo(row: number, column: number): void {
    if (row === cursorRow && column === cursorColumn) return;
    out += moveTo(row, column);
    cursorRow = row;
    cursorColumn = column;
  }

  function span(row: number, cells: Row, from: number, to: number): void {
    for (let column = from; column < to; column++) {
      const glyph = cells.glyphs[column] ?? ' ';
      if (glyph === '') continue;
      goTo(row, column);
      const wanted = cells.styles[column] ?? '';
      if (glyph !== ' ' || wanted !== '' || BLANK_STYLE.test(style)) setStyle(wanted);
      out += glyph;
      const plain = glyph.length === 1 && cells.glyphs[column + 1] !== '';
      // After a wide or composed glyph terminals disagree about the cursor: place it anew.
      cursorColumn = plain && column + 1 < columns ? column + 1 : -1;
    }
  }

  function eraseFrom(row: number, column: number): void {
    if (column >= columns) return;
    goTo(row, column);
    if (BLANK_STYLE.test(style)) setStyle('');
    out += ERASE_LINE_END;
  }

  return {
    wholeLine(row, next) {
      const end = contentEnd(next, columns);
      goTo(row, 0);
      span(row, next, 0, end);
      eraseFrom(row, end);
    },
    changes(row, previous, next) {
      const end = contentEnd(next, columns);
      const oldEnd = contentEnd(previous, columns);
      const eraseAt = oldEnd > end + ERASE_COST ? end : columns;
      for (const [from, to] of changedSpans(previous, next, eraseAt)) span(row, next, from, to);
      if (eraseAt < columns) eraseFrom(row, eraseAt);
    },
    take() {
      setStyle('');
      const text = out;
      out = '';
      return text;
    },
  };
}

/** Column after the last cell that is not blank. */
function contentEnd({ glyphs, styles }: Row, columns: number): number {
  let end = columns;
  while (end > 0 && glyphs[end - 1] === ' ' && styles[end - 1] === '') end--;
  return end;
}

function* changedSpans(previous: Row, next: Row, end: number): Generator<[number, number]> {
  let from = -1;
  let to = -1;
  for (let column = 0; column < end; column++) {
    if (isSame(previous, next, column)) continue;
    if (from !== -1 && column - to <= JUMP_COST) {
      to = column + 1;
      continue;
    }
    if (from !== -1) yield [from, to];
    from = column;
    to = column + 1;
  }
  if (from !== -1) yield [from, to];
}

function isSame(previous: Row, next: Row, column: number): boolean {
  return previous.glyphs[column] === next.glyphs[column] && previous.styles[column] === next.styles[column];
}
