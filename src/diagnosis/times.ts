/** When waiting ends, as far as a text says so. */
export interface Wait {
  retryAfterS: number | null;
  /** RFC 3339 UTC. */
  resetAt: string | null;
}

const MAX_CHARS = 8000;
const NUMBER = String.raw`(\d{1,9}(?:[.,]\d{1,9})?)`;
const UNIT = `(milliseconds?|millis|ms|microseconds?|us|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|hr|h|days?|d|weeks?|w)`;
const TRIGGER =
  /retry|again|wait|reset|regain|until|available (?:in|after|at)|cool|estimated_time|back|delay|renew|后|後|秒|分钟/i;
const LEAD = String.raw`(?:(?:try|retry|again|wait(?:ing)?|resets?|resetting|available|cool(?:ing)?[ -]?down|back|renews?|retrying|replenish(?:es|ed)?|expires?|lifted)\b[^\d\n]{0,40}?\b(?:in|after|for|within|least|about|of)?\b)`;
/** `9m38.016s`, `1h2m3s`, `6m0s`: parts written together. */
const COMPOUND = new RegExp(String.raw`${LEAD}[ :=~"']{0,4}(\d{1,4}[dhm] ?\d[\d.dhms ]{0,24})`, 'i');
const RELATIVE = new RegExp(String.raw`${LEAD}[ :=~"'a-z]{0,14}?[ :=~"']{1,4}${NUMBER} ?${UNIT}\b`, 'i');
const WAIT_FIRST = new RegExp(String.raw`\b(?:wait|waiting|sleep|back ?off)[^\d\n]{0,24}${NUMBER} ?${UNIT}\b`, 'i');
const HEADER =
  /\bretry[-_ ]?after(?:[-_ ]?(seconds|secs|s|ms|milliseconds))?["']?\s{0,3}[:=]?\s{0,3}["']?(\d{1,9}(?:\.\d{1,9})?)(?! ?[a-z]{1,2}\d|\d|[-:/.]\d)\s?(ms|milliseconds?|minutes?|mins?|hours?|days?|h|m|d)?\b/i;
const RETRY_DELAY =
  /\bretry_?delay["']?\s{0,3}[:=]?\s{0,3}["']?(?:\{\s{0,8}["']?seconds["']?:\s{0,2})?(\d{1,6}(?:\.\d{1,12})?)\s?(ms|s)?/i;
const ESTIMATED = /estimated_time["']?\s{0,3}[:=]\s{0,3}(\d{1,6}(?:\.\d{1,6})?)/;
const HAN =
  /(\d{1,6}(?:\.\d{1,3})?) ?(毫秒|秒钟|秒|分钟|分鐘|分|小时|小時|个小时|天|日|時間|초|분|시간)(?:后|後|之后|鐘後|待って|후)/;
const WORDY = /\b(?:in|after) (?:an?|one) (second|minute|hour|day|week|month)\b/i;
const SHORT = /\b(?:try again|retry|wait|available)[^.\n\d]{0,30}\b(?:in )?(?:a|one) (second|minute|hour)\b/i;

const SECONDS: readonly (readonly [RegExp, number])[] = [
  [/^(?:ms|milli|毫秒)/i, 0.001],
  [/^(?:us|micro)/i, 1e-6],
  [/^(?:s|秒|초)/i, 1],
  [/^month/i, 30 * 86_400],
  [/^(?:m|分|분)/i, 60],
  [/^(?:h|小|个|時間|시간)/i, 3600],
  [/^(?:d|天|日)/i, 86_400],
  [/^w/i, 7 * 86_400],
];

function inSeconds(amount: string, unit: string | undefined): number {
  const factor = SECONDS.find(([form]) => form.test(unit ?? 's'))?.[1] ?? 1;
  return Math.round(Number(amount.replace(',', '.')) * factor * 1000) / 1000;
}

const DATE = String.raw`(\d{4}-\d\d-\d\d)(?:[T ]|,? at )?(\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)?`;
/** What dates have: without it the longer expressions are not asked. */
const DATE_SIGN = /\d-\d\d-\d/;
const YEAR = / 2\d\d\d\b/;
const ABSOLUTE = new RegExp(
  String.raw`\b(?:reset(?:s|ting|_at|_time|At)?|until|regain access|available|again|retry[-_ ]?after|renew(?:s|al|ed)?|lifted|expires|unblock\w{0,3})\b["']?[^\d\n]{0,30}?${DATE}`,
  'i',
);
const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const HTTP_DATE = new RegExp(
  String.raw`\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}, (\d{1,2} (?:${MONTHS})[a-z]{0,6} \d{4} \d\d:\d\d:\d\d) (?:gmt|utc)`,
  'i',
);
const NAMED_DATE = new RegExp(
  String.raw`\b(?:reset(?:s|ting)?|until|on|after|again|regain access)\b[^\d\n]{0,20}?\b((?:${MONTHS})[a-z]{0,6}) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?:,? (?:at )?(\d{1,2}:\d\d(?::\d\d)?))?`,
  'i',
);
const RESET = /reset/i;
const EPOCH =
  /\b(?:x-)?(?:rate-?_?limit[-_])?(?:limit[-_])?reset(?:[-_]?(?:at|time|requests|tokens|timestamp|ms|after))?["']?\s{0,3}[:=]\s{0,3}["']?(\d{1,13}(?:\.\d{1,6})?)(?![\d:/a-z-])(?:["',}\s\])]|$)/i;
const RESET_SPAN =
  /\breset(?:[-_](?:requests|tokens|after|in))?["']?\s{0,3}[:=]\s{0,3}["']?(?:(\d{1,3})d)?(?:(\d{1,3})h)?(?:(\d{1,3})m(?!s))?(?:(\d{1,6}(?:\.\d{1,6})?)(ms|s))?["',}\s]/i;
const CLOCK = /\bresets? (?:daily )?at (\d\d:\d\d)(?::\d\d)? ?(?:UTC|GMT|Z)\b/i;
const MIDNIGHT = /\b(?:resets?|again|until|available)\b[^.\n]{0,40}\b(?:midnight (?:UTC|GMT)|00:00 ?(?:UTC|GMT))/i;

/**
 * Seconds to wait and the moment at which a limit resets, from prose and headers: relative (`9m38s`, `in 2 minutes`,
 * `30 秒后`), absolute (RFC 3339, HTTP date, `December 1, 2026`) and epoch seconds or milliseconds. `now` is ms; without it
 * an absolute time gives no seconds. Nothing is guessed: what is not said is null. Linear; reads 8,000 characters.
 */
export function readWait(whole: string, now: number | null): Wait {
  const text = whole.length > MAX_CHARS ? `${whole.slice(0, MAX_CHARS - 2000)}\n${whole.slice(-2000)}` : whole;
  if (!TRIGGER.test(text)) return { retryAfterS: null, resetAt: null };
  const at = absolute(text, now);
  const seconds = relative(text);
  const reset = at === null ? null : new Date(at).toISOString();
  if (seconds !== null) return { retryAfterS: seconds, resetAt: reset };
  return {
    retryAfterS: at === null || now === null ? null : Math.max(0, Math.round((at - now) / 1000)),
    resetAt: reset,
  };
}

function relative(text: string): number | null {
  const compound = COMPOUND.exec(text);
  if (compound) return total(compound[1] as string);
  const header = HEADER.exec(text);
  if (header && Number(header[2]) < 1e7) return inSeconds(header[2] as string, header[3] ?? header[1]);
  const near = RELATIVE.exec(text) ?? WAIT_FIRST.exec(text);
  if (near) return inSeconds(near[1] as string, near[2]);
  const delay = RETRY_DELAY.exec(text);
  if (delay) return inSeconds(delay[1] as string, delay[2]);
  const han = HAN.exec(text);
  if (han) return inSeconds(han[1] as string, han[2]);
  const loading = ESTIMATED.exec(text);
  if (loading) return inSeconds(loading[1] as string, 's');
  const reset = RESET.test(text) ? RESET_SPAN.exec(text) : null;
  const left = reset ? span(reset[1], reset[2], reset[3], reset[4], reset[5]) : null;
  if (left !== null) return left;
  const word = WORDY.exec(text) ?? SHORT.exec(text);
  return word ? inSeconds('1', word[1]) : small(text);
}

/** `1h2m3.5s` in seconds. */
function total(parts: string): number {
  let sum = 0;
  for (const part of parts.matchAll(/(\d{1,6}(?:\.\d{1,9})?)([dhms])/gi)) sum += inSeconds(part[1] as string, part[2]);
  return Math.round(sum * 1000) / 1000;
}

function span(days?: string, hours?: string, minutes?: string, seconds?: string, unit?: string): number | null {
  if (!days && !hours && !minutes && !seconds) return null;
  const tail = Number(seconds ?? 0) * (unit === 'ms' ? 0.001 : 1);
  return (
    Math.round((Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + tail) * 1000) /
    1000
  );
}

/** `x-ratelimit-reset: 30` counts seconds, `1795478400` is a moment. */
function small(text: string): number | null {
  if (!RESET.test(text)) return null;
  const value = Number(EPOCH.exec(text)?.[1] ?? Number.NaN);
  return value < 1e6 ? value : null;
}

function absolute(text: string, now: number | null): number | null {
  const date = DATE_SIGN.test(text) ? ABSOLUTE.exec(text) : null;
  if (date) return valid(Date.parse(`${date[1]}T${date[2] ?? '00:00:00'}${zone(date[3])}`));
  const year = YEAR.test(text);
  const http = year ? HTTP_DATE.exec(text) : null;
  if (http) return valid(Date.parse(`${http[1]} GMT`));
  const named = year ? NAMED_DATE.exec(text) : null;
  if (named) return valid(Date.parse(`${named[2]} ${named[1]} ${named[3]} ${named[4] ?? '00:00'} GMT`));
  const epoch = RESET.test(text) ? Number(EPOCH.exec(text)?.[1] ?? Number.NaN) : Number.NaN;
  if (epoch >= 1e12) return valid(epoch);
  if (epoch >= 1e9) return valid(epoch * 1000);
  return now === null ? null : clock(text, now);
}

function clock(text: string, now: number): number | null {
  const time = CLOCK.exec(text)?.[1] ?? (MIDNIGHT.test(text) ? '00:00' : null);
  if (time === null) return null;
  const today = valid(Date.parse(`${new Date(now).toISOString().slice(0, 10)}T${time}:00Z`));
  return today === null ? null : today > now ? today : today + 86_400_000;
}

function zone(text: string | undefined): string {
  return text === undefined || /^(?:Z|UTC|GMT)$/i.test(text) ? 'Z' : text;
}

function valid(at: number): number | null {
  return Number.isFinite(at) && at > 0 && at < 8e15 ? at : null;
}
