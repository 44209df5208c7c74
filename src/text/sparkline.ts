import type { SafeText } from './safe-text.ts';
import { literal } from './scrub.ts';

export type Ladder = 'braille' | 'blocks' | 'ascii';

const BLOCKS = '▁▂▃▄▅▆▇█';
const ASCII = '_.-=+*#';
/** Dots of a braille cell from the bottom up: left column, right column. */
const LEFT = [0x40, 0x04, 0x02, 0x01];
const RIGHT = [0x80, 0x20, 0x10, 0x08];

/**
 * The newest values as a small graph, `cells` wide, filled with spaces on the left. Scaled from 0 to the largest value
 * (or `max`); what is not known (null) is a space.
 */
export function sparkline(values: readonly (number | null)[], cells: number, ladder: Ladder, max?: number): SafeText {
  const perCell = ladder === 'braille' ? 2 : 1;
  const shown = values.slice(-cells * perCell);
  const top = Math.max(max ?? 0, ...shown.map((value) => value ?? 0), Number.MIN_VALUE);
  const ratios = shown.map((value) =>
    value === null || Number.isNaN(value) ? null : Math.min(1, Math.max(0, value / top)),
  );
  const padded = [...Array<null>(Math.max(0, cells * perCell - ratios.length)).fill(null), ...ratios];
  if (ladder === 'braille') return literal(pairs(padded));
  const steps = ladder === 'blocks' ? BLOCKS : ASCII;
  return literal(
    padded
      .map((ratio) => (ratio === null ? ' ' : steps[Math.min(steps.length - 1, Math.floor(ratio * steps.length))]))
      .join(''),
  );
}

function pairs(ratios: readonly (number | null)[]): string {
  let out = '';
  for (let index = 0; index < ratios.length; index += 2) {
    const dots = column(ratios[index] ?? null, LEFT) | column(ratios[index + 1] ?? null, RIGHT);
    out += dots === 0 ? ' ' : String.fromCodePoint(0x2800 + dots);
  }
  return out;
}

/** A column filled from the bottom; a known 0 keeps its lowest dot, so that it differs from no data. */
function column(ratio: number | null, dots: readonly number[]): number {
  if (ratio === null) return 0;
  const height = Math.max(1, Math.round(ratio * dots.length));
  return dots.slice(0, height).reduce((all, dot) => all | dot, 0);
}
