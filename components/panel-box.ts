import type { SafeText } from '../src/text/safe-text.ts';
import { literal, safe } from '../src/text/scrub.ts';
import type { Glyphs } from './glyphs.ts';
import type { PanelStyle } from './layout.ts';
import { cut, fitTo, type Line, lineWidth, type Span, spaces, span } from './line.ts';
import type { PanelContent } from './panel-content.ts';
import type { ListView } from './view-state.ts';

/** What the view says about one panel. */
export interface PanelView {
  readonly number: number;
  readonly focused: boolean;
  readonly list: ListView;
}

/** A panel as it stands on the screen, and what the keys need to know about it. */
export interface DrawnPanel {
  readonly lines: readonly Line[];
  readonly ids: readonly string[];
  readonly top: number;
  /** Index of the selected row, -1 in an empty list. */
  readonly index: number;
  /** Rows that fit. */
  readonly page: number;
}

export interface PanelRect {
  readonly width: number;
  readonly height: number;
  readonly style: PanelStyle;
}

/** Draws a panel into exactly `rect.width` by `rect.height`. Only the rows that are visible are built. */
export function drawPanel(content: PanelContent, rect: PanelRect, view: PanelView, glyphs: Glyphs): DrawnPanel {
  if (rect.style === 'strip') return drawStrip(content, rect, glyphs);
  const boxed = rect.style === 'box';
  const inner = { width: rect.width - (boxed ? 4 : 1), height: rect.height - (boxed ? 2 : 1) };
  const list = drawList(content, inner.width, inner.height, view, glyphs);
  const title = titleLine(content, view, boxed ? rect.width - 2 : rect.width, list.range, glyphs);
  const body = fillLines(list.lines, inner.height);
  const lines = boxed ? box(title, body, inner.width, view.focused, glyphs) : rule(title, body, rect.width, glyphs);
  return { ...list, lines: lines.slice(0, rect.height) };
}

function drawStrip(content: PanelContent, { width, height }: PanelRect, glyphs: Glyphs): DrawnPanel {
  const head = content.head(width - 1, 1)[0] ?? [span(content.empty)];
  const lines = fillLines([[spaces(1), ...head]], height).map((line) => fitTo(line, width, glyphs));
  return { lines, ids: content.ids, top: 0, index: content.ids.length > 0 ? 0 : -1, page: 1 };
}

interface DrawnList extends Omit<DrawnPanel, 'lines'> {
  lines: Line[];
  /** `1-8 of 11` where not everything fits. */
  range: SafeText | null;
}

function drawList(content: PanelContent, width: number, height: number, view: PanelView, glyphs: Glyphs): DrawnList {
  const gutter = 1;
  const head = content.head(width, height).slice(0, Math.max(0, height - 2));
  const header = content.header(width - gutter);
  const above: Line[] = [...head, ...(header === null ? [] : [[spaces(gutter), ...header]])].slice(0, height);
  const page = Math.max(0, height - above.length);
  const count = content.ids.length;
  if (count === 0) return { lines: [...above, [span(content.empty)]], ids: [], top: 0, index: -1, page, range: null };
  const index = selectedIndex(content.ids, view.list);
  const top = windowTop(index, view.list.above, page, count);
  const rows: Line[] = [];
  for (let at = top; at < Math.min(count, top + page); at++) {
    rows.push(listRow(content.row(at, width - gutter), view.focused && at === index, width, glyphs));
  }
  const range = count > page ? safe`${top + 1}-${Math.min(count, top + page)} of ${count}` : null;
  return { lines: [...above, ...rows], ids: content.ids, top, index, page, range };
}

function listRow(row: Line, selected: boolean, width: number, glyphs: Glyphs): Line {
  if (!selected) return [spaces(1), ...row];
  // One style for the whole row: marks inside a reversed row would be a second background.
  const plain = fitTo([span(glyphs.pointer), ...row], width, glyphs);
  return plain.map((part) => ({ ...part, tone: 'selected' as const }));
}

function selectedIndex(ids: readonly string[], { selected, index }: ListView): number {
  if (selected === null) return 0;
  const found = ids.indexOf(selected);
  return found === -1 ? Math.min(index, ids.length - 1) : found;
}

/** First visible row, with `above` rows before the selected one where the list allows it. */
export function windowTop(index: number, above: number, page: number, count: number): number {
  const wanted = index - Math.min(above, Math.max(0, page - 1));
  return Math.max(0, Math.min(wanted, count - page));
}

function titleLine(
  content: PanelContent,
  view: PanelView,
  width: number,
  range: SafeText | null,
  glyphs: Glyphs,
): Line {
  const { horizontal } = view.focused ? glyphs.heavy : glyphs.light;
  const dash = (count: number): Span => span(literal(horizontal.repeat(Math.max(0, count))), 'frame');
  const name = span(safe` ${view.number} ${content.title} `, 'strong');
  const notes = [content.note, range === null ? [] : [span(range)]].filter((note) => note.length > 0);
  const right = notes.flatMap((note) => [spaces(1), ...note, spaces(1), dash(1)]);
  const left: Line = [dash(1), name];
  const missing = width - lineWidth(left) - lineWidth(right);
  return missing >= 0 ? [...left, dash(missing), ...right] : fitTo([...left, dash(width)], width, glyphs);
}

function box(title: Line, body: readonly Line[], width: number, focused: boolean, glyphs: Glyphs): Line[] {
  const shape = focused ? glyphs.heavy : glyphs.light;
  const side = span(shape.vertical, 'frame');
  const bottom = literal(`${shape.bottomLeft}${shape.horizontal.repeat(width + 2)}${shape.bottomRight}`);
  return [
    [span(shape.topLeft, 'frame'), ...title, span(shape.topRight, 'frame')],
    ...body.map((line): Line => [side, spaces(1), ...fitTo(line, width, glyphs), spaces(1), side]),
    [span(bottom, 'frame')],
  ];
}

function rule(title: Line, body: readonly Line[], width: number, glyphs: Glyphs): Line[] {
  return [
    fitTo(title, width, glyphs),
    ...body.map((line) => fitTo(cut([spaces(1), ...line], width, glyphs), width, glyphs)),
  ];
}

function fillLines(lines: readonly Line[], height: number): Line[] {
  const filled: Line[] = lines.slice(0, Math.max(0, height));
  while (filled.length < height) filled.push([]);
  return filled;
}
