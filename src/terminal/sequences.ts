import type { Capabilities } from './capabilities.ts';

const ESC = '\u001b';
const CSI = `${ESC}[`;

/** Begin and end of a synchronised update (DEC private mode 2026): the terminal paints what lies between at once. */
export const BEGIN_UPDATE = `${CSI}?2026h`;
export const END_UPDATE = `${CSI}?2026l`;
export const RESET_STYLE = `${CSI}m`;
export const ERASE_LINE_END = `${CSI}K`;
const ERASE_BELOW = `${CSI}J`;

/** Moves the cursor; row and column count from 0. */
export function moveTo(row: number, column: number): string {
  return column === 0 ? (row === 0 ? `${CSI}H` : `${CSI}${row + 1}H`) : `${CSI}${row + 1};${column + 1}H`;
}

/**
 * Takes the screen: alternate screen, no cursor, no automatic wrap (so a glyph that the terminal finds wider than we
 * did can never break the layout), pasted text marked as such.
 */
export function enterSequence({ modern, alternateScreen }: Capabilities): string {
  const paste = modern ? `${CSI}?2004h` : '';
  const screen = alternateScreen ? `${CSI}?1049h` : '';
  return `${screen}${CSI}?25l${CSI}?7l${RESET_STYLE}${CSI}H${ERASE_BELOW}${paste}`;
}

/**
 * Undoes everything that we, a library or a crash may have switched on. It begins with CAN, which ends an escape
 * sequence that was cut in the middle. Without an alternate screen the shell goes on below the last frame.
 */
export function leaveSequence({ modern, alternateScreen }: Capabilities, rows: number): string {
  const mouse = `${CSI}?1000l${CSI}?1002l${CSI}?1003l${CSI}?1006l`;
  const extras = modern ? `${END_UPDATE}${mouse}${CSI}?2004l${CSI}<u` : '';
  const screen = alternateScreen ? `${CSI}?1049l` : `${moveTo(Math.max(0, rows - 1), 0)}\r\n`;
  return `\u0018${extras}${RESET_STYLE}${CSI}?7h${screen}${CSI}?25h`;
}
