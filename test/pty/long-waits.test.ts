import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledEntry } from './bundle.ts';
import { type Gateway, startGateway } from './plain-gateway.ts';
import { isRunning, type Session, startInShell, startSession } from './session.ts';
import { missingSsh, type SshServer, startSshServer } from './ssh-server.ts';

/*
 * Tests whose subject is a length of time. They wait beside each other, so that all of them take as long as one.
 */

const PAUSE_MS = 30_000;
const PROGRAM = join(process.cwd(), 'dist/watchtower.js');
const missingLink = missingSsh();
const missingBuild = existsSync(PROGRAM) ? null : 'the program is not built: npm run build';
for (const missing of [missingLink, missingBuild]) if (missing !== null) console.warn(`skipped: ${missing}`);

const entry = bundledEntry();

function turnOf(session: Session): number {
  return Number(/turn (\d+)/.exec(session.text())?.[1] ?? 0);
}

describe.concurrent('time on the line', () => {
  let gateway: Gateway;
  let home = '';
  let server: SshServer | null = null;
  beforeAll(async () => {
    gateway = await startGateway();
    home = mkdtempSync(join(tmpdir(), 'watchtower-home-'));
    server = missingLink === null ? await startSshServer() : null;
  });
  afterAll(async () => {
    await gateway.stop();
    await server?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('a reader that pauses for 30 seconds stops nothing, then sees the present at once, and q works', async () => {
    const session = startInShell({ command: process.execPath, args: [entry(), 'busy'] });
    await session.see('turn');
    const before = turnOf(session);
    const bytesBefore = session.raw().length;
    session.pause();
    await wait(PAUSE_MS);
    session.resume();
    // Ten turns a second went on meanwhile; a frozen loop would still be near where it stood.
    await session.until('a late turn', () => turnOf(session) >= before + 200, 5000);
    expect(session.raw().length - bytesBefore).toBeLessThan(100_000);
    session.press('q');
    await session.exited;
    expect(session.text()).toContain('stty same, exit 0');
    expect(session.leftovers()).toEqual([]);
  });

  it.skipIf(missingLink !== null)('an SSH client that is stopped for 30 seconds stops nothing', async () => {
    const command = `'${process.execPath}' '${entry()}' busy`;
    const session = startSession({ command: 'ssh', args: ['-t', ...(server?.args ?? []), command] });
    await session.see('turn');
    const before = turnOf(session);
    process.kill(session.pid, 'SIGSTOP');
    await wait(PAUSE_MS);
    process.kill(session.pid, 'SIGCONT');
    await session.until('a late turn', () => turnOf(session) >= before + 200, 5000);
    session.press('q');
    expect(await session.exited).toBe(0);
  });

  it.skipIf(missingBuild !== null)(
    'a reader that pauses for 30 seconds stops no probe of the built program',
    async () => {
      const env = { HOME: home, XDG_STATE_HOME: join(home, 'state'), XDG_CONFIG_HOME: join(home, 'config') };
      const session = startInShell({ command: process.execPath, args: [PROGRAM, '--url', gateway.url], env });
      const probes = (): number => gateway.asked.filter((path) => path === '/health/liveliness').length;
      await session.see('live 200');
      session.pause();
      // Whole frames until the terminal takes no more.
      for (let turn = 0; turn < 100; turn++) {
        session.press('?');
        await wait(10);
      }
      const before = probes();
      await wait(PAUSE_MS);
      expect(probes() - before).toBeGreaterThanOrEqual(5);
      session.resume();
      // Presses that arrive as one long text are taken for a paste: whether the help is open is not known.
      session.press('\u001b');
      await wait(200);
      session.press('?');
      await session.see('Help', 5000);
      session.press('qq');
      await session.exited;
      expect(session.text()).toContain('stty same, exit 0');
    },
  );

  it('an idle dashboard costs the line under 2 KB a minute at a snapshot a second', async () => {
    const session = startSession({ command: process.execPath, args: [entry(), 'ticking'], columns: 120, rows: 40 });
    await session.see('claude-sonnet');
    await wait(6000);
    const before = session.raw().length;
    await wait(20_000);
    const bytes = Buffer.byteLength(session.raw().slice(before));
    expect(bytes).toBeGreaterThan(0);
    expect(bytes * 3).toBeLessThan(2000);
    session.press('q');
    expect(await session.exited).toBe(0);
  });

  it('a reader that pauses does not keep the dashboard from ending on SIGTERM within three seconds', async () => {
    const session = startSession({ command: process.execPath, args: [entry(), 'busy'] });
    await session.see('turn');
    session.pause();
    // The kernel's buffer is full after a few frames.
    await wait(3000);
    const begun = performance.now();
    process.kill(session.pid, 'SIGTERM');
    await session.until('the end', () => !isRunning(session.pid), 4000);
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
