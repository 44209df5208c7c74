import type { SafeText } from '../src/text/safe-text.ts';
import { literal, safe } from '../src/text/scrub.ts';
import {
  formatAge,
  formatBytes,
  formatClock,
  formatMs,
  formatPct,
  formatRate,
  formatRatio,
  formatUsd,
} from '../src/text/units.ts';

/** What stands where nothing is known. */
export const UNKNOWN = literal('-');

/**
 * How old something is, in at most four characters and in steps that spare the line: `now` under ten seconds, then ten
 * seconds, minutes, hours, days.
 */
export function ageText(seconds: number | null): SafeText {
  if (seconds === null || !Number.isFinite(seconds)) return UNKNOWN;
  if (seconds < 10) return literal('now');
  const step = STEPS.find((size) => seconds >= size) ?? 10;
  return literal(formatAge(Math.floor(seconds / step) * step * 1000));
}

const STEPS = [86_400, 3600, 60] as const;

/** The same with a second unit, `3h 20m`: at most seven characters. */
export function longAgeText(seconds: number | null): SafeText {
  if (seconds === null || seconds < 60) return ageText(seconds);
  return literal(formatAge(Math.floor(seconds / 60) * 60_000));
}

/** `12s ago`, and `now` where that would be `now ago`. */
export function agoText(seconds: number | null): SafeText {
  return seconds === null || seconds < 10 ? ageText(seconds) : safe`${ageText(seconds)} ago`;
}

/** Seconds between an RFC 3339 time and `now` (ms); null where the time cannot be read. */
export function secondsSince(at: string, now: number): number | null {
  const then = Date.parse(at);
  return Number.isNaN(then) ? null : Math.max(0, (now - then) / 1000);
}

export function msText(ms: number | null): SafeText {
  return ms === null ? UNKNOWN : literal(formatMs(ms));
}

export function bytesText(bytes: number | null): SafeText {
  return bytes === null ? UNKNOWN : literal(formatBytes(bytes));
}

/** CPU in percent of one core. */
export function cpuText(percent: number | null): SafeText {
  return percent === null ? UNKNOWN : literal(formatPct(percent));
}

/** The same in whole percent: what moves in every row of a table is told no finer than it matters. */
export function wholeCpuText(percent: number | null): SafeText {
  return percent === null ? UNKNOWN : literal(`${Math.round(percent)}%`);
}

/** Used of total in one unit: `0.7 of 24G`. */
export function usedOfText(used: number | null, total: number): SafeText {
  const unit = total >= GIB ? GIB : GIB / 1024;
  const figure = used === null ? UNKNOWN : literal((used / unit).toFixed(unit === GIB ? 1 : 0));
  return safe`${figure} of ${bytesText(total)}`;
}

const GIB = 1024 ** 3;

/** Whole percent of a ratio 0..1. */
export function ratioText(ratio: number | null): SafeText {
  return ratio === null ? UNKNOWN : literal(formatRatio(ratio));
}

/** Time of day on this machine, `14:09:31`. */
export function clockText(ms: number): SafeText {
  return literal(formatClock(ms));
}

/** `14:02`, with the day before it where it was not today: `11-23 14:02`. */
export function sinceText(ms: number, now: number): SafeText {
  const date = new Date(ms);
  const time = `${pad2(date.getHours())}:${pad2(date.getMinutes())}`;
  const sameDay = date.toDateString() === new Date(now).toDateString();
  return literal(sameDay ? time : `${pad2(date.getMonth() + 1)}-${pad2(date.getDate())} ${time}`);
}

/** `14:09:30`; of another day its day and minute, `11-23 14:09`. */
export function momentText(ms: number, now: number): SafeText {
  const sameDay = new Date(ms).toDateString() === new Date(now).toDateString();
  return sameDay ? clockText(ms) : sinceText(ms, now);
}

/** Money with two decimals at least, and more only where less would read as nothing. */
export function usdText(usd: number): SafeText {
  return literal(usd >= 0.01 ? usd.toFixed(2) : formatUsd(usd));
}

/** So many a second: `12`, `0.4`. */
export function rateText(perSecond: number): SafeText {
  return literal(formatRate(perSecond));
}

/** `1,234`. */
export function countText(count: number): SafeText {
  return literal(count.toLocaleString('en'));
}

function pad2(value: number): string {
  return String(value).padStart(2, '0');
}
