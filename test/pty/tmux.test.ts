import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { bundledEntry } from './bundle.ts';
import { childOf, isRunning } from './session.ts';

function missingTmux(): string | null {
  try {
    execFileSync('tmux', ['-V'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'no tmux';
  }
}

const missing = missingTmux();
if (missing !== null) console.warn(`skipped: ${missing}`);

/** A server ends with its last session, and a new one under its name may meet the end of the old one: each has its own. */
let socket = '';
let servers = 0;

/** A tmux server of our own, which no configuration of the user's reaches. */
function tmux(...args: string[]): string {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', LANG: 'C.UTF-8', TERM: 'xterm-256color' };
  return execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { env, encoding: 'utf8', stdio: 'pipe' });
}

const screen = (): string => tmux('capture-pane', '-p', '-t', 'w');

async function see(what: string, condition: (text: string) => boolean): Promise<void> {
  const end = performance.now() + 10_000;
  while (!condition(screen())) {
    if (performance.now() > end) throw new Error(`waited for ${what}; the pane:\n${screen()}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

describe.skipIf(missing !== null)('inside a real tmux', () => {
  const entry = bundledEntry();
  afterEach(() => {
    try {
      tmux('kill-server');
    } catch {
      // It ends with its last window.
    }
  });

  /** A shell in a window, in which the dashboard is started; the pid of the shell. */
  async function start(scenario: string): Promise<number> {
    servers += 1;
    socket = `watchtower-test-${process.pid}-${servers}`;
    tmux('new-session', '-d', '-s', 'w', '-x', '100', '-y', '30', 'bash --norc --noprofile');
    tmux('send-keys', '-t', 'w', `'${process.execPath}' '${entry()}' ${scenario}; echo left with $?`, 'Enter');
    await see('the dashboard', (text) => text.includes('claude-sonnet') && text.includes('q quit'));
    return Number(tmux('display-message', '-p', '-t', 'w', '#{pane_pid}').trim());
  }

  it('shows every cell where it belongs', async () => {
    await start('steady');
    const lines = screen().split('\n');
    expect(lines.find((line) => line.includes('1 Health'))).toMatch(/^┏━ 1 Health .*┓┌─ 2 Resources .*┐$/);
    expect(lines.filter((line) => /^[┃│].*[┃│]$/.test(line)).length).toBeGreaterThan(18);
    tmux('kill-session', '-t', 'w');
  });

  it('hears keys and follows the size of the window', async () => {
    await start('steady');
    tmux('send-keys', '-t', 'w', 'j', 'Enter');
    await see('the detail', (text) => text.includes('Model claude-sonnet'));
    tmux('send-keys', '-t', 'w', 'Escape');
    tmux('resize-window', '-t', 'w', '-x', '140', '-y', '40');
    await see('140x40', (text) => /3 Alerts.*4 Log events/.test(text));
    tmux('resize-window', '-t', 'w', '-x', '60', '-y', '16');
    await see('60x16', (text) => text.includes('1 Health   2 Resources'));
    tmux('kill-session', '-t', 'w');
  });

  it('leaves the shell as it was', async () => {
    await start('steady');
    tmux('send-keys', '-t', 'w', 'q');
    await see('the shell', (text) => text.includes('left with 0') && !text.includes('q quit'));
    expect(tmux('display-message', '-p', '-t', 'w', '#{alternate_on} #{cursor_flag}').trim()).toBe('0 1');
    tmux('kill-session', '-t', 'w');
  });

  it('is gone with its window', async () => {
    const pid = childOf(await start('steady')) ?? 0;
    expect(isRunning(pid)).toBe(true);
    tmux('kill-session', '-t', 'w');
    const end = performance.now() + 5000;
    while (isRunning(pid) && performance.now() < end) await new Promise((done) => setTimeout(done, 20));
    expect(isRunning(pid)).toBe(false);
  });
});
