import type { SafeText } from '../src/text/safe-text.ts';
import { literal, safe } from '../src/text/scrub.ts';
import type { Snapshot } from '../src/watch/snapshot.ts';
import { bytesText, cpuText, usdText } from './figures.ts';
import type { Glyphs } from './glyphs.ts';
import { KEYS, type KeyBinding, TYPING_KEYS } from './keys.ts';
import { fitTo, type Line, lineWidth, type Span, soft, spaces, span, spread, tailOf } from './line.ts';
import type { ListGeometry, ViewState } from './view-state.ts';

/** The last line: what is going on, the keys (fewer where the room shrinks), what the probes cost, what we cost. */
export function footerLine(
  snapshot: Snapshot,
  view: ViewState,
  notices: readonly SafeText[],
  width: number,
  glyphs: Glyphs,
): Line {
  const chips = chipSpans(view, notices);
  const costs = costSpans(snapshot, width);
  const room = width - lineWidth(chips) - lineWidth(costs) - 2;
  const keys = KEYS.filter(({ hint }) => hint?.panel === undefined || hint.panel === view.focus);
  return spread([spaces(1), ...chips, ...hintSpans(keys, room)], costs, width, glyphs);
}

/** The last line while a filter is typed: its text, whose end is always seen, how much matches, and the keys for it. */
export function filterLine(filter: SafeText, { ids, of }: ListGeometry, width: number, glyphs: Glyphs): Line {
  const count = of === 0 ? [] : [span(safe`${ids.length} of ${of}`, 'strong')];
  const room = Math.max(1, width - lineWidth(count) - 5);
  const typed = [span(literal('/'), 'key'), span(tailOf(filter, room, glyphs)), span(literal(' '), 'selected')];
  const left = [spaces(1), ...typed, spaces(2), ...count];
  const hints = hintSpans(TYPING_KEYS, width - lineWidth(left) - 3);
  return fitTo([...left, spaces(2), ...hints], width, glyphs);
}

function chipSpans(view: ViewState, notices: readonly SafeText[]): Span[] {
  const chips = [...notices];
  if (view.problemsOnly) chips.push(literal('problems only'));
  if (view.zoom) chips.push(literal('zoom'));
  return chips.flatMap((chip) => [span(safe`[${chip}]`, 'strong'), spaces(2)]);
}

function hintSpans(keys: readonly KeyBinding[], room: number): Span[] {
  const hints = keys
    .filter((binding) => binding.hint !== undefined)
    .sort((one, other) => (one.hint?.rank ?? 0) - (other.hint?.rank ?? 0));
  const spans: Span[] = [];
  let used = 0;
  for (const { label, hint } of hints) {
    const key = label.split(' ')[0] ?? label;
    const width = key.length + 1 + (hint?.word.length ?? 0) + 2;
    if (used + width > room) break;
    spans.push(span(literal(key), 'key'), span(safe` ${literal(hint?.word ?? '')}`), spaces(2));
    used += width;
  }
  return spans;
}

/** What the probes may cost is always in sight. */
function costSpans({ wallet, watchtower }: Snapshot, width: number): Line {
  const { paidProbes, estimatedUsd, capUsd, refused, backgroundUsdPerDay } = wallet;
  const no = refused > 0 ? [span(safe`, ${refused} refused`, 'strong')] : [];
  if (width < 100) {
    return [span(paidProbes ? safe`${usdText(estimatedUsd)}/${usdText(capUsd)} USD` : literal('0 USD')), ...no];
  }
  const spent = paidProbes
    ? safe`probes ${usdText(estimatedUsd)} of ${usdText(capUsd)} USD`
    : literal('no paid probes');
  const own =
    width < 140 || backgroundUsdPerDay === null
      ? []
      : [span(safe`, the gateway's own checks ${usdText(backgroundUsdPerDay)} a day`)];
  const { cpuPct, rssBytes } = watchtower;
  const self = rssBytes === 0 ? [] : [spaces(2), soft(safe`self ${cpuText(cpuPct)} ${bytesText(rssBytes)}`)];
  return [span(spent), ...no, ...own, ...self];
}
