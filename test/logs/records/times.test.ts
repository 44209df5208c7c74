import { describe, expect, it } from 'vitest';
import { createTimekeeper, timeOf } from '../../../src/logs/records/head-time.ts';

const at = (hours: number, minutes: number, seconds = 0, day = 24): number =>
  new Date(2026, 10, day, hours, minutes, seconds).getTime();

describe('the time of a record', () => {
  it.each<[string, string | null, number, number, string]>([
    ['a time of day is that of today', '08:14:02', at(8, 14, 5), at(8, 14, 2), 'line'],
    ['just after midnight it may be of yesterday', '23:59:58', at(0, 0, 3), at(23, 59, 58, 23), 'line'],
    ['a clock that runs ahead a little is believed', '08:15:00', at(8, 14, 5), at(8, 15, 0), 'line'],
    [
      'another zone is not: what would be hours ahead is taken as it comes',
      '14:14:02',
      at(8, 14, 5),
      at(8, 14, 5),
      'received',
    ],
    ['none is the time at which it came', null, at(8, 14, 5), at(8, 14, 5), 'received'],
    ['a date without a zone is of this machine', '2026-11-24 08:14:02,250', at(9, 0), at(8, 14, 2) + 250, 'line'],
    [
      'a zone is heeded',
      '2026-11-24T08:14:02+02:00',
      Date.UTC(2026, 10, 24, 7),
      Date.UTC(2026, 10, 24, 6, 14, 2),
      'line',
    ],
    [
      'gunicorn writes it so',
      '2026-11-24 08:14:02 +0000',
      Date.UTC(2026, 10, 24, 9),
      Date.UTC(2026, 10, 24, 8, 14, 2),
      'line',
    ],
    ['nonsense is none', '99:99', at(8, 14, 5), at(8, 14, 5), 'received'],
  ])('%s', (_, text, received, expected, from) => {
    expect(timeOf(text, null, received)).toEqual({ at: expected, from });
  });

  it('is the stamp of the source where it has one', () => {
    const stamp = { at: 1_000, from: 'journal' } as const;
    expect(timeOf('08:14:02', stamp, at(9, 0))).toEqual(stamp);
  });
});

describe('the times of a source', () => {
  const record = (received: number, more: object = {}) => ({ prefix: '', stamp: null, received, old: false, ...more });
  const bare = (time: string | null) => ({ time });

  it('that lag by whole quarters of an hour are of another zone: the time of receipt is told', () => {
    const keeper = createTimekeeper(at(10, 0));
    const first = at(10, 0, 30);
    expect(keeper.timeOf(bare('08:00:29'), record(first))).toEqual({ at: first, from: 'received' });
    expect(keeper.timeOf(bare('08:20:00'), record(at(10, 20, 1)))).toEqual({ at: at(10, 20, 1), from: 'received' });
  });

  it('are those of the lines where one of them came promptly', () => {
    const keeper = createTimekeeper(at(10, 0));
    keeper.timeOf(bare('10:00:01'), record(at(10, 0, 2)));
    expect(keeper.timeOf(bare('08:00:29'), record(at(10, 0, 30)))).toEqual({ at: at(8, 0, 29), from: 'line' });
  });

  it('are those of the lines where all is read at once, long after', () => {
    const keeper = createTimekeeper(at(10, 0));
    for (const time of ['08:00:00', '08:01:00', '08:15:00', '09:30:00'])
      expect(keeper.timeOf(bare(time), record(at(10, 0))).from).toBe('line');
  });

  it('are those of the lines where a reader catches up', () => {
    const keeper = createTimekeeper(at(9, 0));
    keeper.timeOf(bare('08:37:00'), record(at(10, 0)));
    expect(keeper.timeOf(bare('08:46:00'), record(at(10, 0, 5))).from).toBe('line');
  });

  it('come from the prefix of a journal where it has one: that has a date', () => {
    const keeper = createTimekeeper(at(10, 0));
    const syslog = record(at(10, 0), { prefix: 'Nov 23 23:59:01 host litellm[1]: ' });
    expect(keeper.timeOf(bare('23:59:01'), syslog)).toEqual({ at: at(23, 59, 1, 23), from: 'line' });
    const iso = record(at(10, 0), {
      prefix: `${new Date(at(9, 30)).toISOString().slice(0, 19)}+0000 host litellm[1]: `,
    });
    expect(keeper.timeOf(bare(null), iso)).toEqual({ at: at(9, 30), from: 'line' });
    const year = record(new Date(2027, 0, 1, 0, 0, 5).getTime(), { prefix: 'Dec 31 23:59:59 host litellm[1]: ' });
    expect(keeper.timeOf(bare(null), year).at).toBe(new Date(2026, 11, 31, 23, 59, 59).getTime());
  });

  it('keep the order of the lines, whatever they say', () => {
    const keeper = createTimekeeper(at(10, 0));
    const told = ['10:00:05', '10:00:03', '10:00:04'].map((time) => keeper.timeOf(bare(time), record(at(10, 0, 6))).at);
    expect(told).toEqual([at(10, 0, 5), at(10, 0, 3), at(10, 0, 4)]);
  });

  it('of a record without one is that of the record before it, where they came together', () => {
    const keeper = createTimekeeper(at(9, 0));
    keeper.timeOf(bare('09:59:58'), record(at(10, 0)));
    expect(keeper.timeOf(bare(null), record(at(10, 0, 1))).at).toBe(at(9, 59, 58));
    expect(keeper.timeOf(bare(null), record(at(10, 0, 30)))).toEqual({ at: at(10, 0, 30), from: 'received' });
    expect(keeper.timeOf(bare(null), record(at(11, 0), { old: true })).at).toBe(at(9, 59, 58));
  });
});
