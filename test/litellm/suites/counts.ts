import { beforeAll, describe, expect, test } from 'vitest';
import type { Snapshot } from '../../../src/watch/snapshot.ts';
import { FAULTS } from '../deployments.ts';
import { look } from '../watchtower.ts';
import { askHealth, classesOf, modelOf, openOf, withRig } from './fixtures.ts';

const PUBLIC_NAMES = [...new Set(FAULTS.map((one) => one.name))].sort();

/** Counts, states and causes, all read off one look at a proxy that has every fault at once. */
export function countsAndCauses(version: string): void {
  // LiteLLM's client repeats a 429 for some seconds: on a slow machine for more than the 6 s that a check has elsewhere.
  const bench = withRig({ version, deployments: FAULTS, healthTimeoutS: 12 });
  let snapshot: Snapshot;
  let code: number | null;
  let own: Awaited<ReturnType<typeof askHealth>>;

  beforeAll(async () => {
    const { rig, account } = bench();
    ({ snapshot, code } = await look(rig.url, { account, key: rig.masterKey }, ['--timeout', '40s']));
    own = await askHealth(rig);
  });

  describe('counts and states', () => {
    test('healthy and unhealthy are the counts of /health itself', () => {
      const { healthy, unhealthy, from } = snapshot.gateway.health;
      expect({ healthy, unhealthy, from }).toEqual({ healthy: own.healthy, unhealthy: own.unhealthy, from: 'PROBED' });
      expect(own.healthy + own.unhealthy).toBe(FAULTS.length);
    });

    test('every deployment stands under its public model name, wildcard and embedding too', () => {
      expect(snapshot.models.map((one) => one.name).sort()).toEqual(PUBLIC_NAMES);
      const listed = snapshot.models.flatMap((one) =>
        one.deployments.map((two) => `${one.name} ${two.id} ${two.model}`),
      );
      expect(listed.sort()).toEqual(FAULTS.map((one) => `${one.name} ${one.id} ${one.model}`).sort());
    });

    test('each deployment names its provider and the host behind it', () => {
      for (const one of snapshot.models.flatMap((model) => model.deployments)) {
        expect(one.provider, one.id).toBe(one.model.split('/')[0]);
        expect(one.host, one.id).toMatch(/^127\.0\.0\.1(:\d+)?$/);
      }
    });

    test('the list of models has each name of /v1/models once', async () => {
      const { body } = await bench().rig.ask('/v1/models');
      // An expanded wildcard holds some names twice.
      const names = (body as { data: { id: string }[] }).data.map((one) => one.id);
      expect(snapshot.gateway.modelsList.count).toBe(new Set(names).size);
    });

    test('a model is OK with all deployments up, DEGRADED with some, DOWN with none', () => {
      const expected = new Map(PUBLIC_NAMES.map((name) => [name, expectedState(name, own.up)]));
      const wrong = snapshot.models
        .filter((one) => expected.get(one.name) !== null && one.state !== expected.get(one.name))
        .map((one) => `${one.name}: ${one.state}, not ${expected.get(one.name)}`);
      expect(wrong).toEqual([]);
      expect([...new Set(expected.values())]).toEqual(expect.arrayContaining(['OK', 'DEGRADED', 'DOWN']));
      expect(modelOf(snapshot, 'half')).toMatchObject({ state: 'DEGRADED', up: 1, total: 2 });
    });

    test('each failed deployment has its class, a text without stack trace, and an age', () => {
      for (const one of snapshot.models.flatMap((model) => model.deployments)) {
        if (one.state !== 'DOWN') continue;
        expect(one.class, one.id).not.toBeNull();
        expect(one.text, one.id).toMatch(/\S/);
        expect(one.text, one.id).not.toMatch(/Traceback|stack trace|Have you set 'mode'/);
        expect(one.text?.length, one.id).toBeLessThanOrEqual(500);
        expect(one.ageS, one.id).toBeGreaterThanOrEqual(0);
      }
    });

    test('every endpoint shows its HTTP code, its response time and its age', () => {
      const { live, ready, modelsList, health, chat, key } = snapshot.gateway;
      for (const [name, one] of Object.entries({ live, ready, modelsList, health, chat })) {
        expect(one, name).toMatchObject({ status: 200, failure: null });
        expect(one.latencyMs, name).toBeGreaterThanOrEqual(0);
        expect(one.ageS, name).toBeGreaterThanOrEqual(0);
        expect(one.ageS, name).toBeLessThan(40);
      }
      expect(live).toMatchObject({ state: 'OK', p50Ms: live.latencyMs, maxMs: live.latencyMs });
      expect(ready).toMatchObject({ state: 'OK', database: 'NONE' });
      expect(key).toMatchObject({ state: 'OK', from: expect.stringContaining('LITELLM_MASTER_KEY') });
    });

    test('the release is told, and from where', () => {
      expect(snapshot.gateway.version).toMatchObject({ value: version, from: expect.stringMatching(/^\/|^x-litellm/) });
    });

    test('the gateway itself is OK, whatever its providers do, and lost models make it CRIT', () => {
      expect(snapshot.gateway.state).toBe('OK');
      expect(openOf(snapshot, 'SERVER')).toEqual([]);
      expect(snapshot.verdict).toMatchObject({ state: 'CRIT', exit: 2 });
      expect(code).toBe(2);
      const lost = snapshot.models.filter((one) => one.state === 'DOWN').map((one) => one.name);
      expect([...snapshot.verdict.models].sort()).toEqual(lost.sort());
    });
  });

  describe('one cause, one incident', () => {
    test('three models behind one empty account are one CREDITS incident that lists them', () => {
      const [incident, ...more] = openOf(snapshot, 'CREDITS').filter((one) => one.provider === 'openrouter');
      expect(more).toEqual([]);
      expect(incident).toMatchObject({ state: 'FIRING', family: 'MONEY', severity: 'crit', scope: 'provider' });
      expect([...(incident?.models ?? [])].sort()).toEqual(['empty-a', 'empty-b', 'empty-c']);
      expect([...(incident?.modelsLost ?? [])].sort()).toEqual(['empty-a', 'empty-b', 'empty-c']);
      expect(incident?.url).toMatch(/^https:\/\/openrouter\.ai\//);
      expect(incident?.fix).toMatch(/credit|top up/i);
    });

    test.each([
      ['anthropic', 'credit-anthropic', /console\.anthropic\.com|claude\.com|anthropic\.com/],
      ['deepseek', 'credit-deepseek', /deepseek\.com/],
      ['openai', 'quota', /openai\.com/],
    ])('an empty account at %s is CREDITS with that provider, its link and a next step', (provider, model, link) => {
      const [incident, ...more] = openOf(snapshot, 'CREDITS').filter((one) => one.provider === provider);
      expect(more).toEqual([]);
      expect(incident).toMatchObject({ models: [model], provider });
      expect(incident?.url).toMatch(link);
      expect(incident?.fix).not.toBe('');
    });

    test('a refused provider key is AUTH_PROVIDER and never AUTH_GATEWAY', () => {
      expect(openOf(snapshot, 'AUTH_PROVIDER')).toEqual([
        expect.objectContaining({ provider: 'openai', models: ['badkey-openai'], scope: 'provider' }),
      ]);
      expect(classesOf(snapshot)).not.toContain('AUTH_GATEWAY');
    });

    test('a rate 429 is not CREDITS, a quota 429 is', () => {
      expect(modelOf(snapshot, 'rate').class).toBe('RATE_LIMIT');
      expect(modelOf(snapshot, 'quota').class).toBe('CREDITS');
      expect(openOf(snapshot, 'RATE_LIMIT').flatMap((one) => one.models)).toContain('rate');
    });

    test.each([
      ['forbidden', ['PERMISSION', 'AUTH_PROVIDER']],
      ['gone', ['MODEL_NOT_FOUND']],
      ['late', ['TIMEOUT']],
      ['silent', ['TIMEOUT']],
      ['broken', ['PROVIDER_DOWN']],
      ['overloaded', ['PROVIDER_DOWN']],
      ['cut-off', ['CONNECTION']],
      ['no-listener', ['CONNECTION']],
      ['half', ['PROVIDER_DOWN']],
    ])('%s is of its own class', (model, classes) => {
      expect(classes).toContain(modelOf(snapshot, model).class);
    });

    test('no cause is listed twice', () => {
      const keys = snapshot.incidents.map((one) => one.key);
      expect(new Set(keys).size).toBe(keys.length);
    });

    test('an incident clears when its account is filled up again, and says until when it lasted', async () => {
      const { rig, account } = bench();
      for (const id of ['empty-a', 'empty-b', 'empty-c']) rig.upstream.set(id, 'good');
      const { snapshot: after } = await look(rig.url, { account, key: rig.masterKey }, ['--timeout', '40s']);
      expect(openOf(after, 'CREDITS').filter((one) => one.provider === 'openrouter')).toEqual([]);
      expect(modelOf(after, 'empty-a').state).toBe('OK');
    });
  });
}

/** By the proxy's own answer; null where that does not tell a deployment apart. */
function expectedState(name: string, up: ReadonlyMap<string, boolean>): 'OK' | 'DEGRADED' | 'DOWN' | null {
  const states = FAULTS.filter((one) => one.name === name).map((one) =>
    one.scenario === 'refused' ? false : up.get(one.id),
  );
  if (states.includes(undefined)) return null;
  if (states.every((one) => one === true)) return 'OK';
  return states.includes(true) ? 'DEGRADED' : 'DOWN';
}
