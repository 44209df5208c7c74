import { spawn } from 'node:child_process';
import { copyFileSync, truncateSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAULTS } from '../deployments.ts';
import type { Rig } from '../rig.ts';
import { EXECUTABLE } from '../watchtower.ts';
import { withRig } from './fixtures.ts';

/** What a call of each of these leaves in the gateway's log. */
const CLASS_OF: Record<string, string> = {
  'empty-a': 'CREDITS',
  'credit-anthropic': 'CREDITS',
  'credit-deepseek': 'CREDITS',
  quota: 'CREDITS',
  'badkey-openai': 'AUTH_PROVIDER',
  forbidden: 'PERMISSION',
  gone: 'MODEL_NOT_FOUND',
  late: 'TIMEOUT',
  rate: 'RATE_LIMIT',
  broken: 'PROVIDER_DOWN',
  overloaded: 'PROVIDER_DOWN',
  'no-listener': 'CONNECTION',
};
const WITHIN_MS = 2_000;

interface Line {
  type: string;
  class?: string;
  how?: string;
  /** When it was printed, wall clock, ms. */
  seenAt: number;
}

/** `watchtower logs --follow` on a file, without any gateway. */
function followLog(path: string) {
  const child = spawn(process.execPath, [EXECUTABLE, 'logs', '--file', path, '--follow', '--format', 'json'], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: Line[] = [];
  let rest = '';
  child.stdout.on('data', (data: Buffer) => {
    const parts = (rest + data.toString()).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) lines.push({ ...JSON.parse(part), seenAt: Date.now() });
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    lines,
    async until(what: string, wanted: (line: Line) => boolean, from: number, limitMs: number): Promise<Line> {
      const end = Date.now() + limitMs;
      for (;;) {
        const found = lines.slice(from).find(wanted);
        if (found !== undefined) return found;
        if (Date.now() > end)
          throw new Error(`not within ${limitMs} ms: ${what}; ${JSON.stringify(lines.slice(from))}`);
        await sleep(20);
      }
    },
    stop(): Promise<number | null> {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

async function call(rig: Rig, model: string): Promise<number> {
  const answer = await fetch(`${rig.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${rig.masterKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }], num_retries: 0 }),
  });
  await answer.text();
  return answer.status;
}

/** The log monitor on the log of a real proxy whose callers meet every fault. */
export function logOfFaults(version: string): void {
  const bench = withRig({ version, deployments: FAULTS });
  let log: ReturnType<typeof followLog>;
  beforeAll(async () => {
    log = followLog(bench().rig.logPath);
    await log.until('the source', (line) => line.type === 'source', 0, 10_000);
    // What the start wrote is read first.
    await sleep(WITHIN_MS);
  });
  afterAll(async () => {
    await log.stop();
  });

  test('a start and a good call leave no event', async () => {
    expect(await call(bench().rig, 'gpt-4o-mini')).toBe(200);
    await sleep(WITHIN_MS);
    expect(log.lines.filter((line) => line.type === 'event')).toEqual([]);
  });

  test.each(Object.entries(CLASS_OF))('a call of %s leaves an event of %s within 2 s', async (model, name) => {
    const from = log.lines.length;
    expect(await call(bench().rig, model)).toBeGreaterThanOrEqual(400);
    const answeredAt = Date.now();
    const event = await log.until(`an event of ${name}`, (line) => line.type === 'event', from, WITHIN_MS * 3);
    expect(event.class, JSON.stringify(event)).toBe(name);
    expect(event.seenAt - answeredAt).toBeLessThan(WITHIN_MS + 500);
    await sleep(WITHIN_MS);
    expect(log.lines.slice(from).filter((line) => line.type === 'event')).toHaveLength(1);
  });

  test('rotated under it by copytruncate it is followed on', async () => {
    const { rig } = bench();
    const from = log.lines.length;
    copyFileSync(rig.logPath, `${rig.logPath}.1`);
    truncateSync(rig.logPath);
    await log.until('the rotation', (line) => line.type === 'rotated' && line.how === 'TRUNCATED', from, 5_000);
    await call(rig, 'empty-b');
    await log.until(
      'an event after it',
      (line) => line.type === 'event' && line.class === 'CREDITS',
      from,
      WITHIN_MS * 3,
    );
  });
}
