import { describe, expect, it } from 'vitest';
import { bundledEntry } from './bundle.ts';
import { type Session, startInShell, startSession } from './session.ts';

const entry = bundledEntry();

type Env = Readonly<Record<string, string | undefined>>;

async function shown(env: Env, args: readonly string[] = [], columns = 140, rows = 40): Promise<Session> {
  const session = startSession({ command: process.execPath, args: [entry(), 'steady', ...args], columns, rows, env });
  await session.see('claude-sonnet');
  return session;
}

async function quit(session: Session): Promise<void> {
  session.press('q');
  expect(await session.exited).toBe(0);
}

const RED = 1;
const YELLOW = 3;

describe('colours', () => {
  it('are the terminal’s own red and yellow and nothing else, on marks only, and never a background', async () => {
    const session = await shown({});
    expect([...session.colors()].sort()).toEqual([RED, YELLOW]);
    expect(session.backgrounds()).toBe(0);
    expect(session.raw()).not.toMatch(/\u001b\[(?:[0-9;]*;)?(?:38|48|9\d|4\d|10\d)(?:;[0-9;]*)?m/);
    await quit(session);
  });

  it('are gone with NO_COLOR, and weight and words stay', async () => {
    const session = await shown({ NO_COLOR: '1' });
    expect([...session.colors()]).toEqual([]);
    expect(session.text()).toContain('✗ claude-haiku');
    expect(session.text()).toContain('DOWN');
    expect(session.raw()).toContain('\u001b[1');
    await quit(session);
  });

  it('do not depend on what Ink thinks of the environment', async () => {
    for (const env of [{ CI: '' }, { CI: 'true' }, { FORCE_COLOR: '3' }, { COLORTERM: 'truecolor' }, { DEV: 'true' }]) {
      const session = await shown(env);
      expect([...session.colors()].sort(), JSON.stringify(env)).toEqual([RED, YELLOW]);
      await quit(session);
    }
  });

  it('leave every state readable where they are stripped', async () => {
    const session = await shown({ NO_COLOR: '1' });
    for (const word of ['CRIT', 'DOWN', 'DEGRADED', 'COOLING', 'UNKNOWN', 'ARTEFACT', 'FIRING', 'RECOVERING']) {
      await session.see(word);
    }
    await quit(session);
  });
});

describe('shapes', () => {
  it.each<[string, Env, string[]]>([
    ['--ascii', {}, ['--ascii']],
    ['the C locale', { LANG: 'C' }, []],
    ['the Linux console', { TERM: 'linux' }, []],
    ['a VT100', { TERM: 'vt100' }, []],
    ['an unset TERM', { TERM: undefined }, []],
  ])('are ASCII with %s', async (_, env, args) => {
    const session = await shown(env, args);
    expect(session.raw()).toMatch(/^[\u0000-\u007f]*$/);
    expect(session.text()).toContain('X claude-haiku');
    await quit(session);
  });
});

describe('kinds of terminal', () => {
  it.each(['xterm-256color', 'screen', 'tmux-256color', 'linux', 'vt100', undefined])(
    'TERM=%s: shows, hears keys and leaves the shell as it was',
    async (term) => {
      const session = startInShell({ command: process.execPath, args: [entry(), 'steady'], env: { TERM: term } });
      await session.see('claude-sonnet');
      session.press('j\r');
      await session.see('Model claude-sonnet');
      session.press('qq');
      await session.exited;
      expect(session.text()).toContain('stty same, exit 0');
      expect(session.cursorHidden()).toBe(false);
      expect(session.leftovers()).toEqual([]);
    },
  );

  it('TERM=dumb is refused in one line', async () => {
    const session = startSession({ command: process.execPath, args: [entry(), 'steady'], env: { TERM: 'dumb' } });
    expect(await session.exited).toBe(3);
    expect(session.raw()).toMatch(/^watchtower: the dashboard needs a terminal[^\u001b]*$/);
  });
});

describe('another size', () => {
  it('is filled within one frame, whatever comes', async () => {
    const session = await shown({}, [], 100, 30);
    for (const [columns, rows] of [
      [140, 40],
      [60, 16],
      [20, 5],
      [1, 1],
      [200, 50],
      [80, 24],
    ] as const) {
      session.resizeTo(columns, rows);
      await session.until(`${columns}x${rows}`, () => {
        const last = session.lines().at(-1) ?? '';
        return session.lines().length === rows && (columns < 40 || last.includes('q quit'));
      });
    }
    await session.see('claude-sonnet');
    await quit(session);
  });

  it('two hundred times a second breaks nothing', async () => {
    const session = await shown({}, [], 100, 30);
    for (let turn = 0; turn < 400; turn++) {
      session.resizeTo(20 + ((turn * 37) % 180), 3 + ((turn * 13) % 60));
      await new Promise((done) => setTimeout(done, 5));
    }
    session.resizeTo(100, 30);
    // A terminal that grows shows old lines in new places until the frame comes: the first and the last are of one frame.
    await session.until('the final frame', () => {
      const lines = session.lines();
      return lines[0]?.includes('CRIT') === true && lines.at(-1)?.includes('q quit') === true;
    });
    await quit(session);
  });
});

describe('bytes on the line', () => {
  it('never erase the whole screen after the first frame', async () => {
    const session = await shown({});
    session.press('jj\r');
    await session.see('Model');
    session.press('q');
    expect(session.raw()).not.toContain('\u001b[2J');
    await quit(session);
  });
});
