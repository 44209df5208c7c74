import type { SafeText, Scrub } from '../src/text/safe-text.ts';
import { literal, safe } from '../src/text/scrub.ts';
import { type About, erasedFrom, filterOf, typedInto } from './filter.ts';
import type { Action } from './keys.ts';
import { panelAfter } from './layout.ts';
import type { Landmark, PanelId } from './panel-content.ts';

/** What the operator chose to look at. It holds no facts. */
export interface ViewState {
  readonly focus: PanelId;
  readonly zoom: boolean;
  readonly problemsOnly: boolean;
  readonly panels: Readonly<Record<PanelId, ListView>>;
  readonly overlay: Overlay | null;
  /** The filter of the focused panel is being typed: letters are text, not keys. */
  readonly typing: boolean;
  /** Why the last key did nothing; until the next one. */
  readonly said: SafeText | null;
}

export interface ListView {
  /** Identity of the selected row: the selection follows the item; null: the pinned row, whichever it is. */
  readonly selected: string | null;
  /** Where it was in the list: its neighbour is taken when the item has gone. */
  readonly index: number;
  /** Rows of the list seen above it: what comes in above does not move what is being read. */
  readonly above: number;
  /** The order that rows keep while one reads away from the pinned row; null: as they come. */
  readonly order: readonly string[] | null;
  readonly filter: SafeText;
  readonly search: SafeText;
  readonly about: About | null;
}

type Overlay =
  | { readonly kind: 'help'; readonly top: number }
  | { readonly kind: 'detail'; readonly panel: PanelId; readonly id: string; readonly top: number };

/** What the last frame looked like, as far as movement depends on it. */
export interface ListGeometry {
  readonly ids: readonly string[];
  /** Rows before the filter. */
  readonly of: number;
  readonly index: number;
  readonly top: number;
  readonly page: number;
  readonly pinned: 'first' | 'last';
  readonly order: readonly string[] | null;
  is(index: number, landmark: Landmark): boolean;
  subject(index: number): About | null;
}

export interface Geometry {
  readonly panels: Readonly<Record<PanelId, ListGeometry>>;
  readonly overlay: { readonly lines: number; readonly page: number } | null;
  /** Panels whose rows are seen only when they are alone on the screen. */
  readonly bare: readonly PanelId[];
}

const FRESH: ListView = {
  selected: null,
  index: 0,
  above: 0,
  order: null,
  filter: literal(''),
  search: literal(''),
  about: null,
};

export const INITIAL_VIEW: ViewState = {
  focus: 'health',
  zoom: false,
  problemsOnly: false,
  panels: { health: FRESH, resources: FRESH, alerts: FRESH, logs: FRESH },
  overlay: null,
  typing: false,
  said: null,
};

/**
 * What a key asks for, one step after the other; between them the screen is built anew, for a step may need a panel that the
 * one before it has brought into sight.
 */
export function stepsOf(view: ViewState, action: Action): Action[] {
  const detail = view.overlay?.kind === 'detail' ? view.overlay : null;
  switch (action.kind) {
    case 'filter':
      return view.overlay === null ? [action] : [{ kind: 'close' }, action];
    case 'subject':
      return detail === null ? [{ kind: 'close' }, action] : [{ kind: 'close' }, { ...action, id: detail.id }];
    case 'jump': {
      const list = view.panels[view.focus];
      const here = view.focus === 'logs' || (action.to === 'match' && filterOf(list.search) !== null);
      if (here) return view.overlay === null ? [action] : [{ kind: 'close' }, action];
      return [
        { kind: 'focus', panel: 'logs' },
        { ...action, from: 'elsewhere' },
      ];
    }
    default:
      return [action];
  }
}

/** The view after a key. Actions that concern more than the view leave it as it is. */
export function reduceView(before: ViewState, action: Action, geometry: Geometry, scrub: Scrub): ViewState {
  const view = before.said === null ? before : { ...before, said: null };
  switch (action.kind) {
    case 'close-or-quit':
    case 'close':
      return view.overlay === null ? view : { ...view, overlay: null };
    case 'back':
      return stepBack(view);
    case 'help':
      return { ...view, overlay: view.overlay?.kind === 'help' ? null : { kind: 'help', top: 0 } };
    case 'focus':
      return seen({ ...view, focus: action.panel, overlay: null }, geometry);
    case 'focus-step':
      return view.overlay === null ? seen({ ...view, focus: panelAfter(view.focus, action.step) }, geometry) : view;
    case 'open':
      return openDetail(view, geometry.panels[view.focus]);
    case 'zoom':
      return view.overlay === null ? { ...view, zoom: !view.zoom } : view;
    case 'problems':
      return { ...view, problemsOnly: !view.problemsOnly };
    case 'move':
    case 'edge':
      return view.overlay === null
        ? moveSelection(view, action, geometry)
        : scroll(view, view.overlay, action, geometry);
    case 'filter':
      return seen(withList({ ...view, typing: true }, { filter: FRESH.filter }), geometry);
    case 'type':
    case 'erase':
    case 'keep-filter':
    case 'clear-filter':
      return typed(view, action, scrub);
    case 'jump':
      return jump(view, action, geometry.panels[view.focus]);
    case 'subject':
      return showSubject(view, action.id ?? null, geometry);
    default:
      return view;
  }
}

/** Where the focused panel has no rows on the screen, it gets the screen for itself. */
function seen(view: ViewState, { bare }: Geometry): ViewState {
  return bare.includes(view.focus) ? { ...view, zoom: true } : view;
}

function stepBack(view: ViewState): ViewState {
  if (view.overlay !== null) return { ...view, overlay: null };
  const { filter, about } = view.panels[view.focus];
  if (filter !== '' || about !== null) return withList(view, { filter: FRESH.filter, about: null });
  if (view.zoom) return { ...view, zoom: false };
  return view.problemsOnly ? { ...view, problemsOnly: false } : view;
}

function withList(view: ViewState, changes: Partial<ListView>): ViewState {
  return { ...view, panels: { ...view.panels, [view.focus]: { ...view.panels[view.focus], ...changes } } };
}

function openDetail(view: ViewState, list: ListGeometry): ViewState {
  const id = list.ids[list.index];
  if (view.overlay !== null || id === undefined) return view;
  return { ...view, overlay: { kind: 'detail', panel: view.focus, id, top: 0 } };
}

type Typing = Extract<Action, { kind: 'type' | 'erase' | 'keep-filter' | 'clear-filter' }>;

function typed(view: ViewState, action: Typing, scrub: Scrub): ViewState {
  const { filter, search } = view.panels[view.focus];
  switch (action.kind) {
    case 'type':
      return withList(view, { filter: typedInto(filter, action.text, scrub) });
    case 'erase':
      return withList(view, { filter: erasedFrom(filter, action.unit) });
    case 'keep-filter':
      return withList({ ...view, typing: false }, { search: filter === '' ? search : filter });
    case 'clear-filter':
      return withList({ ...view, typing: false }, { filter: FRESH.filter });
  }
}

type Movement = Extract<Action, { kind: 'move' | 'edge' }>;

/** Where a movement leads from `index` in a list of `count`, of which `page` are seen. */
function target(movement: Movement, index: number, page: number, count: number): number {
  if (movement.kind === 'edge') return movement.to === 'first' ? 0 : count - 1;
  const size = { row: 1, half: Math.max(1, Math.floor(page / 2)), page: Math.max(1, page - 1) }[movement.unit];
  return Math.min(count - 1, Math.max(0, index + movement.step * size));
}

function moveSelection(view: ViewState, movement: Movement, geometry: Geometry): ViewState {
  const list = geometry.panels[view.focus];
  return list.ids.length === 0 ? view : select(view, target(movement, list.index, list.page, list.ids.length), list);
}

function select(view: ViewState, index: number, list: ListGeometry): ViewState {
  // The pinned row by its place: what becomes the worst, or the newest, is then the selected one.
  const pinned = index === (list.pinned === 'first' ? 0 : list.ids.length - 1);
  const top = Math.min(index, Math.max(list.top, index - list.page + 1));
  return withList(view, {
    selected: pinned ? null : (list.ids[index] ?? null),
    index,
    above: index - top,
    order: pinned ? null : list.order,
  });
}

const LANDMARKS: Readonly<Record<Landmark, SafeText>> = {
  match: literal('match'),
  error: literal('error'),
  warning: literal('warning'),
};

/** The next row of a kind in a direction. From another panel, the selected one counts, and where none is further on, the newest. */
function jump(view: ViewState, { to, step, from }: Extract<Action, { kind: 'jump' }>, list: ListGeometry): ViewState {
  const { filter, search } = view.panels[view.focus];
  if (to === 'match' && filterOf(filter) === null && filterOf(search) === null) {
    return { ...view, said: literal('nothing to look for: / sets a filter') };
  }
  const found = landmarkFrom(list, from === 'elsewhere' ? list.index : list.index + step, step, to);
  if (found !== -1) return select(view, found, list);
  const newest = from === 'elsewhere' ? landmarkFrom(list, list.ids.length - 1, -1, to) : -1;
  if (newest !== -1) return select(view, newest, list);
  const only = from === 'elsewhere' ? literal('no') : literal(step === 1 ? 'no later' : 'no earlier');
  return { ...view, said: safe`${only} ${LANDMARKS[to]}` };
}

function landmarkFrom(list: ListGeometry, start: number, step: number, landmark: Landmark): number {
  for (let index = start; index >= 0 && index < list.ids.length; index += step) {
    if (list.is(index, landmark)) return index;
  }
  return -1;
}

/** The log's events of the selected model or incident. */
function showSubject(view: ViewState, id: string | null, geometry: Geometry): ViewState {
  const list = geometry.panels[view.focus];
  const about = list.subject(id === null ? list.index : list.ids.indexOf(id));
  if (about === null) return { ...view, said: literal('L is for a model or an alert: select one') };
  const logs = { ...view.panels.logs, selected: null, order: null, filter: FRESH.filter, about };
  return seen({ ...view, focus: 'logs', panels: { ...view.panels, logs } }, geometry);
}

function scroll(view: ViewState, overlay: Overlay, movement: Movement, { overlay: size }: Geometry): ViewState {
  if (size === null) return view;
  const last = Math.max(0, size.lines - size.page);
  const top =
    movement.kind === 'edge' && movement.to === 'last' ? last : target(movement, overlay.top, size.page, last + 1);
  return { ...view, overlay: { ...overlay, top: Math.min(last, top) } };
}
