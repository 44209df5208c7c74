import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Gateway, startGateway } from './plain-gateway.ts';
import { type Session, startSession } from './session.ts';

const PROGRAM = join(process.cwd(), 'dist/watchtower.js');
const missing = existsSync(PROGRAM) ? null : 'the program is not built: npm run build';
if (missing !== null) console.warn(`skipped: ${missing}`);

const SECONDS = 12;
const LINES = 10_000 * SECONDS;
const MODELS = ['gpt-4o', 'claude-sonnet', 'mistral-small', 'command-r'];
/** Every tenth line is a failure, of the models in turn. */
const FAILURES_EACH = LINES / 10 / MODELS.length;

let home: string;
let gateway: Gateway;
let log: string;
let writer: ChildProcess | null = null;
let session: Session | null = null;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'watchtower-flood-'));
  log = join(home, 'gateway.log');
  writeFileSync(log, '');
  gateway = await startGateway();
});
afterEach(async () => {
  session?.hangUp();
  writer?.kill();
  await gateway.stop();
  rmSync(home, { recursive: true, force: true });
});

/** Writes the lines at their pace into the log, as a gateway does; resolves when all are written. */
function flood(): Promise<void> {
  const script = new URL('../../bench/log-flood.ts', import.meta.url).pathname;
  writer = spawn(process.execPath, [script, log, String(LINES), MODELS.join()], { stdio: 'ignore' });
  const child = writer;
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`the writer ended with ${code}`))));
  });
}

const text = (): string => session?.text() ?? '';
const rows = (): string[] => text().split('\n');
const selected = (): string => rows().find((line) => line.includes('▸')) ?? '';
/** The counts at the ends of the rows. */
const counts = (): number[] => [...text().matchAll(/ x(\d+)\s*┃?$/gm)].map(([, count]) => Number(count));

describe.skipIf(missing !== null)('ten thousand lines a second', () => {
  it('are counted to the last one, and no key waits for them', async () => {
    session = startSession({
      command: process.execPath,
      args: [PROGRAM, '--url', gateway.url, '--log-file', log, '--no-state'],
      env: { HOME: home },
      columns: 120,
      rows: 40,
    });
    const { press, until, see } = session;
    await see('v1.106.2');
    press('4z');
    await see('no line yet');
    const written = flood();
    await until('the first failures', () => counts().length === MODELS.length);

    // Each key is answered while they come: what it asks for is on the screen.
    await until('the newest followed', () => text().includes('following'));
    press('k');
    await until('k stops following', () => /paused|\+\d+ new/.test(text()));
    press('g');
    await until('g leads to the oldest', () => rows().findIndex((line) => line.includes('▸')) === firstRow());
    press('/gpt');
    await until('/ filters as one types', () => counts().length === 1 && /\/gpt +1 of 4/.test(text()));
    press('\r');
    await until('Enter keeps it', () => text().includes('filter: gpt, 1 of 4') && text().includes('q quit'));
    press('\u001b');
    await until('Esc clears it', () => counts().length === MODELS.length);
    press('G');
    await until('G follows', () => text().includes('━ following'));
    press('w');
    await until('w finds no warning', () => text().includes('no later warning'));
    press('E');
    await until('E goes to the error before', () => /paused|\+\d+ new/.test(text()));
    const before = selected();
    press('n');
    await until(
      'n goes to the next match',
      () => text().includes('━ following') || selected() !== before || text().includes('no later match'),
    );
    press('\r');
    await until('Enter opens the record', () => text().includes('Log event') && text().includes('Traceback'));
    press('q');
    await until('q closes it', () => !text().includes('Log event '));
    press('?');
    await see('Help');
    press('?G');
    await until('G follows again', () => text().includes('━ following'));

    await written;
    await until(
      'all of them',
      () => counts().length === MODELS.length && counts().every((count) => count === FAILURES_EACH),
      30_000,
    );
    // Nothing was passed over, and the header says how much was read.
    expect(text()).not.toMatch(/gap|behind|dropped/);
    press('/gpt');
    await until('a filter', () => /\/gpt +1 of 4/.test(text()));
    press('\u0003');
    expect(await session.exited).toBe(130);
  }, 120_000);
});

/** The first line of the list: below the title and the source. */
function firstRow(): number {
  return rows().findIndex((line) => line.includes('4 Log events')) + 2;
}
