import { describe, expect, it } from 'vitest';
import { bundledEntry } from './bundle.ts';
import { childOf, isRunning, type Session, startInShell } from './session.ts';

const entry = bundledEntry();

function start(scenario: string): Session {
  return startInShell({ command: process.execPath, args: [entry(), scenario] });
}

/** Waits for the dashboard with its data; the pid of the program itself. */
async function running(session: Session): Promise<number> {
  await session.see('claude-sonnet');
  const pid = childOf(session.pid);
  if (pid === null) throw new Error('the program is not there');
  return pid;
}

/** The shell has its terminal back, with the code and nothing but `words` to read. */
async function expectRestored(session: Session, code: number): Promise<void> {
  await session.exited;
  expect(session.text()).toContain(`stty same, exit ${code}`);
  expect(session.alternate()).toBe(false);
  expect(session.cursorHidden()).toBe(false);
  expect(session.leftovers()).toEqual([]);
  expect(session.raw()).not.toContain('sk-entirely-made-up');
}

describe('however the dashboard ends, the shell is as it was', () => {
  it('on q, with 0 and without a word', async () => {
    const session = start('steady');
    await running(session);
    expect(session.alternate()).toBe(true);
    expect(session.cursorHidden()).toBe(true);
    session.press('q');
    await expectRestored(session, 0);
    expect(session.text().trim()).toBe('stty same, exit 0');
  });

  it('on Ctrl-C, with 130', async () => {
    const session = start('steady');
    await running(session);
    session.press('\u0003');
    await expectRestored(session, 130);
  });

  it('on Ctrl-C with something open, which q would only close', async () => {
    const session = start('steady');
    await running(session);
    session.press('?');
    await session.see('Help');
    session.press('\u0003');
    await expectRestored(session, 130);
  });

  it('on a key that was pressed before the first data came', async () => {
    const session = start('nothing');
    await session.see('Looking');
    session.press('q');
    await expectRestored(session, 0);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGQUIT', 131],
  ] as const)('on %s, with %i', async (signal, code) => {
    const session = start('steady');
    process.kill(await running(session), signal);
    await expectRestored(session, code);
  });

  it.each([
    ['engine-fails', 'the engine broke with'],
    ['timer-throws', 'a timer broke with'],
    ['promise-rejects', 'a promise broke with'],
  ])('when %s, with 3 and the redacted words after the screen', async (scenario, words) => {
    const session = start(scenario);
    await expectRestored(session, 3);
    expect(session.text()).toContain(words);
  });

  it("when the engine's thread dies, with 3 and the reason", async () => {
    const session = start('worker-dies');
    await expectRestored(session, 3);
    expect(session.text()).toContain("the engine's thread ended by itself (code 7)");
  });

  it('within three seconds where something hangs on the way out', async () => {
    const session = start('stop-hangs');
    await running(session);
    const begun = performance.now();
    session.press('q');
    await expectRestored(session, 0);
    expect(performance.now() - begun).toBeLessThan(3000);
  });

  it('at once on a second signal while something hangs', async () => {
    const session = start('stop-hangs');
    const pid = await running(session);
    process.kill(pid, 'SIGTERM');
    await session.until('the primary screen', () => !session.alternate());
    process.kill(pid, 'SIGINT');
    await expectRestored(session, 130);
  });
});

describe('what must not end it', () => {
  it('a panel that throws leaves the others alive and says so', async () => {
    const session = start('panel-throws');
    await running(session);
    await session.see('2 Resources: this panel failed');
    await session.see('claude-sonnet');
    await session.see('3 Alerts');
    session.press('q');
    await expectRestored(session, 0);
  });

  it('a panel that threw is back with the next good data', async () => {
    const session = start('panel-heals');
    await session.see('2 Resources: this panel failed');
    await session.see('PID');
    session.press('q');
    await expectRestored(session, 0);
  });

  it('words beside the picture, which stay off it', async () => {
    const session = start('noisy');
    await running(session);
    await session.see(' demo ');
    expect(session.raw()).not.toMatch(/a word on|a raw word|a warning of/);
    expect(session.lines()).toHaveLength(30);
    expect(session.lines()[0]).toContain('CRIT');
    session.press('q');
    await expectRestored(session, 0);
  });

  it("SIGUSR1, which would open Node's inspector and with it the key", async () => {
    const session = start('steady');
    const pid = await running(session);
    process.kill(pid, 'SIGUSR1');
    session.press('?');
    await session.see('Help');
    expect(isRunning(pid)).toBe(true);
    expect(session.raw()).not.toContain('Debugger');
    session.press('qq');
    await expectRestored(session, 0);
  });
});
