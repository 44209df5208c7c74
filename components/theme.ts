import type { Line, Tone } from './line.ts';

/** How a piece of text looks: only the terminal's own 16 colours, never a background for text that is read. */
export interface Look {
  readonly color?: 'red' | 'yellow';
  readonly bold?: true;
  readonly inverse?: true;
  readonly dim?: true;
}

const PLAIN: Look = {};

// Words keep the terminal's own colour: red and yellow mark them, and where there is no colour, weight does.
const LOOKS: Readonly<Record<Tone, Look>> = {
  plain: PLAIN,
  strong: { bold: true },
  frame: { dim: true },
  crit: { color: 'red', bold: true },
  warn: { color: 'yellow', bold: true },
  critBadge: { color: 'red', bold: true, inverse: true },
  warnBadge: { bold: true, inverse: true },
  key: { bold: true },
  selected: { inverse: true },
};

/** The look of a tone; without colour, weight and reverse video stay. */
export function lookOf(tone: Tone, color: boolean): Look {
  const look = LOOKS[tone];
  if (color || look.color === undefined) return look;
  const { color: _, ...rest } = look;
  return rest;
}

const ESC = '\u001b[';

/** A line as text with SGR sequences: what is painted before React is there. */
export function paint(line: Line, color: boolean): string {
  return line
    .map(({ text, tone }) => {
      const codes = sgrOf(lookOf(tone, color));
      return codes === '' ? text : `${ESC}${codes}m${text}${ESC}0m`;
    })
    .join('');
}

function sgrOf({ color, bold, inverse, dim }: Look): string {
  const codes: number[] = [];
  if (bold) codes.push(1);
  if (dim) codes.push(2);
  if (inverse) codes.push(7);
  if (color !== undefined) codes.push(color === 'red' ? 31 : 33);
  return codes.join(';');
}
