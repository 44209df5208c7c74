import type { SafeText } from './safe-text.ts';
import { literal } from './scrub.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS: Record<string, number> = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY };

/** `500ms 30s 2m 1h 7d`; a bare number is seconds. Milliseconds, or null where it is none. */
export function parseDuration(text: string): number | null {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)?$/.exec(text.trim());
  if (match === null) return null;
  return Math.round(Number(match[1]) * (UNITS[match[2] ?? 's'] as number));
}

/** A length of time in its two largest units: `12s`, `7m`, `3h 20m`, `4d 2h`. `ms` is milliseconds; below 0 counts as 0. */
export function formatAge(ms: number): SafeText {
  return literal(ageText(ms));
}

function ageText(ms: number): string {
  const left = Math.max(0, ms);
  if (left < MINUTE) return `${Math.floor(left / SECOND)}s`;
  if (left < HOUR) return `${Math.floor(left / MINUTE)}m`;
  if (left < DAY) return two(Math.floor(left / HOUR), 'h', Math.floor((left % HOUR) / MINUTE), 'm');
  return two(Math.floor(left / DAY), 'd', Math.floor((left % DAY) / HOUR), 'h');
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit} ${small}${smallUnit}`;
}

/** A latency: `431ms`, `2.1s`, `75s`. */
export function formatMs(ms: number): SafeText {
  if (ms < SECOND) return literal(`${Math.round(ms)}ms`);
  return literal(ms < 10 * SECOND ? `${(ms / SECOND).toFixed(1)}s` : `${Math.round(ms / SECOND)}s`);
}

const SIZES = ['B', 'K', 'M', 'G', 'T', 'P'];

/** A size in powers of 1024, at most four characters and a unit: `512B`, `1.2G`, `310M`. */
export function formatBytes(bytes: number): SafeText {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1023.5 && unit < SIZES.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? value.toFixed(1) : String(Math.round(value));
  return literal(`${digits}${SIZES[unit]}`);
}

/** `0.0003`: money in USD without needless zeros, at most 4 decimals, more only where less would read as nothing. */
export function formatUsd(usd: number): SafeText {
  return literal(usdText(usd));
}

function usdText(usd: number): string {
  if (usd === 0) return '0';
  if (usd >= 0.0001) return usd.toFixed(usd >= 1 ? 2 : 4).replace(/\.?0+$/, '');
  return usd < 0.000001 ? '<0.000001' : usd.toFixed(6).replace(/0+$/, '');
}

/** A ratio 0..1 as `34%`. */
export function formatRatio(ratio: number): SafeText {
  return literal(`${Math.round(ratio * 100)}%`);
}

/** Percent of a core: one decimal below 10, none above. */
export function formatPct(pct: number): SafeText {
  return literal(`${pct < 9.95 ? pct.toFixed(1).replace(/\.0$/, '') : Math.round(pct)}%`);
}

/** Local time of day, `14:09:31`. */
export function formatClock(ms: number): SafeText {
  const date = new Date(ms);
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return literal(parts.map((part) => String(part).padStart(2, '0')).join(':'));
}

/** So many a second: whole from ten on, one decimal below: `12`, `0.4`. */
export function formatRate(perSecond: number): SafeText {
  return literal(perSecond >= 10 ? String(Math.round(perSecond)) : perSecond.toFixed(1));
}
