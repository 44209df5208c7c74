import { beforeAll, describe, expect, it } from 'vitest';
import { bundleEntry } from './bundle.ts';
import { childOf, isRunning, type Session, startInShell, startSession } from './session.ts';

let entry = '';
beforeAll(async () => {
  entry = await bundleEntry();
});

const gone = (session: Session, pid: number): Promise<void> =>
  session.until('the process to be gone', () => !isRunning(pid), 5000);

function turnOf(session: Session): number {
  return Number(/turn (\d+)/.exec(session.text())?.[1] ?? 0);
}

describe('a terminal that is taken away', () => {
  it('ends the dashboard within five seconds', async () => {
    const session = startSession({ command: process.execPath, args: [entry, 'steady'] });
    await session.see('claude-sonnet');
    session.hangUp();
    await gone(session, session.pid);
  });

  it('ends it within five seconds where hang-ups are ignored, as under nohup', async () => {
    const session = startSession({
      command: 'bash',
      args: ['-c', 'trap "" HUP; exec "$@"', 'sh', process.execPath, entry, 'steady'],
    });
    await session.see('claude-sonnet');
    session.hangUp();
    await gone(session, session.pid);
  });

  it('ends it when the shell before it is killed', async () => {
    const session = startInShell({ command: process.execPath, args: [entry, 'steady'] });
    await session.see('claude-sonnet');
    const pid = childOf(session.pid) ?? 0;
    process.kill(session.pid, 'SIGKILL');
    await gone(session, pid);
  });
});

describe('a reader that pauses', () => {
  it('stops nothing for 30 seconds, then sees the present at once, and q works', { timeout: 60_000 }, async () => {
    const session = startInShell({ command: process.execPath, args: [entry, 'busy'] });
    await session.see('turn');
    const before = turnOf(session);
    const bytesBefore = session.raw().length;
    session.pause();
    await new Promise((done) => setTimeout(done, 30_000));
    session.resume();
    // Ten turns a second went on meanwhile; a frozen loop would still be near where it stood.
    await session.until('a late turn', () => turnOf(session) >= before + 200, 3000);
    expect(session.raw().length - bytesBefore).toBeLessThan(100_000);
    session.press('q');
    await session.exited;
    expect(session.text()).toContain('stty same, exit 0');
    expect(session.leftovers()).toEqual([]);
  });

  it('does not keep it from ending on SIGTERM within three seconds', async () => {
    const session = startSession({ command: process.execPath, args: [entry, 'busy'] });
    await session.see('turn');
    session.pause();
    // The kernel's buffer is full after a few frames.
    await new Promise((done) => setTimeout(done, 1500));
    const begun = performance.now();
    process.kill(session.pid, 'SIGTERM');
    await session.until('the end', () => !isRunning(session.pid), 4000);
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
