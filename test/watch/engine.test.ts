import { describe, expect, it } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../src/diagnosis/types.ts';
import type { LogEvent } from '../../src/logs/types.ts';
import { literal } from '../../src/text/scrub.ts';
import { createEngine } from '../../src/watch/create-engine.ts';
import { lookOnce } from '../../src/watch/look-once.ts';
import type { Snapshot } from '../../src/watch/snapshot.ts';
import { deployment, type FakeWorld, fakeWorld, gatewayProcess } from '../support/fake-world.ts';

function started(world: FakeWorld) {
  const engine = createEngine(world.options, world.deps);
  return {
    engine,
    snapshot: () => engine.current() as Snapshot,
    count: (name: string) => world.asked.filter((one) => one === name).length,
  };
}

function logEvent(id: number, { clock, deps }: FakeWorld): LogEvent {
  const text = literal('Insufficient credits');
  return {
    id,
    at: clock.now(),
    atFrom: 'line',
    level: 'ERROR',
    diagnosis: deps.diagnose({ text, source: 'log', now: clock.now() }) as Diagnosis,
    text,
    record: text,
    lines: 1,
    count: 1,
    lastAt: clock.now(),
    path: literal('/log'),
    offset: 0,
    old: false,
  };
}

function withoutKey(world: FakeWorld): FakeWorld {
  world.options = { ...world.options, hasKey: false, view: { ...world.options.view, hasKey: false, keyFrom: null } };
  return world;
}

describe('the schedule', () => {
  it('asks what costs money seldom: one /health at the start and every 5 minutes, a chat probe every 2', async () => {
    const world = fakeWorld();
    const { engine, count } = started(world);
    await world.clock.advance(299_000);
    expect([count('health'), count('chat')]).toEqual([1, 3]);
    await world.clock.advance(5_000);
    expect(count('health')).toBe(2);
    await engine.stop();
  });

  it('asks /health as soon as a gateway answers that did not when we came, and once after an outage that it fell into', async () => {
    const world = fakeWorld();
    world.broken = { all: 'REFUSED' };
    const { engine, count } = started(world);
    await world.clock.advance(20_000);
    expect(count('health')).toBe(0);
    world.broken = {};
    await world.clock.advance(40_000);
    expect(count('health')).toBe(1);
    world.broken = { health: 'RESET' };
    await world.clock.advance(300_000);
    expect(count('health')).toBe(2);
    world.broken = { all: 'REFUSED' };
    await world.clock.advance(10_000);
    world.broken = {};
    await world.clock.advance(10_000);
    expect(count('health')).toBe(3);
    await world.clock.advance(250_000);
    expect(count('health')).toBe(3);
    await engine.stop();
  });

  it('asks at once where we have a key, but what costs money only when the settings are known', async () => {
    const world = fakeWorld();
    const told = Promise.withResolvers<void>();
    const { settings } = world.deps.host;
    world.deps.host.settings = () => told.promise.then(settings);
    const { engine, count } = started(world);
    await world.clock.advance(1_000);
    expect([count('models'), count('modelInfo'), count('health'), count('chat')]).toEqual([1, 1, 0, 0]);
    told.resolve();
    await world.clock.advance(1_000);
    expect([count('health'), count('chat')]).toEqual([1, 1]);
    await engine.stop();
  });

  it('tells of mere figures seldom, and of a process or a log event that came at once', async () => {
    const world = fakeWorld();
    const { engine } = started(world);
    await world.clock.advance(60_000);
    const told: Snapshot[] = [];
    engine.subscribe((snapshot) => told.push(snapshot));
    await world.clock.advance(60_000);
    // 12 looks at liveliness, what is asked once or twice a minute, and in between the figures.
    expect(told.length).toBeGreaterThanOrEqual(20);
    expect(told.length).toBeLessThanOrEqual(32);
    told.length = 0;
    world.processes = [gatewayProcess(100), gatewayProcess(101, { role: 'worker', ppid: 100 })];
    await world.clock.advance(2_450);
    expect(told.some(({ processes }) => processes.length === 2)).toBe(true);
    world.events.push(logEvent(1, world));
    await world.clock.advance(1_500);
    expect(told.some(({ logs }) => logs.events.length === 1)).toBe(true);
    await engine.stop();
  });

  it('asks liveliness every 5 s, and every second while something is wrong', async () => {
    const world = fakeWorld();
    const { engine, count } = started(world);
    await world.clock.advance(60_000);
    const well = count('liveliness');
    expect(well).toBeGreaterThanOrEqual(12);
    expect(well).toBeLessThanOrEqual(14);
    world.broken = { all: 'REFUSED' };
    await world.clock.advance(60_000);
    expect(count('liveliness') - well).toBeGreaterThan(50);
    await engine.stop();
  });

  it('asks for the version again in the next round where the first question failed, and when the gateway is back', async () => {
    const world = fakeWorld();
    world.broken = { hub: 'FIRST_BYTE_TIMEOUT' };
    const { engine, snapshot, count } = started(world);
    await world.clock.advance(5_000);
    expect([count('hub'), snapshot().gateway.version]).toEqual([1, null]);
    world.broken = {};
    await world.clock.advance(35_000);
    expect([count('hub'), snapshot().gateway.version?.value]).toEqual([2, '1.106.2']);
    await world.clock.advance(120_000);
    expect(count('hub')).toBe(2);
    world.broken = { all: 'REFUSED' };
    await world.clock.advance(20_000);
    world.broken = {};
    await world.clock.advance(20_000);
    expect(count('hub')).toBe(3);
    await engine.stop();
  });

  it('never has two /health at once, even when one is asked by hand meanwhile', async () => {
    const world = fakeWorld();
    let present = 0;
    let most = 0;
    const { health } = world.deps.client;
    world.deps.client.health = async (signal) => {
      present += 1;
      most = Math.max(most, present);
      await new Promise<void>((resolve) => world.clock.after(20_000, resolve));
      present -= 1;
      return health(signal);
    };
    const { engine, count } = started(world);
    for (let n = 0; n < 30; n += 1) {
      await world.clock.advance(1_000);
      engine.send({ kind: 'refresh' });
    }
    await world.clock.advance(60_000);
    expect(most).toBe(1);
    expect(count('health')).toBeGreaterThanOrEqual(2);
    await engine.stop();
  });

  it('asks a gateway that answers from its background cache every interval, and pays no more for it', async () => {
    const world = fakeWorld();
    world.healthMs = 5;
    const { engine, count, snapshot } = started(world);
    await world.clock.advance(65_000);
    expect(snapshot().gateway.health.from).toBe('BACKGROUND');
    const paid = snapshot().wallet.calls;
    await world.clock.advance(300_000);
    expect(count('health')).toBeGreaterThan(10);
    expect(snapshot().wallet.calls - paid).toBe(count('chat') - 1);
    await engine.stop();
  });

  it('without a key asks only what is open', async () => {
    const world = withoutKey(fakeWorld());
    const { engine, snapshot } = started(world);
    await world.clock.advance(400_000);
    expect(new Set(world.asked)).toEqual(new Set(['liveliness', 'readiness', 'hub']));
    expect(snapshot().gateway.key.state).toBe('MISSING');
    expect(snapshot().verdict.state).toBe('UNKNOWN');
    await engine.stop();
  });

  it('without a key asks the rest too where the gateway is known to need none', async () => {
    const world = withoutKey(fakeWorld());
    world.runsWithoutKey = true;
    const { engine, snapshot } = started(world);
    await world.clock.advance(10_000);
    expect(snapshot().gateway.key.state).toBe('NOT_NEEDED');
    expect(snapshot().models).toHaveLength(2);
    await engine.stop();
  });
});

describe('a refresh by hand', () => {
  it('asks everything at once, and held down starts a round every 2 s at most', async () => {
    const world = fakeWorld();
    const { engine, count } = started(world);
    await world.clock.advance(10_000);
    const before = count('models');
    for (let n = 0; n < 100; n += 1) {
      engine.send({ kind: 'refresh' });
      await world.clock.advance(100);
    }
    const rounds = count('models') - before;
    expect(rounds).toBeGreaterThanOrEqual(4);
    expect(rounds).toBeLessThanOrEqual(6);
    await engine.stop();
  });

  it('spends nothing beyond the wallet', async () => {
    const world = fakeWorld();
    world.options = {
      ...world.options,
      view: { ...world.options.view, limits: { capUsd: 0.1, capCalls: 7, paidProbes: true } },
    };
    const { engine, count, snapshot } = started(world);
    for (let n = 0; n < 60; n += 1) {
      engine.send({ kind: 'refresh' });
      await world.clock.advance(1_000);
    }
    expect(count('health') * 2 + count('chat')).toBe(snapshot().wallet.calls);
    expect(snapshot().wallet.calls).toBeLessThanOrEqual(7);
    expect(snapshot().wallet.refused).toBeGreaterThan(0);
    expect(snapshot().gateway.health.why).toContain('are left today');
    await engine.stop();
  });
});

describe('paid probes', () => {
  it('are never made with --no-paid-probes, and the verdict is of the rest', async () => {
    const world = fakeWorld();
    world.options = {
      ...world.options,
      view: { ...world.options.view, limits: { capUsd: 0.1, capCalls: 1000, paidProbes: false } },
    };
    const { engine, count, snapshot } = started(world);
    await world.clock.advance(600_000);
    expect([count('health'), count('chat')]).toEqual([0, 0]);
    expect(snapshot().gateway.health).toMatchObject({ from: 'NOT_ASKED', healthy: null });
    expect(snapshot().models.map((one) => [one.state, one.up])).toEqual([
      ['UNKNOWN', null],
      ['UNKNOWN', null],
    ]);
    expect(snapshot().verdict).toMatchObject({ state: 'OK' });
    expect(snapshot().verdict.summary).toContain('not probed');
    await engine.stop();
  });

  it('rest while the gateway does not answer', async () => {
    const world = fakeWorld();
    world.broken = { all: 'REFUSED' };
    const { engine, count } = started(world);
    await world.clock.advance(600_000);
    expect([count('health'), count('chat')]).toEqual([0, 0]);
    await engine.stop();
  });
});

describe('one cause', () => {
  it('is one incident that lists its models, says which were lost, and clears on a success', async () => {
    const world = fakeWorld();
    world.deployments = [
      deployment('a', 'claude'),
      deployment('b', 'gemini'),
      deployment('c', 'claude', 'anthropic/claude'),
      deployment('d', 'gpt-4o', 'openai/gpt-4o'),
    ];
    for (const id of ['a', 'b']) world.errors.set(id, { status: 402, text: 'Insufficient credits' });
    const { engine, snapshot } = started(world);
    await world.clock.advance(2_000);
    expect(snapshot().incidents).toMatchObject([
      {
        class: 'CREDITS',
        state: 'FIRING',
        severity: 'crit',
        target: 'openrouter',
        models: ['claude', 'gemini'],
        modelsLost: ['gemini'],
      },
    ]);
    expect(snapshot().verdict).toMatchObject({
      state: 'CRIT',
      exit: 2,
      class: 'CREDITS',
      provider: 'openrouter',
      models: ['gemini'],
    });
    expect(snapshot().models.map((one) => [one.name, one.state, one.up])).toEqual([
      ['gemini', 'DOWN', 0],
      ['claude', 'DEGRADED', 1],
      ['gpt-4o', 'OK', 1],
    ]);
    world.errors.clear();
    await world.clock.advance(3_000);
    engine.send({ kind: 'refresh' });
    await world.clock.advance(2_000);
    expect(snapshot().incidents).toMatchObject([{ class: 'CREDITS', state: 'RESOLVED' }]);
    expect(snapshot().verdict.state).toBe('OK');
    await engine.stop();
  });

  it('partly down with none lost is a warning without models', async () => {
    const world = fakeWorld();
    world.deployments = [deployment('a', 'claude'), deployment('c', 'claude', 'anthropic/claude')];
    world.errors.set('a', { status: 402, text: 'Insufficient credits' });
    const { engine, snapshot } = started(world);
    await world.clock.advance(2_000);
    expect(snapshot().verdict).toMatchObject({ state: 'WARN', exit: 1, models: [] });
    await engine.stop();
  });

  it('an artefact of the probe raises nothing', async () => {
    const world = fakeWorld();
    world.errors.set('a', { status: 400, text: 'artefact' });
    const { engine, snapshot } = started(world);
    await world.clock.advance(2_000);
    expect(snapshot().models[0]).toMatchObject({ name: 'claude-sonnet', state: 'PROBE_ARTEFACT' });
    expect(snapshot().incidents).toEqual([]);
    await engine.stop();
  });
});

describe('a gateway that goes', () => {
  it('is down after the policy, makes models UNKNOWN, and hides nothing that fires already', async () => {
    const world = fakeWorld();
    world.errors.set('a', { status: 402, text: 'Insufficient credits' });
    const { engine, snapshot } = started(world);
    await world.clock.advance(3_000);
    world.broken = { all: 'REFUSED' };
    world.processes = [];
    await world.clock.advance(20_000);
    expect(snapshot().gateway.state).toBe('DOWN');
    expect(snapshot().models.every((one) => one.state === 'UNKNOWN')).toBe(true);
    expect(snapshot().incidents.map((one) => [one.class, one.state])).toEqual([
      ['CREDITS', 'FIRING'],
      ['SERVER', 'FIRING'],
    ]);
    expect(snapshot().verdict.summary).toMatch(/openrouter|gateway/i);
    await engine.stop();
  });

  it('is DRAINING while its process finishes what it has, STARTING while a young one has no listener', async () => {
    const world = fakeWorld();
    const { engine, snapshot } = started(world);
    await world.clock.advance(10_000);
    world.broken = { all: 'REFUSED' };
    await world.clock.advance(6_000);
    expect(snapshot().gateway.state).toBe('DRAINING');
    expect(snapshot().verdict).toMatchObject({ state: 'WARN', class: 'SERVER' });
    world.processes = [gatewayProcess(200, { startedAt: world.clock.now() })];
    await world.clock.advance(3_000);
    expect(snapshot().gateway.state).toBe('STARTING');
    await world.clock.advance(100_000);
    expect(snapshot().gateway.state).toBe('DOWN');
    await engine.stop();
  });

  it('is WEDGED when liveliness answers and nothing else does', async () => {
    const world = fakeWorld();
    world.broken = { readiness: 'FIRST_BYTE_TIMEOUT', models: 'FIRST_BYTE_TIMEOUT' };
    const { engine, snapshot } = started(world);
    await world.clock.advance(20_000);
    expect(snapshot().gateway.state).toBe('WEDGED');
    expect(snapshot().verdict).toMatchObject({ state: 'CRIT', class: 'SERVER' });
    await engine.stop();
  });
});

describe('our own key', () => {
  it('refused is an incident of the watcher, a warning, and no outage', async () => {
    const world = fakeWorld();
    world.broken = { models: 'KEY_REJECTED', modelInfo: 'KEY_REJECTED' };
    const { engine, snapshot, count } = started(world);
    await world.clock.advance(5_000);
    expect(snapshot().gateway).toMatchObject({ state: 'OK', key: { state: 'REJECTED' } });
    expect(snapshot().incidents).toMatchObject([{ class: 'AUTH_GATEWAY', scope: 'watcher', severity: 'warn' }]);
    expect(snapshot().verdict).toMatchObject({ state: 'WARN', class: 'AUTH_GATEWAY' });
    expect(count('health')).toBe(0);
    await engine.stop();
  });
});

describe('a worker that dies', () => {
  it('is an incident at info that says which became which, and counts once', async () => {
    const world = fakeWorld();
    const { engine, snapshot } = started(world);
    await world.clock.advance(5_000);
    world.replacements = [{ at: world.clock.now(), role: 'worker', gonePid: 101, newPid: 133 }];
    await world.clock.advance(5_000);
    expect(snapshot().incidents).toMatchObject([{ class: 'RESTART', severity: 'info', state: 'FIRING', count: 1 }]);
    expect(snapshot().incidents[0]?.title).toBe('worker 101 is gone, 133 took its place');
    expect(snapshot().verdict).toMatchObject({ state: 'OK', exit: 0, class: 'RESTART' });
    await engine.stop();
  });

  it.each([
    ['younger than the others by seconds: it took a place', 4_000, 60_000, 1],
    ['as old as the others but for a second', 59_000, 60_000, 0],
    ['younger than the others, yet in place for long', 3_600_000, 7_200_000, 0],
  ])('before the first look is told by its successor: a worker %s', async (_, ageMs, othersMs, count) => {
    const world = fakeWorld();
    const worker = (pid: number, age: number) =>
      gatewayProcess(pid, { role: 'worker', startedAt: world.clock.now() - age });
    world.processes = [gatewayProcess(100), worker(101, othersMs), worker(133, ageMs)];
    const { engine, snapshot } = started(world);
    await world.clock.advance(5_000);
    const restarts = snapshot().incidents.filter((one) => one.class === 'RESTART');
    expect(restarts).toHaveLength(count);
    for (const one of restarts) {
      expect(one.title).toBe('worker 133 took the place of one that went before the first look');
      expect(one.since).toBe(new Date(world.processes[2]?.startedAt ?? 0).toISOString());
    }
    await engine.stop();
  });
});

describe('the chat probe', () => {
  it('rests after a 402 until the cause clears', async () => {
    const world = fakeWorld();
    world.deployments = [deployment('a', 'claude')];
    world.errors.set('a', { status: 402, text: 'Insufficient credits' });
    const { engine, count, snapshot } = started(world);
    await world.clock.advance(290_000);
    expect(count('chat')).toBe(1);
    expect(snapshot().gateway.chat.why).toBe('rests after CREDITS until that clears');
    world.errors.clear();
    await world.clock.advance(260_000);
    expect(count('chat')).toBeGreaterThanOrEqual(2);
    await engine.stop();
  });
});

describe('one look', () => {
  it('judges by what it saw: an outage that needs more observations is pending and counts all the same', async () => {
    const world = fakeWorld();
    world.broken = { all: 'REFUSED' };
    world.processes = [];
    world.options = { ...world.options, view: { ...world.options.view, mode: 'once' } };
    const looking = lookOnce(world.options, world.deps, 20_000);
    await world.clock.advance(1_000);
    const snapshot = await looking;
    expect(snapshot.incidents).toMatchObject([{ class: 'SERVER', state: 'PENDING' }]);
    expect(snapshot.verdict).toMatchObject({ state: 'CRIT', exit: 2, class: 'SERVER' });
  });

  it('is whole within its time, with what is missing named, and makes one /health at most', async () => {
    const world = fakeWorld();
    world.deps.client.health = () => {
      world.asked.push('health');
      return new Promise(() => {});
    };
    const looking = lookOnce(world.options, world.deps, 20_000);
    await world.clock.advance(20_000);
    const snapshot = await looking;
    expect(snapshot.watchtower.problems[0]).toMatchObject({
      code: 'TIMEOUT',
      text: 'no answer within 20 s (--timeout): /health',
    });
    expect(world.asked.filter((one) => one === 'health')).toHaveLength(1);
    expect(snapshot.gateway.live.state).toBe('OK');
  });

  it('asks what costs money while readiness has not answered', async () => {
    const world = fakeWorld();
    world.deps.client.readiness = () => new Promise(() => {});
    const looking = lookOnce(world.options, world.deps, 20_000);
    await world.clock.advance(1_000);
    expect(world.asked).toEqual(expect.arrayContaining(['health', 'chat']));
    await world.clock.advance(20_000);
    expect((await looking).watchtower.problems[0]?.text).toContain('readiness');
  });

  it('rests for a second look at the machine and its processes, no longer than their figures need', async () => {
    const ended = async (world: FakeWorld, ms: number): Promise<boolean> => {
      let done = false;
      void lookOnce(world.options, world.deps, 20_000).then(() => {
        done = true;
      });
      await world.clock.advance(ms);
      return done;
    };
    expect(await ended(fakeWorld(), 90)).toBe(false);
    expect(await ended(fakeWorld(), 110)).toBe(true);
    expect(await ended(Object.assign(fakeWorld(), { processes: [] }), 90)).toBe(false);
    expect(await ended(Object.assign(fakeWorld(), { processes: [] }), 110)).toBe(true);
  });
});

describe('an entry of /health that failed', () => {
  it('is a row that is down and an incident, even where its text says nothing of a failure', async () => {
    const world = fakeWorld();
    world.deps.diagnose = createDiagnose();
    world.errors.set('a', { status: 0, text: '{"model": "claude", "last_error": null}' });
    const { engine, snapshot } = started(world);
    await world.clock.advance(5_000);
    expect(snapshot().models.find(({ name }) => name === 'claude-sonnet')).toMatchObject({
      state: 'DOWN',
      class: 'UNKNOWN',
    });
    expect(snapshot().incidents.map((one) => [one.class, one.models])).toEqual([['UNKNOWN', ['claude-sonnet']]]);
    await engine.stop();
  });

  it('is a row that is down where the user ignores its text', async () => {
    const world = fakeWorld();
    world.deps.diagnose = createDiagnose({ ignore: [{ match: 'flux', kind: 'words', source: null }] });
    world.errors.set('a', { status: 500, text: 'flux' });
    const { engine, snapshot } = started(world);
    await world.clock.advance(5_000);
    expect(snapshot().models.find(({ name }) => name === 'claude-sonnet')).toMatchObject({
      state: 'DOWN',
      class: 'UNKNOWN',
    });
    expect(snapshot().incidents).toEqual([]);
    await engine.stop();
  });
});
