import type { SafeText } from '../src/text/safe-text.ts';
import { literal, safe } from '../src/text/scrub.ts';
import type { Snapshot } from '../src/watch/snapshot.ts';
import type { Block, Detail } from './details.ts';
import { bytesText, cpuText, usdText } from './figures.ts';
import type { Glyphs } from './glyphs.ts';
import { KEYS, TYPING_KEYS } from './keys.ts';
import { cut, fitTo, type Line, lineWidth, NOTHING, spaces, span } from './line.ts';
import { wrapText } from './wrap.ts';

/** Columns of the labels at the left. */
const LABEL = 11;
const HELP_LABEL = 14;
/** Wrapped lines of one paragraph, and characters of one record, that can be scrolled through: the log keeps no longer ones. */
const MAX_LINES = 200;
const MAX_RECORD_CHARS = 65_536;

/** A scrollable page over the panels. */
export interface DrawnOverlay {
  readonly lines: readonly Line[];
  /** First line shown. */
  readonly top: number;
  /** Lines in all, and lines that fit. */
  readonly count: number;
  readonly page: number;
}

export interface Page {
  readonly title: SafeText;
  readonly lines: readonly Line[];
}

/** A detail as lines of at most `width` columns. */
export function detailPage(detail: Detail, width: number, glyphs: Glyphs): Page {
  return { title: detail.title, lines: detail.blocks.flatMap((block) => blockLines(block, width, glyphs)) };
}

function blockLines({ label, text, tone, form }: Block, width: number, glyphs: Glyphs): Line[] {
  if (form === 'command') {
    return [[span(label)], ...recordLines(text, width, glyphs).map((line): Line => [span(line)])];
  }
  const room = Math.max(8, width - LABEL);
  const parts = form === 'record' ? recordLines(text, room, glyphs) : wrapText(flat(text), room, MAX_LINES, glyphs);
  return (parts.length === 0 ? [NOTHING] : parts).map(
    (part, index): Line => [
      ...fitTo([span(index === 0 ? label : NOTHING)], LABEL, glyphs),
      span(part, tone ?? 'plain'),
    ],
  );
}

function flat(text: SafeText): SafeText {
  return literal(text.replaceAll(/[\n\t]+/g, ' '));
}

/** The last record that was broken into lines: while it is open, each frame would do so again. */
let broken: { text: SafeText; width: number; lines: SafeText[] } | null = null;

/** One line of a record; what it breaks into stands as far to the right as it did, as in a traceback. */
function indented(line: string, width: number, glyphs: Glyphs): SafeText[] {
  const text = line.trimStart();
  const indent = literal(' '.repeat(Math.min(line.length - text.length, Math.floor(width / 2))));
  return wrapText(literal(text), width - indent.length, MAX_LINES, glyphs).map((part) => safe`${indent}${part}`);
}

function recordLines(text: SafeText, width: number, glyphs: Glyphs): SafeText[] {
  if (broken?.text === text && broken.width === width) return broken.lines;
  const head = text.slice(0, MAX_RECORD_CHARS);
  const all = head
    .replaceAll('\t', '    ')
    .split('\n')
    .flatMap((line) => indented(line, width, glyphs));
  const lines = head.length < text.length ? [...all, safe`(${text.length - head.length} characters more)`] : all;
  broken = { text, width, lines };
  return lines;
}

/** The keys, from the one table, what the screen's words mean, and what the probes have cost. */
export function helpPage(snapshot: Snapshot, width: number, glyphs: Glyphs): Page {
  const { version, pid, cpuPct, rssBytes } = snapshot.watchtower;
  const keys = [...KEYS, ...TYPING_KEYS].flatMap(({ label, help }) =>
    entry(literal(label), literal(help), width, glyphs),
  );
  const words = WORDS.flatMap(([word, meaning]) => entry(literal(word), literal(meaning), width, glyphs));
  const self = safe`watchtower ${literal(version)}, pid ${pid}, cpu ${cpuText(cpuPct)}, memory ${bytesText(rssBytes)}`;
  const wallet = walletText(snapshot.wallet).flatMap((text) => entry(literal('wallet'), text, width, glyphs));
  return {
    title: literal('Help'),
    lines: [...keys, [], ...words, [], ...wallet, ...entry(literal('self'), self, width, glyphs)],
  };
}

function walletText(wallet: Snapshot['wallet']): SafeText[] {
  const { day, calls, capCalls, estimatedUsd, capUsd, paidProbes, refused, lastRefusal } = wallet;
  const { unpriced, repeated, backgroundUsdPerDay, remembered } = wallet;
  const texts = [
    paidProbes
      ? safe`${literal(day)} UTC: ${calls} of ${capCalls} calls, about ${usdText(estimatedUsd)} of ${usdText(capUsd)} USD`
      : literal('no paid probes: nothing is spent'),
  ];
  if (refused > 0) texts.push(safe`${refused} refused${lastRefusal === null ? NOTHING : safe`, last: ${lastRefusal}`}`);
  if (unpriced) texts.push(safe`${unpriced} deployments without a known price are estimated high`);
  if (repeated) texts.push(safe`${repeated} deployments that LiteLLM itself asks up to three times are estimated so`);
  if (backgroundUsdPerDay !== null) {
    texts.push(safe`the gateway's own background checks cost about ${usdText(backgroundUsdPerDay)} USD a day`);
  }
  if (!remembered) texts.push(literal('a restart forgets what was spent today (--no-state)'));
  return texts;
}

const WORDS: readonly [string, string][] = [
  ['DOWN', 'no deployment of the model works for callers'],
  ['DEGRADED', 'some deployments work, some do not'],
  ['COOLING', 'the gateway rests it after failures'],
  ['ARTEFACT', 'only the health probe fails; callers may be fine'],
  ['UNKNOWN', 'nothing is known: not the same as fine'],
  ['PENDING', 'seen, not yet often enough to be sure'],
  ['RECOVERING', 'good again, not yet often enough to be sure'],
  ['BLIND', 'something that the watchtower itself cannot see'],
];

function entry(label: SafeText, text: SafeText, width: number, glyphs: Glyphs): Line[] {
  return wrapText(text, Math.max(8, width - HELP_LABEL), 4, glyphs).map(
    (part, index): Line => [...fitTo([span(index === 0 ? label : NOTHING, 'key')], HELP_LABEL, glyphs), span(part)],
  );
}

/**
 * Draws a page into exactly `width` by `height`, from line `top` on: a rule above and below and nothing at the sides,
 * so that what is marked with the mouse holds no border.
 */
export function drawOverlay(page: Page, width: number, height: number, top: number, glyphs: Glyphs): DrawnOverlay {
  const room = Math.max(0, height - 2);
  const count = page.lines.length;
  const first = Math.min(Math.max(0, count - room), Math.max(0, top));
  const range = count > room ? safe` ${first + 1}-${Math.min(count, first + room)} of ${count} ` : NOTHING;
  const body = Array.from({ length: room }, (_, index) =>
    fitTo([spaces(1), ...(page.lines[first + index] ?? [])], width, glyphs),
  );
  const lines = [rule(safe` ${page.title} `, width, glyphs), ...body, rule(range, width, glyphs)];
  return { lines: lines.slice(0, height), top: first, count, page: room };
}

function rule(text: SafeText, width: number, glyphs: Glyphs): Line {
  const dash = glyphs.heavy.horizontal;
  const title = cut([span(dash, 'frame'), span(text, 'strong')], width, glyphs);
  return [...title, span(literal(dash.repeat(Math.max(0, width - lineWidth(title)))), 'frame')];
}
