import type { SafeText } from '../../src/text/safe-text.ts';
import { literal, safe } from '../../src/text/scrub.ts';
import type { LogEventView, LogSourceView, LogsView } from '../../src/watch/logs-view.ts';
import { agoText, bytesText, countText, momentText } from '../figures.ts';
import { concerns } from '../filter.ts';
import { cut, fitTo, type Line, lineWidth, type Span, soft, span, spread, tailOf } from '../line.ts';
import type { Landmark, ListContext, PanelContent, RowContext } from '../panel-content.ts';
import { sift } from '../sift.ts';

/**
 * Panel 4: where the log is and how far it was read, then its events as in a log, the newest at the bottom. `looked`: for a
 * log, once. An event that is seen again moves to the bottom; while one reads further up, every row keeps its place.
 */
export function logsContent(logs: LogsView, context: ListContext, looked: boolean): PanelContent {
  const { events } = logs;
  const placed = context.order === null ? null : inOrder(events, context.order);
  const wanted = (placed?.events ?? events).filter((event) => isWanted(event, context));
  const { shown, of, is } = sift(wanted, context, wordsOf);
  return {
    title: literal('Log events'),
    note: noteLine(logs, placed === null ? null : shown.filter((event) => placed.fresh.has(event)).length),
    head: (width, height) => headLines(logs, width, height, context),
    header: () => null,
    ids: shown.map(idOf),
    of,
    pinned: 'last',
    order: context.order === null ? events.map(idOf) : context.order,
    is: (index, landmark) => (landmark === 'match' ? is(index, landmark) : isLevel(shown[index], landmark)),
    subject: () => null,
    row(index, width) {
      const event = shown[index];
      return event === undefined ? [] : eventLine(event, width, context);
    },
    empty: emptyText(logs, context, of, looked),
  };
}

function idOf({ id }: LogEventView): string {
  return String(id);
}

/** The events in the order in which they stood, and after them those that have come since. */
function inOrder(
  events: readonly LogEventView[],
  order: readonly string[],
): { events: LogEventView[]; fresh: ReadonlySet<LogEventView> } {
  const byId = new Map(events.map((event) => [idOf(event), event]));
  const stood = order.flatMap((id) => byId.get(id) ?? []);
  for (const id of order) byId.delete(id);
  const fresh = [...byId.values()];
  return { events: [...stood, ...fresh], fresh: new Set(fresh) };
}

function isWanted(event: LogEventView, { problemsOnly, about }: ListContext): boolean {
  return (!problemsOnly || event.class !== null || isError(event)) && (about === null || concerns(about, event));
}

function isError({ level }: LogEventView): boolean {
  return level === 'ERROR' || level === 'CRITICAL';
}

function isLevel(event: LogEventView | undefined, landmark: Landmark): boolean {
  return event !== undefined && (landmark === 'error' ? isError(event) : event.level === 'WARNING');
}

/** What a filter looks at: the row as it stands, and the record behind it. */
function wordsOf({ level, class: kind, model, provider, text, record, old }: LogEventView): string {
  return [level, kind ?? '', model ?? '', provider ?? '', old ? OLD : '', text, record].join('\n');
}

const OLD = 'old';

/** Whether the newest is followed, how many came meanwhile, and what is no longer kept. */
function noteLine({ events, dropped }: LogsView, fresh: number | null): Line {
  const lost = dropped === 0 ? [] : [span(safe`, oldest ${countText(dropped)} dropped`)];
  if (fresh !== null) {
    const came = fresh === 0 ? span(literal('paused')) : span(safe`+${countText(fresh)} new`, 'strong');
    return [came, span(literal(', G follows')), ...lost];
  }
  return events.length === 0 ? [] : [span(literal('following')), ...lost];
}

function emptyText({ sources, events }: LogsView, context: ListContext, of: number, looked: boolean): SafeText {
  if (!looked) return literal('looking');
  if (of > 0) return literal('no event matches the filter (Esc clears it)');
  if (context.about !== null) return safe`no event of ${context.about.label} (Esc shows all)`;
  if (events.length > 0) return safe`no event has a problem (${events.length} hidden, x shows them)`;
  const reading = sources.filter(({ state }) => state === 'FOLLOWING' || state === 'SILENT');
  if (reading.length === 0) return literal('no log is read: --log-file names one');
  const came = reading.some(({ lines }) => lines > 0);
  return literal(came ? 'no error or warning in what was read' : 'no line yet');
}

/** The sources, as many as there is room for, and a log that is silent though it should not be. */
function headLines({ sources, logSilence }: LogsView, width: number, height: number, { glyphs }: RowContext): Line[] {
  const room = height >= 8 ? 2 : 1;
  const more = sources.length - room;
  return sources.slice(0, room).map((source, index) => {
    const silent = index === 0 && logSilence.state === 'SILENT' ? [span(literal('SILENT '), 'warn')] : [];
    const others = more > 0 && index === room - 1 ? [span(safe`, ${more} more`)] : [];
    const facts = [...silent, span(safe`${literal(source.kind)} `), ...sourceFacts(source), ...others];
    const [before, after] = [facts.slice(0, silent.length + 1), facts.slice(silent.length + 1)];
    const path = tailOf(source.path, Math.max(MIN_PATH, width - lineWidth(facts) - 1), glyphs);
    return cut([...before, span(safe`${path} `), ...after], width, glyphs);
  });
}

/** A path keeps so many columns of its end before what follows it is cut. */
const MIN_PATH = 12;

/** Silence is a state of its own: a source that says nothing is not a source that is fine. */
function sourceFacts({ state, why, lastLineAgeS, behindBytes, rotations, gaps }: LogSourceView): Line {
  const line: Span[] = [span(literal(state.toLowerCase()), toneOf(state))];
  if (lastLineAgeS !== null) line.push(span(literal(', last line ')), soft(agoText(lastLineAgeS)));
  if (behindBytes > 0) line.push(span(literal(', ')), soft(safe`${bytesText(behindBytes)} behind`));
  if (rotations > 0)
    line.push(span(literal(', ')), soft(safe`rotated ${rotations === 1 ? literal('once') : safe`${rotations} times`}`));
  if (gaps > 0) line.push(span(literal(gaps === 1 ? ', 1 gap' : `, ${gaps} gaps`), 'strong'));
  if (why !== null) line.push(span(safe`: ${why}`));
  return line;
}

function toneOf(state: LogSourceView['state']): Span['tone'] {
  return state === 'UNREADABLE' || state === 'MISSING' ? 'warn' : 'plain';
}

/** Narrower, the words of the failure need the room. */
const SUBJECT_WIDTH = 60;
const LEVELS: Readonly<Record<string, string>> = { WARNING: 'WARN', CRITICAL: 'CRIT' };

function levelText(level: string): SafeText {
  return literal(LEVELS[level] ?? level);
}

function eventLine(event: LogEventView, width: number, context: RowContext): Line {
  const level = fitTo([span(levelText(event.level), isError(event) ? 'crit' : 'plain')], 5, context.glyphs);
  const old = event.old ? [span(literal(`${OLD} `))] : [];
  const kind = event.class === null ? [] : [span(safe`${literal(event.class)} `, 'strong')];
  const count = event.count > 1 ? [soft(safe`x${event.count}`)] : [];
  const whose = event.model ?? event.provider;
  const subject = whose === null || width < SUBJECT_WIDTH ? [] : [span(safe`${whose}: `)];
  const time = span(safe`${momentText(Date.parse(event.at), context.now)} `);
  const head: Line = [time, ...level, span(literal(' ')), ...old, ...kind, ...subject, span(event.text)];
  return count.length === 0 ? head : spread(head, count, width, context.glyphs);
}
