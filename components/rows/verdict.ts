import type { SafeText } from '../../src/text/safe-text.ts';
import { literal, safe } from '../../src/text/scrub.ts';
import type { Hop, Snapshot, VerdictState } from '../../src/watch/snapshot.ts';
import { clockText, sinceText } from '../figures.ts';
import { fitTo, flow, type Line, lineWidth, type Span, soft, spaces, span, spread, type Tone } from '../line.ts';
import type { RowContext } from '../panel-content.ts';
import { wrapText } from '../wrap.ts';

const BADGE_TONES: Readonly<Record<VerdictState, Tone>> = {
  OK: 'strong',
  WARN: 'warnBadge',
  CRIT: 'critBadge',
  UNKNOWN: 'strong',
};

/** The simulated gateway is never taken for a real one. */
function demoSpans({ demo }: Snapshot): Span[] {
  return demo ? [span(literal(' demo '), 'warnBadge'), spaces(1)] : [];
}

/** The one sentence, on at most `maxLines`, with the time of what is shown at its right; `named`: no path line follows. */
export function verdictLines(
  snapshot: Snapshot,
  width: number,
  maxLines: number,
  named: boolean,
  context: RowContext,
): Line[] {
  const { verdict } = snapshot;
  const badge = [...(named ? demoSpans(snapshot) : []), ...badgeOf(verdict.state, context)];
  const indent = lineWidth(badge) + 1;
  const clock = width >= 60 ? [soft(clockText(context.now))] : [];
  const clockWidth = clock.length === 0 ? 0 : lineWidth(clock) + 2;
  const room = Math.max(8, width - indent - clockWidth);
  const dated = safe`${verdict.summary}${sincePart(snapshot, context)}`;
  const fits = wrapText(dated, room, maxLines + 1, context.glyphs).length <= maxLines;
  const texts = wrapText(fits ? dated : verdict.summary, room, maxLines, context.glyphs);
  const tone: Tone = verdict.state === 'OK' ? 'plain' : 'strong';
  return texts.map((text, index) =>
    index === 0
      ? spread([...badge, spaces(1), span(text, tone)], clock, width, context.glyphs)
      : fitTo([spaces(indent), span(text, tone)], width, context.glyphs),
  );
}

/** `, since 14:02`: a time stands still where an age would move the line; the alert's row tells that. */
function sincePart({ verdict }: Snapshot, { now }: RowContext): SafeText {
  const ms = verdict.since === null ? Number.NaN : Date.parse(verdict.since);
  return Number.isNaN(ms) ? literal('') : safe`, since ${sinceText(ms, now)}`;
}

function badgeOf(state: VerdictState, { glyphs }: RowContext): Line {
  return [span(safe` ${glyphs.verdicts[state]} ${literal(state)} `, BADGE_TONES[state])];
}

/** What to do now, on at most `maxLines`. */
export function nextLines(snapshot: Snapshot, width: number, maxLines: number, context: RowContext): Line[] {
  const { glyphs } = context;
  return wrapText(snapshot.verdict.next, Math.max(8, width - 4), maxLines, glyphs).map((text, index) =>
    fitTo([spaces(1), index === 0 ? span(glyphs.arrow, 'strong') : spaces(1), spaces(1), span(text)], width, glyphs),
  );
}

/** `client - gateway ok - database ok - X openrouter down - anthropic ok`, and which gateway this is. */
export function pathLine(snapshot: Snapshot, width: number, context: RowContext): Line {
  const demo = demoSpans(snapshot);
  const name = [...demo, span(snapshot.gateway.name)];
  const room = width - lineWidth(name) - 2;
  const { path } = snapshot;
  const forms = [path, foldProviders(path), path.filter((hop) => !isFineProvider(hop)), path.filter(isFailing)];
  const lines = forms.map((form) => hopSpans(form, context));
  const hops = lines.find((line) => lineWidth(line) <= room) ?? lines.at(-1) ?? [];
  return spread([spaces(1), ...hops], name, width, context.glyphs);
}

const PROVIDER = 'provider:';

function isFailing({ state }: Hop): boolean {
  return state === 'DOWN' || state === 'DEGRADED';
}

function isFineProvider({ hop, state }: Hop): boolean {
  return hop.startsWith(PROVIDER) && state === 'OK';
}

/** Providers that are fine as one hop, `3 providers ok`: on a narrow line the failing ones must stay. */
function foldProviders(path: readonly Hop[]): Hop[] {
  const fine = path.filter(isFineProvider).length;
  const rest = path.filter((hop) => !isFineProvider(hop) && hop.state !== 'NONE');
  return fine < 2 ? rest : [...rest, { hop: safe`${fine} providers`, state: 'OK', why: null }];
}

function hopSpans(path: readonly Hop[], { glyphs }: RowContext): Span[] {
  const parts: Span[] = [span(literal('client'))];
  for (const { hop, state } of path) {
    parts.push(span(safe` ${glyphs.hop} `, 'frame'));
    const failing = state === 'DOWN' || state === 'DEGRADED';
    if (failing) parts.push(span(safe`${glyphs.models[state]} `, state === 'DOWN' ? 'crit' : 'warn'));
    parts.push(span(safe`${hopName(hop)} ${literal(state.toLowerCase())}`, failing ? 'strong' : 'plain'));
  }
  return parts;
}

function hopName(hop: SafeText): SafeText {
  return literal(hop.startsWith(PROVIDER) ? hop.slice(PROVIDER.length) : hop);
}

/** Everything in one line: `CRIT 3/11 down - OpenRouter account is out of credit`. */
export function briefText(snapshot: Snapshot): SafeText {
  const { verdict, models } = snapshot;
  const up = models.filter(({ state }) => state === 'OK' || state === 'DEGRADED').length;
  const counts = models.length === 0 ? literal('') : safe` ${up}/${models.length} up`;
  const demo = literal(snapshot.demo ? 'demo ' : '');
  return safe`${demo}${literal(verdict.state)}${counts} - ${verdict.summary}`;
}

/** How many models are in which state, the bad ones first. */
export function countsLines(snapshot: Snapshot, width: number, context: RowContext): Line[] {
  const order = ['DOWN', 'DEGRADED', 'COOLING', 'UNKNOWN', 'PROBE_ARTEFACT', 'OK', 'OFF'] as const;
  const chips: Line[] = [[span(safe`${snapshot.models.length} models`, 'strong')]];
  for (const state of order) {
    const count = snapshot.models.filter((model) => model.state === state).length;
    if (count === 0) continue;
    const mark = context.glyphs.models[state];
    const tone: Tone = state === 'DOWN' ? 'crit' : state === 'DEGRADED' ? 'warn' : 'plain';
    chips.push([span(literal(mark === ' ' ? '' : `${mark} `), tone), span(safe`${count} ${word(state)}`)]);
  }
  return flow(chips, width, 2, context.glyphs);
}

function word(state: string): SafeText {
  return literal(state === 'PROBE_ARTEFACT' ? 'artefact' : state.toLowerCase());
}
