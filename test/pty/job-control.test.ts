import { describe, expect, it } from 'vitest';
import { bundledEntry } from './bundle.ts';
import { childOf, isRunning, isStopped, type Session, startSession } from './session.ts';

const entry = bundledEntry();

/** An interactive shell in which the dashboard was started by hand. */
async function startedByHand(): Promise<Session> {
  const session = startSession({
    command: 'bash',
    args: ['--norc', '--noprofile', '-i'],
    env: { PS1: 'ready> ', HISTFILE: '/dev/null' },
  });
  await session.see('ready>');
  // The shell's own use of it would hide a leftover of ours.
  session.press("bind 'set enable-bracketed-paste off'; clear\r");
  await session.until('the plain shell', () => session.leftovers().length === 0);
  session.press(`'${process.execPath}' '${entry()}' steady\r`);
  await session.see('claude-sonnet');
  return session;
}

async function expectShell(session: Session): Promise<void> {
  await session.until('the shell', () => !session.alternate() && session.text().includes('Stopped'));
  expect(session.cursorHidden()).toBe(false);
  expect(session.leftovers()).toEqual([]);
  session.press('echo still $((40+2))\r');
  await session.see('still 42');
}

describe('Ctrl-Z', () => {
  it('gives the terminal to the shell, and fg paints everything again', async () => {
    const session = await startedByHand();
    session.press('\u001a');
    await expectShell(session);
    session.press('fg\r');
    // A frame may come in two pieces: its last panel is waited for.
    await session.until('the dashboard', () => session.alternate() && session.text().includes('4 Log events'));
    expect(session.cursorHidden()).toBe(true);
    session.press('?');
    await session.see('Help');
    session.press('qq');
    await session.until('the shell', () => !session.alternate());
    session.press('exit\r');
    await session.exited;
  });

  it('works twenty times in a row', async () => {
    const session = await startedByHand();
    for (let turn = 0; turn < 20; turn++) {
      session.press('\u001a');
      await session.until('the shell', () => !session.alternate());
      await session.see('Stopped');
      session.press('clear; fg\r');
      await session.until('the dashboard', () => session.alternate() && session.text().includes('claude-sonnet'));
    }
    session.press('q');
    await session.until('the shell', () => !session.alternate() && session.text().includes('ready>'));
    session.press('exit\r');
    await session.exited;
  });

  it('survives bg: it waits for the terminal, and fg brings it back', async () => {
    const session = await startedByHand();
    session.press('\u001a');
    await expectShell(session);
    session.press('clear; bg\r');
    await session.see('ready>');
    session.press('echo after $((1+1))\r');
    await session.see('after 2');
    session.press('fg\r');
    await session.until('the dashboard', () => session.alternate() && session.text().includes('claude-sonnet'));
    session.press('q');
    await session.until('the shell', () => !session.alternate());
    session.press('exit\r');
    await session.exited;
  });

  it('does nothing lasting where no shell could bring it back', async () => {
    const session = startSession({ command: process.execPath, args: [entry(), 'steady'] });
    await session.see('claude-sonnet');
    session.press('\u001a');
    await session.until('the screen again', () => /\u001b\[\?1049l.*\u001b\[\?1049h/s.test(session.raw()));
    session.press('?');
    await session.see('Help');
    session.press('\u0003');
    expect(await session.exited).toBe(130);
  });
});

describe('a dashboard that is stopped', () => {
  it('goes with the terminal that is taken away', async () => {
    const session = await startedByHand();
    const pid = childOf(session.pid) ?? 0;
    session.press('\u001a');
    await expectShell(session);
    session.hangUp();
    await session.until('the dashboard to be gone', () => !isRunning(pid), 5000);
  });

  it('does not outlive the shell that leaves without it', async () => {
    const session = await startedByHand();
    const pid = childOf(session.pid) ?? 0;
    session.press('\u001a');
    await expectShell(session);
    session.press('exit\r');
    await session.see('There are stopped jobs');
    session.press('exit\r');
    await session.exited;
    await session.until('the dashboard to be gone', () => !isRunning(pid), 5000);
  });
});

describe('a stop from outside', () => {
  it('by SIGTSTP gives the terminal back first', async () => {
    const session = await startedByHand();
    const pid = childOf(session.pid) ?? 0;
    process.kill(pid, 'SIGTSTP');
    await expectShell(session);
    session.press('kill %1; exit\r');
    session.press('exit\r');
    await session.exited;
    await session.until('the dashboard to be gone', () => !isRunning(pid), 5000);
  });

  it('by SIGSTOP and SIGCONT paints everything again', async () => {
    const session = await startedByHand();
    const pid = childOf(session.pid) ?? 0;
    const before = session.raw().length;
    process.kill(pid, 'SIGSTOP');
    await session.until('the stop', () => isStopped(pid));
    session.press('fg\r');
    await session.until('a whole frame', () => session.raw().slice(before).includes('4 Log events'));
    session.press('q');
    await session.until('the shell', () => !session.alternate());
    session.press('exit\r');
    await session.exited;
  });
});
