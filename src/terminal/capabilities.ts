/** What the terminal in front of us can show. */
export interface Capabilities {
  /** False where a full screen makes no sense: no terminal, or `TERM=dumb`. */
  fullScreen: boolean;
  /** Hue allowed; weight and reverse video are used either way. Only the terminal's own 16 colours are ever named. */
  color: boolean;
  /** Box drawing and shapes outside ASCII. */
  unicode: boolean;
  /** Private modes that terminals of today know: synchronised update, bracketed paste, kitty keyboard. */
  modern: boolean;
  /** A second screen that is left without a trace. The Linux console and real VT terminals have none. */
  alternateScreen: boolean;
}

export interface TerminalRequest {
  env: Readonly<Record<string, string | undefined>>;
  /** Both standard input and standard output are terminals. */
  isTerminal: boolean;
  color: 'always' | 'never' | 'auto';
  ascii: boolean;
}

const OLD_TERMINALS = /^(?:linux|console|cons25|sun|vt\d|ansi)/;
const MONOCHROME_TERMINALS = /^(?:vt\d|.*-m(?:ono)?$)/;

/**
 * Decides once what may be written. Colour: `--color`, then `NO_COLOR` (non-empty), then `FORCE_COLOR` or
 * `CLICOLOR_FORCE`, then `TERM` (the order of no-color.org and bixense.com/clicolors). Shapes: `--ascii`, then the
 * terminal's kind, then the locale. An unset `TERM` gets the plainest screen, not a refusal.
 */
export function detectCapabilities({ env, isTerminal, color, ascii }: TerminalRequest): Capabilities {
  const term = env.TERM ?? '';
  const known = term !== '' && term !== 'dumb' && term !== 'unknown';
  const old = !known || OLD_TERMINALS.test(term);
  return {
    fullScreen: isTerminal && term !== 'dumb',
    color: wantsColor(env, color, known && !MONOCHROME_TERMINALS.test(term)),
    unicode: !ascii && !old && isUtf8(env),
    modern: !old,
    alternateScreen: !old,
  };
}

function wantsColor(env: TerminalRequest['env'], flag: TerminalRequest['color'], terminalHasColor: boolean): boolean {
  if (flag !== 'auto') return flag === 'always';
  if (env.NO_COLOR) return false;
  const forced = env.FORCE_COLOR;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  const clicolor = env.CLICOLOR_FORCE;
  if (clicolor !== undefined && clicolor !== '' && clicolor !== '0') return true;
  return terminalHasColor;
}

function isUtf8(env: TerminalRequest['env']): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale);
}
