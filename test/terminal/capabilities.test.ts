import { describe, expect, it } from 'vitest';
import { type Capabilities, detectCapabilities, type TerminalRequest } from '../../src/terminal/capabilities.ts';

const UTF8 = { TERM: 'xterm-256color', LANG: 'en_US.UTF-8' };

function detect(env: TerminalRequest['env'], changes: Partial<TerminalRequest> = {}): Capabilities {
  return detectCapabilities({ env, isTerminal: true, color: 'auto', ascii: false, ...changes });
}

describe('colour', () => {
  it.each<[string, TerminalRequest['env'], TerminalRequest['color'], boolean]>([
    ['a terminal of today has it', {}, 'auto', true],
    ['NO_COLOR takes it', { NO_COLOR: '1' }, 'auto', false],
    ['an empty NO_COLOR does not', { NO_COLOR: '' }, 'auto', true],
    ['--color always beats NO_COLOR', { NO_COLOR: '1' }, 'always', true],
    ['--color never beats FORCE_COLOR', { FORCE_COLOR: '3' }, 'never', false],
    ['NO_COLOR beats FORCE_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, 'auto', false],
    ['FORCE_COLOR=0 takes it', { FORCE_COLOR: '0' }, 'auto', false],
    ['FORCE_COLOR=false takes it', { FORCE_COLOR: 'false' }, 'auto', false],
    ['FORCE_COLOR gives it to a VT100', { FORCE_COLOR: '1', TERM: 'vt100' }, 'auto', true],
    ['CLICOLOR_FORCE gives it to a VT100', { CLICOLOR_FORCE: '1', TERM: 'vt100' }, 'auto', true],
    ['CLICOLOR_FORCE=0 does not', { CLICOLOR_FORCE: '0', TERM: 'vt100' }, 'auto', false],
    ['a VT100 has none', { TERM: 'vt100' }, 'auto', false],
    ['xterm-mono has none', { TERM: 'xterm-mono' }, 'auto', false],
    ['the Linux console has it', { TERM: 'linux' }, 'auto', true],
    ['screen and tmux have it', { TERM: 'tmux-256color' }, 'auto', true],
    ['an unset TERM has none', { TERM: undefined }, 'auto', false],
  ])('%s', (_, env, color, expected) => {
    expect(detect({ ...UTF8, ...env }, { color }).color).toBe(expected);
  });
});

describe('shapes outside ASCII', () => {
  it.each<[string, TerminalRequest['env'], boolean, boolean]>([
    ['need a UTF-8 locale', {}, false, true],
    ['are not drawn in the C locale', { LANG: 'C' }, false, false],
    ['are not drawn without a locale', { LANG: undefined }, false, false],
    ['are drawn in C.utf8', { LANG: 'C.utf8' }, false, true],
    ['follow LC_ALL before LC_CTYPE before LANG', { LC_ALL: 'C', LC_CTYPE: 'en_US.UTF-8' }, false, false],
    ['follow LC_CTYPE before LANG', { LC_CTYPE: 'en_US.ISO-8859-1' }, false, false],
    ['ignore an empty LC_ALL', { LC_ALL: '' }, false, true],
    ['are not drawn with --ascii', {}, true, false],
    ['are not drawn on the Linux console, whose font lacks them', { TERM: 'linux' }, false, false],
    ['are not drawn on a VT220', { TERM: 'vt220' }, false, false],
    ['are not drawn where TERM is unset', { TERM: undefined }, false, false],
    ['are drawn in tmux', { TERM: 'screen' }, false, true],
  ])('%s', (_, env, ascii, expected) => {
    expect(detect({ ...UTF8, ...env }, { ascii }).unicode).toBe(expected);
  });
});

describe('a full screen', () => {
  it('is for terminals, whatever CI says', () => {
    expect(detect({ ...UTF8, CI: '' }).fullScreen).toBe(true);
    expect(detect(UTF8, { isTerminal: false }).fullScreen).toBe(false);
  });

  it('is not for TERM=dumb, and is for an unset one in its plainest form', () => {
    expect(detect({ TERM: 'dumb' }).fullScreen).toBe(false);
    expect(detect({})).toEqual({
      fullScreen: true,
      color: false,
      unicode: false,
      modern: false,
      alternateScreen: false,
    });
  });
});
