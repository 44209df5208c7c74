import type { Stamp } from '../source.ts';

/** When a record happened and who says so; wall clock, ms. */
export interface RecordTime {
  at: number;
  from: 'line' | 'received' | 'journal' | 'container';
}

const DAY_MS = 86_400_000;
/** A clock may be so far ahead of ours, ms. */
const AHEAD_MS = 120_000;
/** A bare time of day further back than this is rather another zone than half a day of delay, ms. */
const BACK_MS = 12 * 3_600_000;

const OF_DAY = /^(\d\d):(\d\d):(\d\d)$/;
const FULL = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,3})\d*)? ?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * The time of the stamp where the source has one, else that of the line: with a zone as it is, without one in the zone of
 * this machine. A bare time of day is today's, or yesterday's just after midnight. What lies in the future is not believed.
 */
export function timeOf(text: string | null, stamp: Stamp | null, received: number): RecordTime {
  if (stamp !== null) return stamp;
  const at = text === null ? null : (ofDay(text, received) ?? full(text));
  return at === null || at > received + AHEAD_MS ? { at: received, from: 'received' } : { at, from: 'line' };
}

function ofDay(text: string, received: number): number | null {
  const match = OF_DAY.exec(text);
  if (match === null) return null;
  const date = new Date(received);
  date.setHours(Number(match[1]), Number(match[2]), Number(match[3]), 0);
  const today = date.getTime();
  if (today <= received + AHEAD_MS) return today;
  const yesterday = today - DAY_MS;
  return received - yesterday <= BACK_MS ? yesterday : today;
}

function full(text: string): number | null {
  const match = FULL.exec(text);
  if (match === null) return null;
  const [, year, month, day, hours, minutes, seconds, millis = '0', zone] = match;
  const parts = [year, month, day, hours, minutes, seconds].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [y, mo, d, h, mi, s] = parts;
  const ms = Number(millis.padEnd(3, '0'));
  if (zone === undefined) return new Date(y, mo - 1, d, h, mi, s, ms).getTime();
  return Date.UTC(y, mo - 1, d, h, mi, s, ms) - zoneMs(zone);
}

function zoneMs(zone: string): number {
  if (zone === 'Z') return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits[0] === '-' ? -minutes : minutes) * 60_000;
}
