import type { SafeText } from '../src/text/safe-text.ts';
import { literal, safe } from '../src/text/scrub.ts';
import type { Snapshot } from '../src/watch/snapshot.ts';
import type { CurlTarget } from './curl.ts';
import { type Detail, detailOf } from './details.ts';
import { filterLine, footerLine } from './footer.ts';
import type { Glyphs } from './glyphs.ts';
import { type BodyRow, chooseLayout, type Layout, type PlacedPanel, placePanels } from './layout.ts';
import { cut, fitTo, type Line, type Span, spaces, span } from './line.ts';
import { type DrawnOverlay, detailPage, drawOverlay, helpPage } from './overlay.ts';
import { type DrawnPanel, drawPanel } from './panel-box.ts';
import { type ListContext, PANELS, type PanelContent, type PanelId, type RowContext } from './panel-content.ts';
import { alertsContent, incidentBrief, problemLine } from './rows/incidents.ts';
import { logsContent } from './rows/log-events.ts';
import { healthContent } from './rows/models.ts';
import { resourcesContent } from './rows/processes.ts';
import { briefText, countsLines, nextLines, pathLine, verdictLines } from './rows/verdict.ts';
import type { Geometry, ListGeometry, ViewState } from './view-state.ts';
import { wrapText } from './wrap.ts';

/** Everything that a frame depends on. */
export interface ScreenInput {
  readonly snapshot: Snapshot;
  readonly view: ViewState;
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  readonly curl: CurlTarget;
  /** What is going on that the snapshot does not say: a refresh just asked for, an engine that is silent. */
  readonly notices: readonly SafeText[];
  readonly cpuHistory: readonly number[];
}

/** A panel in its place; one that cannot be drawn leaves the others alone. */
export type PlacedContent =
  | { readonly kind: 'drawn'; readonly place: PlacedPanel; readonly panel: DrawnPanel }
  | { readonly kind: 'failed'; readonly place: PlacedPanel; readonly error: Error };

/** The visible model: what the components show and nothing else. Lines are exactly as wide as their place. */
export interface ScreenModel {
  readonly layout: Layout;
  /** The one sentence and what to do now. */
  readonly verdict: readonly Line[];
  /** From the client to the providers; the panels' names where one is seen at a time. */
  readonly path: readonly Line[];
  readonly body: readonly (readonly PlacedContent[])[];
  /** Lines in place of panels, where the ladder has no room for any. */
  readonly plain: readonly Line[];
  readonly overlay: DrawnOverlay | null;
  readonly footer: Line | null;
  readonly geometry: Geometry;
}

/** Builds the visible model. Pure: the same input gives the same frame. */
export function buildScreen(input: ScreenInput): ScreenModel {
  const { snapshot, view, columns, rows, glyphs } = input;
  const layout = chooseLayout(columns, rows);
  const context: RowContext = {
    glyphs,
    now: Date.parse(snapshot.at),
    problemsOnly: view.problemsOnly,
    cpuHistory: input.cpuHistory,
  };
  const verdict = guarded(() => verdictPart(input, layout, context), 'the verdict', columns, glyphs);
  const path = guarded(() => pathPart(input, layout, context), 'the path', columns, glyphs);
  const height = Math.max(0, rows - verdict.length - path.length - (layout.footer ? 1 : 0));
  const overlay = view.overlay === null ? null : overlayOf(input, context, columns, height);
  const places = overlay === null ? placePanels(layout, height, view.focus, view.zoom) : [];
  const body = places.map((row) => drawRow(row, input, context));
  const geometry = geometryOf(layout, body, overlay);
  return {
    layout,
    verdict,
    path,
    body,
    plain:
      overlay === null && places.length === 0
        ? filled(
            guarded(() => plainLines(snapshot, context, columns), 'the overview', columns, glyphs),
            columns,
            height,
            glyphs,
          )
        : [],
    overlay,
    footer: layout.footer ? footerPart(input, layout, geometry) : null,
    geometry,
  };
}

function verdictPart({ snapshot }: ScreenInput, layout: Layout, context: RowContext): Line[] {
  const { columns, rows } = layout;
  if (layout.kind === 'line') {
    const texts = wrapText(briefText(snapshot), columns, rows, context.glyphs);
    return texts.map((text) => fitTo([span(text)], columns, context.glyphs));
  }
  const lines = verdictLines(snapshot, columns, layout.verdictLines, !layout.path, context);
  // On a low screen the models need the line more: the whole of it stands in the incident's details.
  const room = rows < 30 ? Math.max(1, layout.nextLines + 1 - lines.length) : layout.nextLines;
  return snapshot.verdict.next === '' ? lines : [...lines, ...nextLines(snapshot, columns, room, context)];
}

function pathPart({ snapshot, view }: ScreenInput, layout: Layout, context: RowContext): Line[] {
  const { columns } = layout;
  const path = layout.path ? [pathLine(snapshot, columns, context)] : [];
  return layout.tabs ? [...path, tabsLine(view, columns, context.glyphs)] : path;
}

const TAB_NAMES: Readonly<Record<PanelId, SafeText>> = {
  health: literal('Health'),
  resources: literal('Resources'),
  alerts: literal('Alerts'),
  logs: literal('Logs'),
};

function tabsLine(view: ViewState, columns: number, glyphs: Glyphs): Line {
  const tabs = PANELS.flatMap((id, index): Span[] => {
    const text = safe` ${index + 1} ${TAB_NAMES[id]} `;
    return [span(text, id === view.focus ? 'selected' : 'plain'), spaces(1)];
  });
  return fitTo(tabs, columns, glyphs);
}

function plainLines(snapshot: Snapshot, context: RowContext, columns: number): Line[] {
  const lines: Line[] = countsLines(snapshot, columns - 1, context);
  for (const incident of snapshot.incidents.filter(({ state }) => state !== 'RESOLVED').slice(0, 5)) {
    lines.push(incidentBrief(incident, context));
  }
  lines.push(...snapshot.watchtower.problems.slice(0, 2).map(problemLine));
  return lines.map((line) => [spaces(1), ...line]);
}

function footerPart({ snapshot, view, notices, glyphs }: ScreenInput, { columns }: Layout, geometry: Geometry): Line {
  const build = (): Line =>
    view.typing
      ? filterLine(view.panels[view.focus].filter, geometry.panels[view.focus], columns, glyphs)
      : footerLine(snapshot, view, notices, columns, glyphs);
  const lines = guarded(() => [build()], 'this line', columns, glyphs);
  return lines[0] ?? [];
}

/** One part that cannot be built leaves the others alone, and says so in its place. */
function guarded(build: () => Line[], name: string, columns: number, glyphs: Glyphs): Line[] {
  try {
    return build();
  } catch {
    return [fitTo([span(literal(` ${name} cannot be shown: an internal error; q quits`), 'strong')], columns, glyphs)];
  }
}

function filled(lines: readonly Line[], columns: number, height: number, glyphs: Glyphs): Line[] {
  return Array.from({ length: height }, (_, index) => fitTo(lines[index] ?? [], columns, glyphs));
}

function drawRow(row: BodyRow, input: ScreenInput, context: RowContext): PlacedContent[] {
  return row.map((place) => {
    try {
      const { focus, panels, said } = input.view;
      const focused = place.id === focus;
      const list = panels[place.id];
      const { filter, search, about, order } = list;
      const content = contentOf(place.id, input.snapshot, { ...context, filter, search, about, order });
      const view = { number: PANELS.indexOf(place.id) + 1, focused, list, said: focused ? said : null };
      const panel = drawPanel(content, place, view, input.glyphs);
      return { kind: 'drawn', place, panel };
    } catch (error) {
      return { kind: 'failed', place, error: error instanceof Error ? error : new Error(String(error)) };
    }
  });
}

function contentOf(id: PanelId, snapshot: Snapshot, context: ListContext): PanelContent {
  if (id === 'health') return healthContent(snapshot, context);
  if (id === 'resources') return resourcesContent(snapshot, context);
  const { incidents, watchtower, gateway, host, logs } = snapshot;
  if (id === 'alerts') return alertsContent(incidents, watchtower.problems, context, gateway.live.ageS !== null);
  return logsContent(logs, context, host.cores > 0 || logs.sources.length > 0);
}

function overlayOf(input: ScreenInput, context: RowContext, width: number, height: number): DrawnOverlay | null {
  const { overlay } = input.view;
  if (overlay === null || height < 3) return null;
  const { glyphs, snapshot } = input;
  const page =
    overlay.kind === 'help'
      ? helpPage(snapshot, width - 2, glyphs)
      : detailPage(safeDetail(input, overlay.panel, overlay.id, context), width - 2, glyphs);
  return drawOverlay(page, width, height, overlay.top, glyphs);
}

function safeDetail({ snapshot, curl }: ScreenInput, panel: PanelId, id: string, { now }: RowContext): Detail {
  try {
    return detailOf(snapshot, panel, id, { now, curl });
  } catch {
    return { title: literal('Details'), blocks: [{ label: literal('now'), text: literal('this cannot be shown') }] };
  }
}

const NO_LIST: ListGeometry = {
  ids: [],
  of: 0,
  index: -1,
  top: 0,
  page: 0,
  pinned: 'first',
  order: null,
  is: () => false,
  subject: () => null,
};

function geometryOf(
  { kind }: Layout,
  body: readonly (readonly PlacedContent[])[],
  overlay: DrawnOverlay | null,
): Geometry {
  const panels: Record<PanelId, ListGeometry> = {
    health: NO_LIST,
    resources: NO_LIST,
    alerts: NO_LIST,
    logs: NO_LIST,
  };
  for (const content of body.flat()) {
    if (content.kind === 'drawn') panels[content.place.id] = content.panel;
  }
  return {
    panels,
    overlay: overlay === null ? null : { lines: overlay.count, page: overlay.page },
    bare: kind === 'counts' ? PANELS : kind === 'stack' ? ['resources'] : [],
  };
}

/** Every line of the frame from top to bottom, panels beside each other joined: exactly `rows` of them. */
export function frameLines(screen: ScreenModel, glyphs: Glyphs): Line[] {
  const { verdict, path, body, plain, overlay, footer, layout } = screen;
  const panels = body.flatMap((row) => {
    const columns = row.map((content) =>
      content.kind === 'drawn' ? content.panel.lines : failedLines(content.place, glyphs),
    );
    return Array.from({ length: row[0]?.place.height ?? 0 }, (_, index) =>
      columns.flatMap((lines) => lines[index] ?? []),
    );
  });
  const lines = [
    ...verdict,
    ...path,
    ...(overlay?.lines ?? []),
    ...panels,
    ...plain,
    ...(footer === null ? [] : [footer]),
  ];
  while (lines.length < layout.rows) lines.push([]);
  return lines.slice(0, layout.rows);
}

/** The words in place of a panel that could not be drawn. */
export function failedLines({ width, height, id }: PlacedPanel, glyphs: Glyphs): Line[] {
  const title = safe`${PANELS.indexOf(id) + 1} ${TAB_NAMES[id]}`;
  const texts = [safe` ${title}: this panel failed and is left out; the others go on`];
  const lines = texts.map((text): Line => [span(text, 'strong')]);
  while (lines.length < height) lines.push([]);
  return lines.slice(0, height).map((line) => fitTo(cut(line, width, glyphs), width, glyphs));
}
