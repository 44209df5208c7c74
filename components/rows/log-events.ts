import type { SafeText } from '../../src/text/safe-text.ts';
import { literal, safe } from '../../src/text/scrub.ts';
import type { LogEventView, LogSourceView, Snapshot } from '../../src/watch/snapshot.ts';
import { agoText, bytesText, clockText } from '../figures.ts';
import { cut, fitTo, type Line, type Span, soft, span, spread } from '../line.ts';
import type { PanelContent, RowContext } from '../panel-content.ts';

/** Panel 4: where the log is and how far it was read, then its events, newest first; `looked`: for a log, once. */
export function logsContent({ sources, events }: Snapshot['logs'], context: RowContext, looked: boolean): PanelContent {
  const shown = newestFirst(context.problemsOnly ? events.filter(isProblem) : events);
  return {
    title: literal('Log events'),
    note: [],
    head: (width, height) =>
      sources.slice(0, height >= 8 ? 2 : 1).map((source) => cut(sourceLine(source), width, context.glyphs)),
    header: () => null,
    ids: shown.map(({ id }) => String(id)),
    row(index, width) {
      const event = shown[index];
      return event === undefined ? [] : eventLine(event, width, context);
    },
    empty: looked ? emptyText(sources) : literal('looking'),
  };
}

function isProblem({ class: kind, level }: LogEventView): boolean {
  return kind !== null || level === 'ERROR' || level === 'CRITICAL';
}

function newestFirst(events: readonly LogEventView[]): LogEventView[] {
  return [...events].sort((one, other) => other.id - one.id);
}

function emptyText(sources: readonly LogSourceView[]): SafeText {
  const reading = sources.some(({ state }) => state === 'FOLLOWING' || state === 'SILENT');
  return reading ? literal('no error or warning in what was read') : literal('no log is read: --log-file names one');
}

/** Silence is a state of its own: a source that says nothing is not a source that is fine. */
function sourceLine({ kind, path, state, why, lastLineAgeS, behindBytes, rotations, gaps }: LogSourceView): Line {
  const line: Span[] = [span(safe`${literal(kind)} ${path} `), span(literal(state.toLowerCase()), toneOf(state))];
  if (why !== null) line.push(span(safe`: ${why}`));
  if (lastLineAgeS !== null) line.push(span(literal(', last line ')), soft(agoText(lastLineAgeS)));
  if (behindBytes > 0) line.push(span(literal(', ')), soft(safe`${bytesText(behindBytes)} behind`));
  if (rotations > 0)
    line.push(span(literal(', ')), soft(safe`rotated ${rotations === 1 ? literal('once') : safe`${rotations} times`}`));
  if (gaps > 0) line.push(span(literal(gaps === 1 ? ', 1 gap' : `, ${gaps} gaps`), 'strong'));
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
  const bad = event.level === 'ERROR' || event.level === 'CRITICAL';
  const time = span(safe`${clockText(Date.parse(event.at))} `);
  const level = fitTo([span(levelText(event.level), bad ? 'crit' : 'plain')], 5, context.glyphs);
  const kind = event.class === null ? [] : [span(safe`${literal(event.class)} `, 'strong')];
  const count = event.count > 1 ? [soft(safe`x${event.count}`)] : [];
  const whose = event.model ?? event.provider;
  const subject = whose === null || width < SUBJECT_WIDTH ? [] : [span(safe`${whose}: `)];
  const head: Line = [time, ...level, span(literal(' ')), ...kind, ...subject, span(event.text)];
  return count.length === 0 ? head : spread(head, count, width, context.glyphs);
}
