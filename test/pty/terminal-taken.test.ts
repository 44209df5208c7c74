import { describe, it } from 'vitest';
import { bundledEntry } from './bundle.ts';
import { childOf, isRunning, type Session, startInShell, startSession } from './session.ts';

const entry = bundledEntry();

const gone = (session: Session, pid: number): Promise<void> =>
  session.until('the process to be gone', () => !isRunning(pid), 5000);

describe('a terminal that is taken away', () => {
  it('ends the dashboard within five seconds', async () => {
    const session = startSession({ command: process.execPath, args: [entry(), 'steady'] });
    await session.see('claude-sonnet');
    session.hangUp();
    await gone(session, session.pid);
  });

  it('ends it within five seconds where hang-ups are ignored, as under nohup', async () => {
    const session = startSession({
      command: 'bash',
      args: ['-c', 'trap "" HUP; exec "$@"', 'sh', process.execPath, entry(), 'steady'],
    });
    await session.see('claude-sonnet');
    session.hangUp();
    await gone(session, session.pid);
  });

  it('ends it when the shell before it is killed', async () => {
    const session = startInShell({ command: process.execPath, args: [entry(), 'steady'] });
    await session.see('claude-sonnet');
    const pid = childOf(session.pid) ?? 0;
    process.kill(session.pid, 'SIGKILL');
    await gone(session, pid);
  });
});
