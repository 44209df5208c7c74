import { describe, expect, it } from 'vitest';
import { timeOf } from '../../../src/logs/records/head-time.ts';

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
