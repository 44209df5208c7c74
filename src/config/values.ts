import { parseDuration } from '../text/units.ts';

/** What became of one raw value: the value meant, or what would have been allowed. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; allowed: string };
export type Parse<T> = (raw: string) => Parsed<T>;

const MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** Node's timers cannot be set for longer than 24.8 days; a week is longer than any use. */
const MAX_DURATION_MS = 7 * MS.d;

const good = <T>(value: T): Parsed<T> => ({ ok: true, value });
const bad = (allowed: string): { ok: false; allowed: string } => ({ ok: false, allowed });

/** A duration from `floorMs` up; the refusal says why the floor is where it is. */
export function duration(floorMs: number, why: string | null = null): Parse<number> {
  return (raw) => {
    const ms = parseDuration(raw);
    if (ms === null) return bad('a duration such as 500ms, 30s, 2m, 1h or 7d (a bare number is seconds)');
    if (ms < floorMs) return bad(`at least ${sayDuration(floorMs)}${why === null ? '' : `, because ${why}`}`);
    if (ms > MAX_DURATION_MS) return bad(`at most ${sayDuration(MAX_DURATION_MS)}`);
    return good(ms);
  };
}

/** Milliseconds in the largest unit that holds them whole: what `parseDuration` reads back. */
function sayDuration(ms: number): string {
  const units = Object.entries(MS).reverse();
  const [name, size] = units.find(([, size]) => ms >= size && ms % size === 0) ?? ['ms', 1];
  return `${ms / size}${name}`;
}

export function integer(from: number, to: number, what: string): Parse<number> {
  return (raw) => {
    const value = /^\d{1,10}$/.test(raw.trim()) ? Number(raw) : Number.NaN;
    return value >= from && value <= to ? good(value) : bad(`${what} from ${from} to ${to}`);
  };
}

/** US dollars, whole or with a fraction, without a currency sign. */
export function money(max: number): Parse<number> {
  return (raw) => {
    const value = /^\d{1,9}(\.\d{1,9})?$/.test(raw.trim()) ? Number(raw) : Number.NaN;
    return value <= max ? good(value) : bad(`an amount in USD from 0 to ${max}, such as 0.10`);
  };
}

export function oneOf<const T extends string>(...words: readonly T[]): Parse<T> {
  return (raw) => {
    const word = words.find((candidate) => candidate === raw.trim().toLowerCase());
    return word === undefined ? bad(words.join(', ')) : good(word);
  };
}

const YES = ['true', '1', 'yes', 'on'];
const NO = ['false', '0', 'no', 'off'];

export const truth: Parse<boolean> = (raw) => {
  const word = raw.trim().toLowerCase();
  if (YES.includes(word)) return good(true);
  return NO.includes(word) ? good(false) : bad('true or false');
};

/** A text of a form; `what` names the form in words. */
export function matching(form: RegExp, what: string): Parse<string> {
  return (raw) => (form.test(raw) ? good(raw) : bad(what));
}

/** A path: anything that the file system takes. `~/` is left to `absolutePath`. */
export const path: Parse<string> = matching(/^[^\0\n]{1,4096}$/, 'a path');
