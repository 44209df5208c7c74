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
const FULL = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,3})\d*)? ?(Z|UTC|[+-]\d\d:?\d\d)?$/;
const OF_YEAR = /^([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d)$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A time as a line gives it; `zoned` where it says of which zone it is. */
interface Told {
  at: number;
  zoned: boolean;
}

/**
 * The time of the stamp where the source has one, else that of the line: with a zone as it is, without one in the zone of
 * this machine. A bare time of day is today's, or yesterday's just after midnight. What lies in the future is not believed.
 */
export function timeOf(text: string | null, stamp: Stamp | null, received: number): RecordTime {
  const told = stamp === null ? toldBy(text, received) : null;
  return stamp ?? (told === null ? { at: received, from: 'received' } : { at: told.at, from: 'line' });
}

function toldBy(text: string | null, received: number): Told | null {
  const told = text === null ? null : (ofDay(text, received) ?? full(text) ?? ofYear(text, received));
  return told === null || told.at > received + AHEAD_MS ? null : told;
}

let lastOfDay: { text: string; received: number; told: Told | null } = { text: '', received: 0, told: null };

function ofDay(text: string, received: number): Told | null {
  // Records that come together are mostly of the same second.
  if (text === lastOfDay.text && received === lastOfDay.received) return lastOfDay.told;
  const match = OF_DAY.exec(text);
  if (match === null) return null;
  const date = new Date(received);
  date.setHours(Number(match[1]), Number(match[2]), Number(match[3]), 0);
  const today = date.getTime();
  const yesterday = today - DAY_MS;
  const late = today > received + AHEAD_MS && received - yesterday <= BACK_MS;
  const told = { at: late ? yesterday : today, zoned: false };
  lastOfDay = { text, received, told };
  return told;
}

function full(text: string): Told | null {
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
  if (zone === undefined) return { at: new Date(y, mo - 1, d, h, mi, s, ms).getTime(), zoned: false };
  return { at: Date.UTC(y, mo - 1, d, h, mi, s, ms) - zoneMs(zone), zoned: true };
}

/** syslog's `Nov 24 08:14:02`: of this year, or of the last one just after New Year. */
function ofYear(text: string, received: number): Told | null {
  const match = OF_YEAR.exec(text);
  const month = MONTHS.indexOf(match?.[1] ?? '');
  if (match === null || month < 0) return null;
  const [day, hours, minutes, seconds] = match.slice(2).map(Number) as [number, number, number, number];
  const year = new Date(received).getFullYear();
  const at = new Date(year, month, day, hours, minutes, seconds).getTime();
  const last = at > received + AHEAD_MS ? new Date(year - 1, month, day, hours, minutes, seconds).getTime() : at;
  return { at: last, zoned: false };
}

function zoneMs(zone: string): number {
  if (zone === 'Z' || zone === 'UTC') return 0;
  const digits = zone.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return (digits[0] === '-' ? -minutes : minutes) * 60_000;
}

/** What the times of a source's records are read from. */
interface Timed {
  /** What a journal or composer wrote before the line. */
  prefix: string;
  stamp: Stamp | null;
  received: number;
  old: boolean;
}

export interface Timekeeper {
  timeOf(fields: { time: string | null }, record: Timed): RecordTime;
}

/** What came this late was written in our zone, ms. */
const PROMPT_MS = 300_000;
/** Zones lie quarters of an hour apart. */
const ZONE_STEP_MS = 900_000;
const ZONE_SLACK_MS = 90_000;
/** A record without a time that came so soon after another happened when that one did, ms. */
const TOGETHER_MS = 2_000;
const STAMP = /^(?:[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.,]{8,18}(?:Z|[+-]\d\d:?\d\d)?)(?= )/;

/** What is known of the zone in which a source's times without one are written. */
interface Zone {
  is: 'ours' | 'other' | 'unknown';
  /** Of the record before. */
  lag: number;
  received: number;
}

/**
 * Another zone lags by whole quarters of an hour, and does so again a little later; what is read long after it was written
 * lags by whatever it is. The first record decides nothing where all comes at once.
 */
function zoneBy(before: Zone, lag: number, received: number): Zone {
  const now = { lag, received };
  if (before.is === 'ours' || lag <= PROMPT_MS) return { is: 'ours', ...now };
  if (Math.abs(lag - Math.round(lag / ZONE_STEP_MS) * ZONE_STEP_MS) > ZONE_SLACK_MS) return { is: 'unknown', ...now };
  const steady = Number.isNaN(before.lag) || Math.abs(lag - before.lag) <= ZONE_SLACK_MS;
  const later = received - before.received >= TOGETHER_MS;
  return { is: steady && (later || before.is === 'other') ? 'other' : 'unknown', ...now };
}

/**
 * Times of one source's records in their order. A time without a zone that is of another zone is not believed: the time of
 * receipt is told. A record without a time has that of the one before it, where they came together or are history.
 */
export function createTimekeeper(created: number): Timekeeper {
  let zone: Zone = { is: 'unknown', lag: Number.NaN, received: created };
  let last: { time: RecordTime; received: number } | null = null;
  const read = ({ time }: { time: string | null }, { prefix, stamp, received, old }: Timed): RecordTime => {
    if (stamp !== null) return stamp;
    // The prefix has a date, and mostly a zone.
    const told = (prefix === '' ? null : toldBy(STAMP.exec(prefix)?.[0] ?? null, received)) ?? toldBy(time, received);
    if (told === null) return { at: received, from: 'received' };
    if (!told.zoned && !old) {
      zone = zoneBy(zone, received - told.at, received);
      if (zone.is === 'other') return { at: received, from: 'received' };
    }
    return { at: told.at, from: 'line' };
  };
  return {
    timeOf(fields, record) {
      const time = read(fields, record);
      const { received, old } = record;
      if (time.from !== 'received') last = { time, received };
      else if (last !== null && (old || Math.abs(received - last.received) <= TOGETHER_MS)) return last.time;
      return time;
    },
  };
}
