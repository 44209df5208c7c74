import { describe, expect, it } from 'vitest';
import { joinHealth, matchHealth } from '../../src/gateway/join.ts';
import { leastMs } from '../support/least-time.ts';
import { entry, info } from './support.ts';

const states = (rows: ReturnType<typeof joinHealth>) => rows.map((row) => row.entry?.healthy ?? null);

describe('which check speaks of which deployment', () => {
  it('the id decides, whatever else is alike', () => {
    const twins = [info({ id: 'a', model: 'm', host: 'h' }), info({ id: 'b', model: 'm', host: 'h' })];
    const checks = [
      entry({ id: 'b', model: 'm', host: 'h' }),
      entry({ id: 'a', model: 'm', host: 'h', healthy: false }),
    ];
    expect(states(joinHealth(twins, checks))).toEqual([false, true]);
  });

  it('without ids the provider string and the host decide', () => {
    const rows = joinHealth(
      [info({ id: 'a', model: 'm', host: 'h1' }), info({ id: 'b', model: 'm', host: 'h2' })],
      [entry({ model: 'm', host: 'h2' }), entry({ model: 'm', host: 'h1', healthy: false })],
    );
    expect(states(rows)).toEqual([false, true]);
  });

  it('twins of one name that differ are dealt out, so that its counts stay right', () => {
    const twins = ['a', 'b', 'c'].map((id) => info({ id, name: 'n', model: 'm', host: 'h' }));
    const checks = [true, false, true].map((healthy) => entry({ model: 'm', host: 'h', healthy }));
    expect(states(joinHealth(twins, checks)).filter((one) => one === true).length).toBe(2);
  });

  it('twins of different names that differ stay unknown: nobody can say which is which', () => {
    const twins = [info({ id: 'a', name: 'n1', model: 'm' }), info({ id: 'b', name: 'n2', model: 'm' })];
    const checks = [entry({ model: 'm' }), entry({ model: 'm', healthy: false })];
    const { rows, unmatched } = matchHealth(twins, checks);
    expect(states(rows)).toEqual([null, null]);
    expect(unmatched).toEqual(checks);
  });

  it('twins of different names that agree share their state', () => {
    const twins = [info({ id: 'a', name: 'n1', model: 'm' }), info({ id: 'b', name: 'n2', model: 'm' })];
    expect(states(joinHealth(twins, [entry({ model: 'm' }), entry({ model: 'm' })]))).toEqual([true, true]);
  });

  it('a wildcard takes the check that its host leaves over, by id where there is one', () => {
    const wild = info({ id: 'w', name: 'w/*', model: 'openai/*', host: 'h', wildcard: true });
    const plain = info({ id: 'p', model: 'openai/gpt', host: 'h' });
    const old = [
      entry({ model: 'openai/gpt', host: 'h' }),
      entry({ model: 'gpt-4.1-nano', host: 'h', healthy: false }),
    ];
    expect(states(joinHealth([wild, plain], old))).toEqual([false, true]);
    expect(states(joinHealth([wild, plain], [entry({ id: 'w', model: 'openai/container' })]))).toEqual([true, null]);
  });

  it('a deployment without a check is null, and a check without a deployment is unmatched', () => {
    const { rows, unmatched } = matchHealth([info({ id: 'a', model: 'm' })], [entry({ id: 'gone', model: 'x' })]);
    expect(states(rows)).toEqual([null]);
    expect(unmatched).toMatchObject([{ id: 'gone' }]);
  });

  it('an id that is not listed is never given to another deployment', () => {
    expect(states(joinHealth([info({ id: 'a', model: 'm' })], [entry({ id: 'z', model: 'm' })]))).toEqual([null]);
  });

  it('without the deployments the checks themselves are the rows, each with an id of its own', () => {
    const checks = [entry({ model: 'openai/m', host: 'h' }), entry({ model: 'openai/m', host: 'h', healthy: false })];
    const rows = joinHealth([], checks);
    expect(states(rows)).toEqual([true, false]);
    expect(new Set(rows.map((row) => row.info.id)).size).toBe(2);
    expect(rows[0]?.info).toMatchObject({ name: 'openai/m', provider: 'openai', host: 'h', inputCostPerToken: null });
  });

  it('5,000 deployments without ids are joined in a blink', () => {
    const many = Array.from({ length: 5_000 }, (_, n) => info({ id: `d${n}`, name: `n${n}`, model: `m${n}` }));
    const checks = many.map((one) => entry({ model: one.model }));
    expect(joinHealth(many, checks).every((row) => row.entry !== null)).toBe(true);
    expect(leastMs(() => joinHealth(many, checks), 300)).toBeLessThan(300);
  });
});
