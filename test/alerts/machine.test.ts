import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOf } from '../../src/alerts/identity.ts';
import { KEEP_RESOLVED_MS, observe, RECOUNT_MS } from '../../src/alerts/machine.ts';
import type { Identity, Incident, Incidents, Observation } from '../../src/alerts/types.ts';
import { literal } from '../../src/text/scrub.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-24T02:00:00Z');

function identity(name: string, scope: Identity['scope'] = 'provider', target = 'openrouter'): Identity {
  return { class: name, scope, target: literal(target), credential: literal('-') };
}

function bad(
  of: Identity,
  at: number,
  more: Partial<Extract<Observation, { kind: 'bad' }>> & { text?: string } = {},
): Observation {
  const { text = 'it failed', ...rest } = more;
  const cause = {
    family: 'MONEY',
    severity: 'crit',
    provider: of.target,
    models: [literal('claude-sonnet')],
    modelsLost: [],
    deployments: [],
    title: literal('a title'),
    fix: literal('a fix'),
    url: null,
    evidence: { at, source: 'health', text: literal(text) },
  } as const;
  const lists = { ...cause, models: [...cause.models], modelsLost: [], deployments: [] };
  return { kind: 'bad', nature: 'level', identity: of, at, cause: lists, times: 1, weight: 1, whole: true, ...rest };
}

function good(of: Identity, at: number): Observation {
  return { kind: 'good', identity: of, at, source: 'probe', text: literal('it works') };
}

/** Feeds observations one after the other, each at its own time. */
function live(observations: readonly Observation[], from: Incidents = new Map()): Incidents {
  return observations.reduce((incidents, one) => observe(incidents, [one], one.at), from);
}

function only(incidents: Incidents): Incident {
  expect(incidents.size).toBe(1);
  return [...incidents.values()][0] as Incident;
}

describe('an incident begins', () => {
  it('pending, and fires at the n-th bad observation in a row', () => {
    const server = identity('SERVER', 'gateway', 'localhost:4000');
    const at = (n: number) => START + n * 6_000;
    expect(only(live([bad(server, at(0))])).state).toBe('PENDING');
    expect(only(live([bad(server, at(0)), bad(server, at(1))])).state).toBe('PENDING');
    const fired = only(live([bad(server, at(0)), bad(server, at(1)), bad(server, at(2))]));
    expect(fired).toMatchObject({ state: 'FIRING', startedAt: at(0), confirmedAt: at(2), count: 3 });
  });

  it('firing at once where one probe is proof: an account without credit', () => {
    expect(only(live([bad(identity('CREDITS'), START)])).state).toBe('FIRING');
  });

  it('and is forgotten as a blip when a good observation comes before it fires', () => {
    const server = identity('SERVER', 'gateway');
    expect(live([bad(server, START), good(server, START + 6_000)]).size).toBe(0);
  });

  it('with two witnesses counting more than one: a closed port and no process fire at the second round', () => {
    const server = identity('SERVER', 'gateway');
    const rounds = [bad(server, START, { weight: 1.5 }), bad(server, START + 6_000, { weight: 1.5 })];
    expect(only(live(rounds)).state).toBe('FIRING');
  });

  it('from log records only when enough came within the window', () => {
    const credits = identity('CREDITS');
    const edge = (at: number, times = 1) => bad(credits, at, { nature: 'edge', whole: false, times });
    expect(only(live([edge(START)])).state).toBe('PENDING');
    expect(only(live([edge(START), edge(START + 4 * MINUTE)])).state).toBe('FIRING');
    expect(only(live([edge(START), edge(START + 6 * MINUTE)])).state).toBe('PENDING');
    expect(only(live([edge(START, 2)])).state).toBe('FIRING');
  });
});

describe('one blip', () => {
  it('counts once however often a held key asks again', () => {
    const server = identity('SERVER', 'gateway');
    const held = Array.from({ length: 40 }, (_, n) => bad(server, START + n * 100));
    expect(40 * 100).toBeLessThan(RECOUNT_MS);
    expect(only(live(held))).toMatchObject({ state: 'PENDING', count: 1 });
  });
});

describe('an incident ends', () => {
  it('for money and credentials only by a success, never by silence', () => {
    for (const name of ['CREDITS', 'AUTH_PROVIDER']) {
      const of = identity(name);
      const fired = live([bad(of, START)]);
      expect(only(observe(fired, [], START + 23 * 60 * MINUTE)).state).toBe('FIRING');
      expect(only(observe(fired, [good(of, START + MINUTE)], START + MINUTE)).state).toBe('RESOLVED');
    }
  });

  it('for the gateway after two good answers; one is RECOVERING, and a relapse is the same incident', () => {
    const server = identity('SERVER', 'gateway');
    const fired = live([0, 1, 2].map((n) => bad(server, START + n * 6_000)));
    const first = live([good(server, START + 20_000)], fired);
    expect(only(first)).toMatchObject({ state: 'RECOVERING', endedAt: START + 20_000 });
    const relapse = live([bad(server, START + 26_000)], first);
    expect(only(relapse)).toMatchObject({ state: 'FIRING', id: only(fired).id, endedAt: null });
    const resolved = live([good(server, START + 26_000)], first);
    expect(only(resolved)).toMatchObject({ state: 'RESOLVED', endedAt: START + 20_000 });
  });

  it('for a rate limit by time', () => {
    const rate = identity('RATE_LIMIT');
    const fired = live([bad(rate, START), bad(rate, START + MINUTE)]);
    expect(only(fired).state).toBe('FIRING');
    expect(only(observe(fired, [], START + 5 * MINUTE)).state).toBe('FIRING');
    expect(only(observe(fired, [], START + 6 * MINUTE + 1)).state).toBe('RESOLVED');
  });

  it('never by news that is older than its last bad observation', () => {
    const credits = identity('CREDITS');
    const fired = live([bad(credits, START)]);
    expect(only(observe(fired, [good(credits, START - 1)], START)).state).toBe('FIRING');
  });

  it('and is listed for a day, then forgotten; a new firing is a new incident', () => {
    const credits = identity('CREDITS');
    const over = live([bad(credits, START), good(credits, START + MINUTE)]);
    expect(observe(over, [], START + MINUTE + KEEP_RESOLVED_MS + 1).size).toBe(0);
    const again = only(live([bad(credits, START + 10 * MINUTE)], over));
    expect(again.state).toBe('FIRING');
    expect(again.id).not.toBe(only(over).id);
  });
});

describe('identity', () => {
  it('is class, scope, target and account, never the words', () => {
    const of = identity('CREDITS');
    const one = live([
      bad(of, START, { text: 'needs 5 USD' }),
      bad(of, START + MINUTE, { text: 'needs 7 USD, id 83a1' }),
    ]);
    expect(only(one).key).toBe('CREDITS|provider|openrouter|-');
    expect(only(one).evidence.map((item) => item.text)).toEqual(['needs 5 USD', 'needs 7 USD, id 83a1']);
    expect(keyOf({ ...of, target: literal('a|b') })).toBe('CREDITS|provider|a/b|-');
  });

  it('keeps the first evidence and the newest nine', () => {
    const of = identity('CREDITS');
    const many = Array.from({ length: 30 }, (_, n) => bad(of, START + n * MINUTE, { text: `text ${n}` }));
    const texts = only(live(many)).evidence.map((item) => item.text);
    expect(texts).toHaveLength(10);
    expect(texts[0]).toBe('text 0');
    expect(texts.at(-1)).toBe('text 29');
  });
});

describe('no data', () => {
  it('moves nothing', () => {
    const of = identity('CREDITS');
    const fired = live([bad(of, START)]);
    const blind: Observation = { kind: 'no-data', identity: of, at: START + MINUTE, why: literal('gateway down') };
    expect(observe(fired, [blind], START + MINUTE)).toBe(fired);
  });
});

describe('any history', () => {
  const step = fc.record({
    what: fc.constantFrom('level', 'edge', 'good', 'no-data', 'nothing'),
    name: fc.constantFrom('CREDITS', 'SERVER', 'RATE_LIMIT', 'DATABASE', 'MY_OWN'),
    wait: fc.integer({ min: 0, max: 20 * MINUTE }),
  });

  it('keeps times in order, counts growing, and one incident a key', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let incidents: Incidents = new Map();
        let now = START;
        for (const { what, name, wait } of steps) {
          now += wait;
          const of = identity(name);
          const observations: Observation[] =
            what === 'nothing'
              ? []
              : what === 'good'
                ? [good(of, now)]
                : what === 'no-data'
                  ? [{ kind: 'no-data', identity: of, at: now, why: literal('-') }]
                  : [bad(of, now, { nature: what, whole: what === 'level' })];
          const before = incidents;
          incidents = observe(incidents, observations, now);
          for (const [key, one] of incidents) {
            expect(key).toBe(keyOf(one));
            expect(one.startedAt).toBeLessThanOrEqual(one.lastBadAt);
            expect(one.confirmedAt ?? one.startedAt).toBeGreaterThanOrEqual(one.startedAt);
            if (one.state === 'FIRING' || one.state === 'RECOVERING') expect(one.confirmedAt).not.toBeNull();
            if (one.state === 'RESOLVED') expect(one.endedAt).not.toBeNull();
            const earlier = before.get(key);
            if (earlier?.id === one.id) expect(one.count).toBeGreaterThanOrEqual(earlier.count);
            if (earlier?.state === 'RESOLVED' && one.state !== 'RESOLVED') expect(one.id).not.toBe(earlier.id);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
