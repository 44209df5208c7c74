import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deployment, HEALTHY } from '../deployments.ts';
import { isAtLeast } from '../releases.ts';
import { MASTER_KEY, type Rig, startRig } from '../rig.ts';
import { newAccount, run } from '../watchtower.ts';
import { asked, end, lastOf, type Watch, watch } from './tapped.ts';

/** What may be asked on its own (design, section 3); nothing else, ever. */
const ALLOWED = [
  'GET /health/liveliness',
  'GET /health/readiness',
  'GET /health/readiness/details',
  'GET /health/latest',
  'GET /health/backlog',
  'GET /health',
  'GET /v1/models',
  'GET /v1/model/info',
  'GET /public/model_hub/info',
  'GET /metrics/',
  'POST /v1/chat/completions',
];
const OPEN = ['GET /health/liveliness', 'GET /health/readiness', 'GET /public/model_hub/info'];
const PAID = ['/health', '/v1/chat/completions'];

/** True when its newest snapshot counts every call: a question under way, or one since, stands on one side only. */
function isAllTold(one: Watch): boolean {
  const told = Date.parse(one.monitor.statuses().at(-1)?.at ?? '') || 0;
  return PAID.flatMap((path) => asked(one, path)).every(({ endedAt }) => endedAt !== null && endedAt < told);
}

/**
 * Watchtowers of every kind on one proxy for three minutes, all at once: with a key, without one, without paid probes and
 * without a budget. A shorter run, with the shortest chat interval, on releases that are not the newest.
 */
export function longRun(version: string, newest: boolean): void {
  const runMs = newest ? 180_000 : 75_000;
  const chatIntervalMs = newest ? 120_000 : 30_000;
  const chatArgs = newest ? [] : ['--chat-interval', '30s'];
  // Before 1.83 a wildcard is probed with LiteLLM's own models at their real providers: that fake cannot count.
  const countable = HEALTHY.filter((one) => isAtLeast(version, '1.83.0') || !one.name.includes('*'));
  const deployments = [...countable, deployment('rate', 'openai/gpt-3.5-turbo', '429-rate')];
  let rig: Rig;
  let log = '';
  let watches: Record<'keyed' | 'keyless' | 'unpaid' | 'penniless', Watch>;

  beforeAll(async () => {
    rig = await startRig({ version, deployments });
    const [keyed, keyless, unpaid, penniless] = await Promise.all([
      watch(rig, MASTER_KEY, chatArgs),
      watch(rig, null, chatArgs),
      watch(rig, MASTER_KEY, ['--no-paid-probes', ...chatArgs]),
      watch(rig, MASTER_KEY, ['--budget', '0', ...chatArgs]),
    ]);
    watches = { keyed, keyless, unpaid, penniless };
    // The run itself is the subject: three minutes are three minutes.
    await sleep(runMs);
    const last = Date.now() + 60_000;
    while (!isAllTold(keyed) && Date.now() < last) await sleep(100);
    await Promise.all(Object.values(watches).map(end));
    log = rig.log();
  });
  afterAll(async () => {
    await rig?.stop();
    for (const one of Object.values(watches ?? {})) one.account.remove();
  });

  describe('wallet', () => {
    test('the provider was called as often as the wallet says; repeats inside LiteLLM come on top', () => {
      const { calls } = lastOf(watches.keyed).wallet;
      const first = rig.upstream.calls().filter((one) => !one.retry);
      const repeats = rig.upstream.calls().filter((one) => one.retry);
      const rounds = asked(watches.keyed, '/health').length;
      const chats = asked(watches.keyed, '/v1/chat/completions').length;
      expect(first).toHaveLength(calls);
      expect(calls).toBe(rounds * deployments.length + chats);
      expect(rounds).toBeGreaterThan(0);
      expect(new Set(repeats.map((one) => one.deployment))).toEqual(new Set(['rate']));
    });

    test('the chat probe came at its interval', () => {
      const times = asked(watches.keyed, '/v1/chat/completions').map((one) => one.startedAt);
      expect(times.length).toBeGreaterThanOrEqual(Math.floor(runMs / chatIntervalMs) + 1);
      for (const [index, at] of times.slice(1).entries()) {
        const gap = at - (times[index] ?? 0);
        expect(gap).toBeGreaterThan(chatIntervalMs * 0.85);
        expect(gap).toBeLessThan(chatIntervalMs * 1.15);
      }
    });

    test.each(['unpaid', 'penniless', 'keyless'] as const)('%s: nothing that costs money was asked', (name) => {
      const one = watches[name];
      expect(PAID.flatMap((path) => asked(one, path))).toEqual([]);
      expect(lastOf(one).wallet).toMatchObject({ calls: 0, estimatedUsd: 0 });
    });

    test('with a budget of 0 the refusal is shown', () => {
      const { wallet, gateway } = lastOf(watches.penniless);
      expect(wallet.refused).toBeGreaterThan(0);
      expect(wallet.lastRefusal).toContain('--budget');
      expect(gateway.health.why).toContain('--budget');
    });

    test('the estimate says which deployments LiteLLM asks again by itself', () => {
      expect(lastOf(watches.keyed).wallet.repeated).toBe(1);
    });
  });

  describe('nothing harmful', () => {
    test('with a key only the known endpoints were asked', () => {
      expect(watches.keyed.tap.endpoints().filter((one) => !ALLOWED.includes(one))).toEqual([]);
      // A wildcard's own row is asked for by its id: 1.106 lists only what it stands for.
      const queried = watches.keyed.tap.requests().filter((one) => one.query !== '');
      expect(queried.filter((one) => one.path !== '/v1/model/info')).toEqual([]);
      expect(watches.keyed.tap.endpoints()).toEqual(expect.arrayContaining(['GET /health', 'GET /v1/models', ...OPEN]));
    });

    test('without a key only the three open ones, and none of them with a key', () => {
      expect(watches.keyless.tap.endpoints()).toEqual(OPEN);
      expect(watches.keyless.tap.requests().every((one) => !one.keyed)).toBe(true);
    });

    test('the key went only to endpoints that need it', () => {
      const wrong = watches.keyed.tap
        .requests()
        .filter((one) => one.keyed === OPEN.includes(`${one.method} ${one.path}`));
      expect(wrong.map((one) => one.path)).toEqual([]);
    });

    test('the log of the proxy holds no ERROR that the watchtower caused', () => {
      expect(log.split('\n').filter((line) => /ERROR|CRITICAL|Traceback/.test(line))).toEqual([]);
    });

    test('the key is in no output, no state file and no argument list', () => {
      for (const [name, one] of Object.entries(watches)) {
        expect(one.account.written().includes(MASTER_KEY), name).toBe(false);
        expect(one.argv.join(' '), name).not.toContain(MASTER_KEY);
        expect(one.argv[0], name).toContain('watchtower');
        expect(one.finished, name).toMatchObject({ code: 143, stderr: '' });
      }
    });

    test.each(['exception', 'rejection'])('the key is not in the text of a crash by an %s', async (by) => {
      const account = newAccount();
      const env = { NODE_OPTIONS: `--import=${join(import.meta.dirname, '../crash.ts')}`, CRASH_BY: by };
      const { code, stdout, stderr } = await run(['monitor', '--no-paid-probes', '--for', '20s'], {
        account,
        key: MASTER_KEY,
        env,
      });
      account.remove();
      expect(stderr).toContain('boom');
      expect(stdout + stderr).not.toContain(MASTER_KEY);
      expect(code).not.toBe(0);
    });
  });
}
