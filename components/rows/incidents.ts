import type { SafeText } from '../../src/text/safe-text.ts';
import { literal, safe } from '../../src/text/scrub.ts';
import type { IncidentView, Problem } from '../../src/watch/snapshot.ts';
import { longAgeText, secondsSince } from '../figures.ts';
import type { About } from '../filter.ts';
import { type Line, NOTHING, type Span, soft, span } from '../line.ts';
import type { ListContext, PanelContent, RowContext } from '../panel-content.ts';
import { sift } from '../sift.ts';
import { type Column, fitColumns, headerLine, rowLine } from '../table.ts';

/** A row of panel 3: an incident, or something that the watchtower itself cannot do. */
export type AlertRow = { kind: 'incident'; incident: IncidentView } | { kind: 'problem'; problem: Problem };

/** Panel 3: the incidents as the snapshot orders them, then our own blind spots; `asked`: the gateway was, once. */
export function alertsContent(
  incidents: readonly IncidentView[],
  problems: readonly Problem[],
  context: ListContext,
  asked: boolean,
): PanelContent {
  const { shown: rows, of, is } = sift(alertRows(incidents, problems, context.problemsOnly), context, wordsOf);
  const columns = (width: number): Column<IncidentView>[] => alertColumns(context, width);
  const open = incidents.filter(({ state }) => state !== 'RESOLVED').length;
  return {
    title: literal('Alerts'),
    note: open === 0 ? [] : [span(safe`${open} open`, 'strong'), ...hiddenSpans(incidents, rows)],
    head: () => [],
    header: (width) => (rows.length === 0 ? null : headerLine(fitColumns(columns(width), width), context.glyphs)),
    ids: rows.map(alertId),
    of,
    pinned: 'first',
    order: null,
    is,
    subject: (index) => subjectOf(rows[index]),
    row(index, width) {
      const row = rows[index];
      if (row?.kind === 'problem') return problemLine(row.problem);
      return row === undefined ? [] : rowLine(fitColumns(columns(width), width), row.incident, context.glyphs);
    },
    // Nothing seen is not the same as nothing wrong.
    empty: literal(
      of > 0 ? 'no alert matches the filter (Esc clears it)' : asked ? 'no incident' : 'nothing is known yet',
    ),
  };
}

/** An open incident that the filter leaves out is still open. */
function hiddenSpans(incidents: readonly IncidentView[], rows: readonly AlertRow[]): Line {
  const shown = new Set(rows.map(alertId));
  const hidden = incidents.filter(({ id, state }) => state !== 'RESOLVED' && !shown.has(id)).length;
  return hidden === 0 ? [] : [span(safe`, ${hidden} hidden`, 'strong')];
}

function wordsOf(row: AlertRow): string {
  if (row.kind === 'problem') return `BLIND ${row.problem.code} ${row.problem.text}`;
  const { class: kind, state, target, title, provider, models } = row.incident;
  return [incidentWord(row.incident), state, kind, target, title, provider ?? '', ...models].join('\n');
}

/** The log's events of the same provider, model, or kind. */
function subjectOf(row: AlertRow | undefined): About | null {
  if (row?.kind !== 'incident') return null;
  const { class: kind, scope, target, models } = row.incident;
  if (scope === 'provider') return { kind: 'provider', label: safe`provider ${target}`, provider: target, models };
  if (scope === 'model')
    return { kind: 'model', label: safe`model ${target}`, models: [target, ...models], providers: [] };
  return { kind: 'class', label: safe`class ${literal(kind)}`, class: kind };
}

function alertRows(
  incidents: readonly IncidentView[],
  problems: readonly Problem[],
  problemsOnly: boolean,
): AlertRow[] {
  const shown = problemsOnly ? incidents.filter(({ state }) => state !== 'RESOLVED') : incidents;
  return [
    ...shown.map((incident): AlertRow => ({ kind: 'incident', incident })),
    ...problems.map((problem): AlertRow => ({ kind: 'problem', problem })),
  ];
}

export function alertId(row: AlertRow): string {
  return row.kind === 'incident' ? row.incident.id : `problem ${row.problem.code}`;
}

/** From this width on there is room for the cause in words, not only for its target. */
const TITLE_WIDTH = 86;

/** Our own blind spots in words over the whole width: there is no column that they share with incidents. */
export function problemLine({ code, text }: Problem): Line {
  return [span(literal('! '), 'warn'), span(literal('BLIND '), 'strong'), span(safe`${literal(code)} ${text}`)];
}

function alertColumns({ glyphs, now }: RowContext, panelWidth: number): Column<IncidentView>[] {
  const wide = panelWidth >= TITLE_WIDTH;
  return [
    { title: NOTHING, width: 1, keep: 0, cell: (one) => span(glyphs.incidents[one.state], toneOf(one)) },
    { title: literal('STATE'), width: 10, keep: 0, cell: stateCell },
    { title: literal('CLASS'), width: 14, keep: 0, cell: (one) => span(literal(one.class)) },
    {
      title: literal('WHAT'),
      width: 10,
      grow: true,
      keep: 0,
      cell: ({ target, title }) => span(wide ? title : target),
    },
    { title: literal('MODELS'), width: 8, keep: 3, cell: modelsCell },
    {
      title: literal('AGE'),
      width: 7,
      align: 'right',
      keep: 1,
      cell: ({ since }) => soft(longAgeText(secondsSince(since, now))),
    },
    { title: literal('SEEN'), width: 5, align: 'right', keep: 2, cell: countCell },
  ];
}

function toneOf({ state, severity }: IncidentView): Span['tone'] {
  if (state === 'RESOLVED' || severity === 'info') return 'plain';
  return severity === 'crit' ? 'crit' : 'warn';
}

/** The lifecycle's word; what hides or holds an incident comes before it. */
export function incidentWord({ state, inhibitedBy, flapping }: IncidentView): SafeText {
  if (inhibitedBy !== null && state !== 'RESOLVED') return literal('INHIBITED');
  return literal(flapping ? 'FLAPPING' : state);
}

function stateCell(incident: IncidentView): Span {
  return span(incidentWord(incident), incident.state === 'FIRING' ? 'strong' : 'plain');
}

function modelsCell({ models }: IncidentView): Span {
  if (models.length === 0) return span(NOTHING);
  return span(models.length === 1 ? literal('1 model') : safe`${models.length} models`);
}

function countCell({ count }: IncidentView): Span {
  return count < 2 ? span(NOTHING) : soft(safe`x${count}`);
}

/** The worst incidents in few words, for layouts without panels. */
export function incidentBrief(incident: IncidentView, { glyphs, now }: RowContext): Line {
  return [
    span(glyphs.incidents[incident.state], toneOf(incident)),
    span(safe` ${literal(incident.class)}`, 'strong'),
    span(safe` ${incident.target} `),
    ...(incident.models.length > 1 ? [span(safe`${incident.models.length} models `)] : []),
    soft(longAgeText(secondsSince(incident.since, now))),
  ];
}
