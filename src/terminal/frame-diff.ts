import { blankRow, parseRow, type Row } from './cells.ts';
import { createPen } from './pen.ts';

/** A frame as the terminal is told it, line by line. */
export interface Frame {
  columns: number;
  rows: number;
  lines: readonly string[];
  /** Cells of the lines, read when first needed. */
  cells: (Row | undefined)[];
}

/** Cuts the text of a whole frame into `rows` lines; missing ones are empty, surplus ones are dropped. */
export function toFrame(text: string, columns: number, rows: number): Frame {
  const lines = text.split('\n').slice(0, rows);
  while (lines.length < rows) lines.push('');
  return { columns, rows, lines, cells: new Array<Row | undefined>(rows) };
}

/**
 * The bytes that turn what is on the screen into `next`: '' when nothing differs. Without `previous` (or after another
 * size) every line is written. Only cells that differ are sent: a ticking figure costs about 20 bytes wherever it is.
 */
export function encodeFrame(previous: Frame | null, next: Frame): string {
  const pen = createPen(next.columns);
  const known = previous !== null && previous.columns === next.columns && previous.rows === next.rows;
  for (let row = 0; row < next.rows; row++) {
    if (!known) {
      pen.wholeLine(row, cellsOf(next, row));
    } else if (previous.lines[row] === next.lines[row]) {
      next.cells[row] = previous.cells[row];
    } else {
      pen.changes(row, cellsOf(previous, row), cellsOf(next, row));
    }
  }
  return pen.take();
}

function cellsOf(frame: Frame, row: number): Row {
  const known = frame.cells[row];
  if (known !== undefined) return known;
  const line = frame.lines[row] ?? '';
  const cells = line === '' ? blankRow(frame.columns) : parseRow(line, frame.columns);
  frame.cells[row] = cells;
  return cells;
}
