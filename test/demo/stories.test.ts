import { describe, expect, it } from 'vitest';
import { health, readiness } from '../../src/demo/answers.ts';
import { FLEET, MODEL_NAMES } from '../../src/demo/fleet.ts';
import { STORIES, sceneAt, storyNamed, turnsOf } from '../../src/demo/stories.ts';
import { createTraffic } from '../../src/demo/traffic.ts';

const scene = (name: string, second: number) => {
  const story = storyNamed(name);
  if (story === undefined) throw new Error(name);
  return sceneAt(story, second * 1000);
};
const unhealthyIn = (name: string, second: number): string[] => {
  const { unhealthy_endpoints: list } = health(scene(name, second)).body as {
    unhealthy_endpoints: { model_id: string }[];
  };
  return list.map((one) => one.model_id);
};

describe('stories', () => {
  it('are the seven that are promised, the default first, each with its own name and a line', () => {
    const names = STORIES.map((story) => story.name);
    expect(names[0]).toBe('empty-wallet');
    expect([...names].sort()).toEqual([
      'bad-key',
      'database-lost',
      'empty-wallet',
      'gateway-dies',
      'healthy',
      'rate-storm',
      'worker-dies',
    ]);
    for (const story of STORIES) expect(story.summary).toMatch(/^[^\n]{10,100}$/);
  });

  it.each<[string, number, string[]]>([
    ['healthy', 0, []],
    ['healthy', 1_000, []],
    ['empty-wallet', 9.9, []],
    ['empty-wallet', 10, ['dep-claude-sonnet', 'dep-deepseek-chat', 'dep-llama-70b']],
    ['empty-wallet', 119, ['dep-claude-sonnet', 'dep-deepseek-chat', 'dep-llama-70b']],
    ['empty-wallet', 120, []],
    ['rate-storm', 9, []],
    ['rate-storm', 60, ['dep-gpt-4o-a', 'dep-gpt-4o-mini']],
    ['rate-storm', 200, []],
    ['gateway-dies', 20, []],
    ['worker-dies', 20, []],
    ['database-lost', 20, []],
    ['bad-key', 20, []],
  ])('%s after %d s', (name, second, unhealthy) => {
    expect(unhealthyIn(name, second)).toEqual(unhealthy);
  });

  it('lose the database in one only, with 503 and a status that still says healthy', () => {
    for (const { name } of STORIES) {
      const { status, body } = readiness(scene(name, 30));
      expect([status, (body as { db: string }).db]).toEqual(
        name === 'database-lost' ? [503, 'disconnected'] : [200, 'connected'],
      );
      expect(body).toHaveProperty('status', 'healthy');
    }
    expect(readiness(scene('database-lost', 151)).status).toBe(200);
  });

  it('begin their incident when they say so, well within the first minute', () => {
    for (const { incidentAtMs, faults, gatewayGone, workerKillsMs, keyRefused } of STORIES) {
      const begins = [
        ...faults.map((one) => one.fromMs),
        gatewayGone?.fromMs,
        workerKillsMs[0],
        keyRefused ? 0 : undefined,
      ];
      expect(begins.find((one) => one !== undefined) ?? null).toBe(incidentAtMs);
      expect(incidentAtMs ?? 0).toBeLessThanOrEqual(15_000);
    }
  });

  it('check in the background again at each change', () => {
    expect(turnsOf(storyNamed('empty-wallet') as (typeof STORIES)[number])).toEqual([10_000, 120_000]);
    expect(turnsOf(storyNamed('healthy') as (typeof STORIES)[number])).toEqual([]);
  });

  it('leave eight of eleven models fine when the wallet is empty', () => {
    const lost = FLEET.filter((one) => one.account === 'openrouter').map((one) => one.name);
    expect([MODEL_NAMES.length, new Set(lost).size]).toEqual([11, 3]);
  });
});

describe('traffic', () => {
  it('calls every model that callers use, and each failure stands in the log as a record', () => {
    const next = createTraffic();
    const dry = scene('empty-wallet', 30);
    const traces = Array.from({ length: 120 }, () => next(dry, new Date()));
    const failed = traces.filter((one) => one.stdout.includes('402 Payment Required'));
    expect(failed).toHaveLength(30);
    for (const one of failed)
      expect(one.stderr).toMatch(/^\d\d:\d\d:\d\d - LiteLLM Proxy:ERROR: .*Insufficient credits/);
    expect(traces.filter((one) => one.stdout.includes('" 200 OK'))).toHaveLength(90);
  });

  it('shows a lost database as callers see it: 401, with the reason in the log', () => {
    const { stdout, stderr } = createTraffic()(scene('database-lost', 30), new Date());
    expect(stdout).toContain('401 Unauthorized');
    expect(stderr).toContain('LiteLLM Prisma Client Exception');
  });

  it('writes no error while all is well', () => {
    const next = createTraffic();
    const calm = scene('healthy', 30);
    expect(Array.from({ length: 50 }, () => next(calm, new Date()).stderr).join('')).toBe('');
  });
});
