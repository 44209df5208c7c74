import type { SafeText } from '../src/text/safe-text.ts';
import { literal, safe } from '../src/text/scrub.ts';
import { truncate } from '../src/text/width.ts';
import type { Glyphs } from './glyphs.ts';
import type { PanelStyle } from './layout.ts';
import { cut, fitTo, type Line, lineWidth, type Span, spaces, span } from './line.ts';
import type { PanelContent } from './panel-content.ts';
import type { ListGeometry, ListView } from './view-state.ts';

/** What the view says about one panel. */
export interface PanelView {
  readonly number: number;
  readonly focused: boolean;
  readonly list: ListView;
  /** Why the last key did nothing; null in panels without the focus. */
  readonly said: SafeText | null;
}

/** A panel as it stands on the screen, and what the keys need to know about it; `index` is -1 in an empty list. */
export interface DrawnPanel extends ListGeometry {
  readonly lines: readonly Line[];
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
  return { ...list, ...movedBy(content), lines: lines.slice(0, rect.height) };
}

function drawStrip(content: PanelContent, { width, height }: PanelRect, glyphs: Glyphs): DrawnPanel {
  const head = content.head(width - 1, 1)[0] ?? [span(content.empty)];
  const lines = fillLines([[spaces(1), ...head]], height).map((line) => fitTo(line, width, glyphs));
  return { lines, ids: content.ids, top: 0, index: content.ids.length > 0 ? 0 : -1, page: 1, ...movedBy(content) };
}

function movedBy(content: PanelContent): Pick<ListGeometry, 'of' | 'pinned' | 'order' | 'is' | 'subject'> {
  const { of, pinned, order, is, subject } = content;
  return { of, pinned, order, is, subject };
}

interface DrawnList extends Pick<ListGeometry, 'ids' | 'top' | 'index' | 'page'> {
  lines: Line[];
  /** `1-8 of 11` where not everything fits. */
  range: SafeText | null;
}

function drawList(content: PanelContent, width: number, height: number, view: PanelView, glyphs: Glyphs): DrawnList {
  const gutter = 1;
  const head = content.head(width, height).slice(0, Math.max(0, height - 2));
  const header = content.header(width - gutter);
  const fixed: Line[] = [...head, ...(header === null ? [] : [[spaces(gutter), ...header]])].slice(0, height);
  const page = Math.max(0, height - fixed.length);
  const count = content.ids.length;
  if (count === 0) return { lines: [...fixed, [span(content.empty)]], ids: [], top: 0, index: -1, page, range: null };
  const index = selectedIndex(content, view.list);
  // The newest row stands at the bottom.
  const above = view.list.selected === null && content.pinned === 'last' ? page : view.list.above;
  const top = windowTop(index, above, page, count);
  const rows: Line[] = [];
  for (let at = top; at < Math.min(count, top + page); at++) {
    rows.push(listRow(content.row(at, width - gutter), view.focused && at === index, width, glyphs));
  }
  const range = count > page ? safe`${top + 1}-${Math.min(count, top + page)} of ${count}` : null;
  return { lines: [...fixed, ...rows], ids: content.ids, top, index, page, range };
}

function listRow(row: Line, selected: boolean, width: number, glyphs: Glyphs): Line {
  if (!selected) return [spaces(1), ...row];
  // One style for the whole row: marks inside a reversed row would be a second background.
  const plain = fitTo([span(glyphs.pointer), ...row], width, glyphs);
  return plain.map((part) => ({ ...part, tone: 'selected' as const }));
}

function selectedIndex({ ids, pinned, order }: PanelContent, { selected, index }: ListView): number {
  if (selected === null) return pinned === 'first' ? 0 : ids.length - 1;
  const found = ids.indexOf(selected);
  if (found !== -1) return found;
  return order === null ? Math.min(index, ids.length - 1) : nearest(ids, order, selected);
}

/** The row that stands next to one that has gone or is left out: the one after it, else the last before it. */
function nearest(ids: readonly string[], order: readonly string[], gone: string): number {
  const places = new Map(order.map((id, place) => [id, place]));
  const place = places.get(gone) ?? 0;
  const after = ids.findIndex((id) => (places.get(id) ?? order.length) > place);
  return after === -1 ? ids.length - 1 : after;
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
  const left: Line = [dash(1), name];
  const framed = (note: Line): Line => [spaces(1), ...note, spaces(1), dash(1)];
  // What the operator did comes first: where the room ends, of a note only its first word stays, then it falls.
  const right: Span[] = [];
  const room = (): number => width - lineWidth(left) - lineWidth(right) - 3;
  const notes = [
    () => said(view),
    () => chips(content, view, room(), glyphs),
    () => content.note,
    () => (range === null ? [] : [span(range)]),
  ];
  for (const noteOf of notes) {
    const note = noteOf();
    if (note.length === 0 || room() < MIN_NOTE) continue;
    const short = lineWidth(note) <= room() || right.length === 0 ? note : note.slice(0, 1);
    if (right.length > 0 && lineWidth(short) > room()) break;
    right.push(...framed(cut(short, room(), glyphs)));
  }
  const missing = width - lineWidth(left) - lineWidth(right);
  return fitTo([...left, ...(missing > 0 ? [dash(missing)] : []), ...right], width, glyphs);
}

/** Fewer columns than this tell nothing. */
const MIN_NOTE = 4;
/** A longer filter is told by its beginning; the whole of it stands on the line where it is typed. */
const CHIP_WIDTH = 24;

function said({ said: text }: PanelView): Line {
  return text === null ? [] : [span(text, 'strong')];
}

/** `filter: openrouter, 3 of 12`: what leaves rows out is always told; where the room ends, its words are cut. */
function chips(content: PanelContent, { list }: PanelView, room: number, glyphs: Glyphs): Line {
  const about = list.about === null ? [] : [span(safe`only: ${list.about.label}`, 'strong')];
  if (list.filter === '') return about;
  const before = [...about, span(literal(about.length === 0 ? 'filter: ' : ', filter: '), 'strong')];
  const count = span(safe`, ${content.ids.length} of ${content.of}`);
  const left = Math.max(MIN_NOTE, Math.min(CHIP_WIDTH, room - lineWidth([...before, count])));
  return [...before, span(truncate(list.filter, left, glyphs.ellipsis), 'strong'), count];
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
