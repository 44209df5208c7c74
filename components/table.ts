import type { SafeText } from '../src/text/safe-text.ts';
import type { Glyphs } from './glyphs.ts';
import { fitTo, type Line, right, type Span, spaces, span } from './line.ts';

/** One column of a table. `keep` 0 stays longest where the room shrinks; ties fall from the right. */
export interface Column<Item> {
  readonly title: SafeText;
  /** Columns it takes; with `grow`, at least so many. */
  readonly width: number;
  readonly grow?: true;
  readonly align?: 'right';
  readonly keep: number;
  readonly cell: (item: Item) => Span;
}

/** The columns that fit into `width`, and how wide each is. */
export interface Fitted<Item> {
  readonly column: Column<Item>;
  readonly width: number;
}

const GAP = 1;

/** Leaves columns out, least wanted first, until the rest fits; what is left over goes to the one that grows. */
export function fitColumns<Item>(columns: readonly Column<Item>[], width: number): Fitted<Item>[] {
  const kept = [...columns];
  while (kept.length > 1 && total(kept) > width) {
    const worst = Math.max(...kept.map(({ keep }) => keep));
    kept.splice(
      kept.findLastIndex(({ keep }) => keep === worst),
      1,
    );
  }
  const spare = width - total(kept);
  return kept.map((column) => ({
    column,
    width: column.grow ? Math.max(1, column.width + spare) : column.width,
  }));
}

function total<Item>(columns: readonly Column<Item>[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0) + GAP * Math.max(0, columns.length - 1);
}

export function headerLine<Item>(fitted: readonly Fitted<Item>[], glyphs: Glyphs): Line {
  return join(fitted.map(({ column, width }) => place(span(column.title, 'strong'), column, width, glyphs)));
}

export function rowLine<Item>(fitted: readonly Fitted<Item>[], item: Item, glyphs: Glyphs): Line {
  return join(fitted.map(({ column, width }) => place(column.cell(item), column, width, glyphs)));
}

function place<Item>(part: Span, column: Column<Item>, width: number, glyphs: Glyphs): Line {
  return column.align === 'right' ? right(part, width, glyphs) : fitTo([part], width, glyphs);
}

function join(cells: readonly Line[]): Line {
  return cells.flatMap((cell, index) => (index === 0 ? cell : [spaces(GAP), ...cell]));
}
