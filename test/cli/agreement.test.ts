import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Demo, startDemo } from '../../src/demo/start.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { startSession } from '../pty/session.ts';
import { PROGRAM, runProgram } from '../support/program.ts';

/** Failures as the demo's gateway answers them, with the class that every face must name. */
describe.each([
  { story: 'empty-wallet', name: 'CREDITS', provider: 'openrouter' },
  { story: 'rate-storm', name: 'RATE_LIMIT', provider: 'openai' },
])('$name: every face says the same', ({ story, name, provider }) => {
  let demo: Demo;
  let home: string;
  let seen: Snapshot;
  beforeAll(async () => {
    demo = await startDemo({ story, at: 20_000 });
    home = mkdtempSync(join(tmpdir(), 'watchtower-agree-'));
    seen = JSON.parse((await watch('--once', '--json')).stdout);
  });
  afterAll(async () => {
    await demo.stop();
    rmSync(home, { recursive: true, force: true });
  });
  const watch = (...args: string[]) =>
    runProgram([...args, '--no-state', '--url', demo.url], { env: { LITELLM_MASTER_KEY: demo.key } });

  it('--once', () => {
    expect(seen.verdict).toMatchObject({ class: name, provider });
    expect(seen.verdict.next).not.toBe('');
  });

  it('monitor', async () => {
    const { stdout } = await watch('monitor', '--format', 'json', '--interval', '5s', '--for', '9s');
    const status = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .find((one) => one.type === 'status' && one.verdict.class !== null);
    const { next, url, models } = seen.verdict;
    expect(status.verdict).toMatchObject({ class: name, provider, next, url, models });
  });

  it('the dashboard', async () => {
    const session = startSession({
      command: process.execPath,
      args: [PROGRAM, '--no-state', '--url', demo.url],
      columns: 200,
      rows: 60,
      env: { HOME: home, LITELLM_MASTER_KEY: demo.key },
    });
    // A rate limit must be seen more than once before it fires: its row is there from the first time on.
    await session.until('its row', () => new RegExp(`(?:FIRING|PENDING) +${name} `).test(session.text()));
    await session.see((seen.verdict.next as string).slice(0, 60));
    session.press('q');
    expect(await session.exited).toBe(0);
  });

  it('explain, of the text that is shown as evidence and of what the gateway itself said', async () => {
    const incident = seen.incidents.find((one) => one.class === name);
    const texts = [
      ...(incident?.evidence ?? []).map((one) => one.text),
      ...seen.models.flatMap((one) =>
        one.deployments.flatMap(({ class: c, text }) => (c === name && text ? [text] : [])),
      ),
    ];
    expect(texts.length).toBeGreaterThan(1);
    const status = name === 'CREDITS' ? 402 : 429;
    const lines = texts.map((text, id) =>
      JSON.stringify({ id: String(id), text, source: 'health', http_status: status }),
    );
    const { stdout } = await runProgram(['explain', '--jsonl'], { stdin: lines.join('\n') });
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(answers.map((one) => one.class)).toEqual(texts.map(() => name));
  });

  it('logs, of what the gateway wrote meanwhile', async () => {
    const { stdout } = await runProgram(['logs', '--file', demo.logFile, '--format', 'json']);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter((one) => one.type === 'event' && one.class === name);
    expect(events.length).toBeGreaterThan(0);
    expect(new Set(events.map((one) => one.provider))).toEqual(new Set([provider]));
  });
});
