import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledEntry } from './bundle.ts';
import { isRunning, type Session, startSession } from './session.ts';
import { missingSsh, type SshServer, startSshServer } from './ssh-server.ts';

const missing = missingSsh();
if (missing !== null) console.warn(`skipped: ${missing}`);

/** Processes of this machine that run our bundle under Node, without the ssh clients that name it too. */
function remotes(entry: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words[0] === process.execPath && words[1] === entry;
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe.skipIf(missing !== null)('over a real SSH link', () => {
  const entry = bundledEntry();
  let server: SshServer;
  beforeAll(async () => {
    server = await startSshServer();
  });
  afterAll(() => server.stop());

  function open(scenario: string, env: Readonly<Record<string, string | undefined>> = {}): Session {
    const command = `'${process.execPath}' '${entry()}' ${scenario}`;
    return startSession({ command: 'ssh', args: ['-t', ...server.args, command], env });
  }

  async function remotePid(session: Session): Promise<number> {
    await session.until('the remote process', () => remotes(entry()).length === 1);
    return remotes(entry())[0] ?? 0;
  }

  const gone = (session: Session, pid: number): Promise<void> =>
    session.until('the end of the remote process', () => !isRunning(pid), 5000);

  it('opens, hears keys, follows the size, and gives the exit code back', async () => {
    const session = open('steady');
    await session.see('claude-sonnet');
    session.press('j\r');
    await session.see('Model claude-sonnet');
    session.press('\u001b');
    session.resizeTo(140, 40);
    await session.until('140x40', () => session.lines().some((line) => /3 Alerts.*4 Log events/.test(line)));
    session.resizeTo(40, 12);
    await session.see('11 models');
    session.press('q');
    expect(await session.exited).toBe(0);
    expect(session.alternate()).toBe(false);
    expect(session.cursorHidden()).toBe(false);
    expect(session.leftovers()).toEqual([]);
  });

  it('gives 130 back on Ctrl-C', async () => {
    const session = open('steady');
    await session.see('claude-sonnet');
    session.press('\u0003');
    expect(await session.exited).toBe(130);
  });

  it.each(['xterm-256color', 'screen', 'tmux-256color', 'linux', 'vt100', undefined])(
    'works with TERM=%s',
    async (term) => {
      const session = open('steady', { TERM: term });
      await session.see('claude-sonnet');
      session.press('?');
      await session.see('Help');
      session.press('qq');
      expect(await session.exited).toBe(0);
      expect(session.cursorHidden()).toBe(false);
    },
  );

  it('is gone within five seconds of a cut', async () => {
    const session = open('steady');
    await session.see('claude-sonnet');
    const pid = await remotePid(session);
    process.kill(session.pid, 'SIGKILL');
    await gone(session, pid);
  });

  it('is gone within five seconds of a cut where hang-ups are ignored', async () => {
    const command = `trap '' HUP; exec '${process.execPath}' '${entry()}' steady`;
    const session = startSession({ command: 'ssh', args: ['-t', ...server.args, command] });
    await session.see('claude-sonnet');
    const pid = await remotePid(session);
    process.kill(session.pid, 'SIGKILL');
    await gone(session, pid);
  });
});
