import type { Action } from './keys.ts';
import { panelAfter } from './layout.ts';
import type { PanelId } from './panel-content.ts';

/** What the operator chose to look at. It holds no facts. */
export interface ViewState {
  readonly focus: PanelId;
  readonly zoom: boolean;
  readonly problemsOnly: boolean;
  readonly panels: Readonly<Record<PanelId, ListView>>;
  readonly overlay: Overlay | null;
}

export interface ListView {
  /** Identity of the selected row: the selection follows the item; null: the first row, whichever it is. */
  readonly selected: string | null;
  /** Where it was in the list: its neighbour is taken when the item has gone. */
  readonly index: number;
  /** Rows of the list seen above it: what comes in above does not move what is being read. */
  readonly above: number;
}

type Overlay =
  | { readonly kind: 'help'; readonly top: number }
  | { readonly kind: 'detail'; readonly panel: PanelId; readonly id: string; readonly top: number };

/** What the last frame looked like, as far as movement depends on it. */
interface ListGeometry {
  readonly ids: readonly string[];
  readonly index: number;
  readonly top: number;
  readonly page: number;
}

export interface Geometry {
  readonly panels: Readonly<Record<PanelId, ListGeometry>>;
  readonly overlay: { readonly lines: number; readonly page: number } | null;
}

const FRESH: ListView = { selected: null, index: 0, above: 0 };

export const INITIAL_VIEW: ViewState = {
  focus: 'health',
  zoom: false,
  problemsOnly: false,
  panels: { health: FRESH, resources: FRESH, alerts: FRESH, logs: FRESH },
  overlay: null,
};

/** The view after a key. Actions that concern more than the view leave it as it is. */
export function reduceView(view: ViewState, action: Action, geometry: Geometry): ViewState {
  switch (action.kind) {
    case 'close-or-quit':
    case 'back':
      return stepBack(view, action.kind === 'back');
    case 'help':
      return { ...view, overlay: view.overlay?.kind === 'help' ? null : { kind: 'help', top: 0 } };
    case 'focus':
      return { ...view, focus: action.panel, overlay: null };
    case 'focus-step':
      return view.overlay === null ? { ...view, focus: panelAfter(view.focus, action.step) } : view;
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
    default:
      return view;
  }
}

function stepBack(view: ViewState, all: boolean): ViewState {
  if (view.overlay !== null) return { ...view, overlay: null };
  if (!all) return view;
  if (view.zoom) return { ...view, zoom: false };
  return view.problemsOnly ? { ...view, problemsOnly: false } : view;
}

function openDetail(view: ViewState, list: ListGeometry): ViewState {
  const id = list.ids[list.index];
  if (view.overlay !== null || id === undefined) return view;
  return { ...view, overlay: { kind: 'detail', panel: view.focus, id, top: 0 } };
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
  if (list.ids.length === 0) return view;
  const index = target(movement, list.index, list.page, list.ids.length);
  // The first row by its place: what becomes the worst, or the newest, is then the selected one.
  const selected = index === 0 ? null : (list.ids[index] ?? null);
  const top = Math.min(index, Math.max(list.top, index - list.page + 1));
  return { ...view, panels: { ...view.panels, [view.focus]: { selected, index, above: index - top } } };
}

function scroll(view: ViewState, overlay: Overlay, movement: Movement, { overlay: size }: Geometry): ViewState {
  if (size === null) return view;
  const last = Math.max(0, size.lines - size.page);
  const top =
    movement.kind === 'edge' && movement.to === 'last' ? last : target(movement, overlay.top, size.page, last + 1);
  return { ...view, overlay: { ...overlay, top: Math.min(last, top) } };
}
