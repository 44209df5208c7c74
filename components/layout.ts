import { PANELS, type PanelId } from './panel-content.ts';

/** Steps of the ladder, largest first. */
type LayoutKind = 'grid' | 'columns' | 'stack' | 'single' | 'counts' | 'line';

/** `box`: a border around; `rule`: a line with the title above; `strip`: one line without a title. */
export type PanelStyle = 'box' | 'rule' | 'strip';

export interface PlacedPanel {
  readonly id: PanelId;
  readonly width: number;
  readonly height: number;
  readonly style: PanelStyle;
}

/** Panels that stand beside each other. */
export type BodyRow = readonly PlacedPanel[];

export interface Layout {
  readonly kind: LayoutKind;
  readonly columns: number;
  readonly rows: number;
  /** Lines that the verdict may take. */
  readonly verdictLines: number;
  /** Lines that what to do now may take. */
  readonly nextLines: number;
  readonly path: boolean;
  /** Numbers and names of the panels on a line, where only one of them is seen. */
  readonly tabs: boolean;
  readonly footer: boolean;
}

const LADDER: readonly [LayoutKind, number, number][] = [
  ['grid', 140, 40],
  ['columns', 100, 30],
  ['stack', 80, 24],
  ['single', 60, 16],
  ['counts', 40, 12],
];

/** The largest step that fits. */
export function chooseLayout(columns: number, rows: number): Layout {
  const kind = LADDER.find(([, width, height]) => columns >= width && rows >= height)?.[0] ?? 'line';
  return {
    kind,
    columns,
    rows,
    verdictLines: 2,
    nextLines: kind === 'line' ? 0 : 2,
    path: kind === 'grid' || kind === 'columns' || kind === 'stack' || kind === 'single',
    tabs: kind === 'single',
    footer: kind !== 'line',
  };
}

/** Where the panels go in `height` lines. `alone` is the only one to show, because of a zoom or for want of room. */
export function placePanels(layout: Layout, height: number, focus: PanelId, zoom: boolean): BodyRow[] {
  const { kind, columns } = layout;
  if (height <= 0 || kind === 'line' || (kind === 'counts' && !zoom)) return [];
  if (zoom) return [[place(focus, columns, height, kind === 'counts' || kind === 'single' ? 'rule' : 'box')]];
  if (kind === 'single') return [[place(focus, columns, height, 'rule')]];
  if (kind === 'grid') return placeGrid(columns, height);
  return kind === 'columns' ? placeColumns(columns, height) : placeStack(columns, height);
}

function place(id: PanelId, width: number, height: number, style: PanelStyle): PlacedPanel {
  return { id, width, height, style };
}

function pair(ids: readonly [PanelId, PanelId], columns: number, height: number): BodyRow {
  const left = Math.ceil(columns / 2);
  return [place(ids[0], left, height, 'box'), place(ids[1], columns - left, height, 'box')];
}

function placeGrid(columns: number, height: number): BodyRow[] {
  const upper = Math.ceil(height * 0.56);
  return [pair(['health', 'resources'], columns, upper), pair(['alerts', 'logs'], columns, height - upper)];
}

function placeColumns(columns: number, height: number): BodyRow[] {
  const upper = Math.ceil(height * 0.48);
  const middle = Math.max(5, Math.floor(height * 0.24));
  return [
    pair(['health', 'resources'], columns, upper),
    [place('alerts', columns, middle, 'box')],
    [place('logs', columns, height - upper - middle, 'box')],
  ];
}

function placeStack(columns: number, height: number): BodyRow[] {
  const logs = Math.max(5, Math.floor(height * 0.27));
  const alerts = Math.max(4, Math.floor(height * 0.22));
  const health = height - logs - alerts - 1;
  return [
    [place('health', columns, health, 'rule')],
    [place('alerts', columns, alerts, 'rule')],
    [place('resources', columns, 1, 'strip')],
    [place('logs', columns, logs, 'rule')],
  ];
}

/** The panel `step` places further, around the end. */
export function panelAfter(focus: PanelId, step: number): PanelId {
  const index = (PANELS.indexOf(focus) + step + PANELS.length) % PANELS.length;
  return PANELS[index] ?? 'health';
}
