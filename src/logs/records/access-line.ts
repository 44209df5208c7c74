import { isDigit } from '../../diagnosis/ascii.ts';
import { afterEscape, codes, ESC, find, SPACE } from '../../diagnosis/gate-bytes.ts';

/** One request as the gateway's web server logs it. */
export interface Access {
  status: number;
  /** Without its query. */
  path: string;
  /** The client's port; null where the server does not write it. */
  port: number | null;
  /** Where the client's address and port stand, `bytes[from, to)`. */
  client: readonly [from: number, to: number];
  /** How long the request took, where the server writes it. */
  latencyMs: number | null;
}

const QUOTE = 34;
const BACKSLASH = 92;
const SLASH = 47;
const QUERY = 63;
const COLON = 58;
const DASH = 45;
const DOT = 46;
/** So far into a line the client's address reaches at most. */
const HEAD_BYTES = 96;
const TIME_BYTES = 40;
const TAIL_BYTES = 400;
const TIME_ENDS = codes('] "');
const BRACKETED = codes('- [');

/**
 * Reads `10.0.0.9:50400 - "POST /v1/chat/completions HTTP/1.1" 200 OK` behind any prefix, plain or inside JSON, granian's
 * form of it with milliseconds, and the combined format; null for every other line. Decodes no more than the path.
 */
export function accessOf(bytes: Buffer, start: number, end: number): Access | null {
  const dash = dashOf(bytes, start, Math.min(end, start + HEAD_BYTES) - 3);
  if (dash < 0) return null;
  let at = dash + 3;
  const combined = bytes[at] === DASH;
  if (combined) {
    if (bytes[at + 2] !== BRACKETED[2]) return null;
    const closes = find(bytes, at, Math.min(end, at + TIME_BYTES), TIME_ENDS);
    if (closes < 0) return null;
    at = closes + 2;
  } else if (bytes[at] === BACKSLASH) at += 1;
  if (bytes[at] !== QUOTE) return null;
  const path = afterMethod(bytes, at + 1, end);
  if (path < 0) return null;
  let stop = path;
  while (stop < end && bytes[stop] !== SPACE && bytes[stop] !== QUERY && bytes[stop] !== QUOTE) stop += 1;
  const quote = bytes.indexOf(QUOTE, stop);
  if (quote < 0 || quote >= end) return null;
  const digits = afterBlanks(bytes, quote + 1, end);
  const status = statusAt(bytes, digits, end);
  if (status === null) return null;
  return {
    status,
    path: pathText(bytes, path, stop),
    port: portBefore(bytes, start, dash),
    client: [clientFrom(bytes, start, dash), dash],
    latencyMs: combined ? tailSeconds(bytes, digits + 3, end) : milliseconds(bytes, digits + 3, end),
  };
}

/** Where the first ` - ` stands. */
function dashOf(bytes: Buffer, start: number, stop: number): number {
  for (let at = start; at < stop; at += 1)
    if (bytes[at] === DASH && bytes[at - 1] === SPACE && bytes[at + 1] === SPACE && at > start) return at - 1;
  return -1;
}

/** Most requests ask for the same few paths: each is decoded once. */
const POOL = 64;
const POOLED_BYTES = 128;
const pool = new Array<{ bytes: Buffer; text: string } | undefined>(POOL);

function pathText(bytes: Buffer, from: number, to: number): string {
  const length = to - from;
  if (length > POOLED_BYTES) return bytes.toString('latin1', from, to);
  const slot = (length * 31 + (bytes[to - 1] as number) * 7 + (bytes[from + (length >> 1)] as number)) % POOL;
  const known = pool[slot];
  if (known !== undefined && known.bytes.length === length && isSame(known.bytes, bytes, from)) return known.text;
  const text = bytes.toString('latin1', from, to);
  pool[slot] = { bytes: Buffer.from(text, 'latin1'), text };
  return text;
}

function isSame(known: Buffer, bytes: Buffer, from: number): boolean {
  for (let at = 0; at < known.length; at += 1) if (known[at] !== bytes[from + at]) return false;
  return true;
}

/** Where the path begins, -1 where no request does. */
function afterMethod(bytes: Buffer, from: number, end: number): number {
  let at = from;
  const stop = Math.min(end, from + 10);
  while (at < stop && (bytes[at] as number) >= 65 && (bytes[at] as number) <= 90) at += 1;
  return at > from && bytes[at] === SPACE && bytes[at + 1] === SLASH ? at + 1 : -1;
}

function afterBlanks(bytes: Buffer, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] === SPACE || bytes[at] === ESC))
    at = bytes[at] === ESC ? afterEscape(bytes, at, end) : at + 1;
  return at;
}

function statusAt(bytes: Buffer, at: number, end: number): number | null {
  const [a, b, c] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
  if (at + 3 > end || !isDigit(a) || !isDigit(b) || !isDigit(c) || isDigit(bytes[at + 3] ?? 0)) return null;
  return (a - 48) * 100 + (b - 48) * 10 + (c - 48);
}

function portBefore(bytes: Buffer, start: number, end: number): number | null {
  let at = end - 1;
  let port = 0;
  for (let unit = 1; at > start && unit <= 10_000 && isDigit(bytes[at] as number); at -= 1, unit *= 10)
    port += ((bytes[at] as number) - 48) * unit;
  return bytes[at] === COLON && at < end - 1 ? port : null;
}

function clientFrom(bytes: Buffer, start: number, end: number): number {
  let at = end;
  while (at > start && bytes[at - 1] !== SPACE && bytes[at - 1] !== QUOTE) at -= 1;
  return at;
}

/** granian writes ` 12.345` after the status, in ms. */
function milliseconds(bytes: Buffer, from: number, end: number): number | null {
  return bytes[from] === SPACE && isDigit(bytes[from + 1] ?? 0) ? decimal(bytes, from + 1, end) : null;
}

/**
 * Behind the agent of the combined format stands what the operator added: seconds with a fraction by `%(L)s` of gunicorn and
 * hypercorn and by nginx's `$request_time`. A bare integer may be of any unit.
 */
function tailSeconds(bytes: Buffer, from: number, end: number): number | null {
  let at = end;
  const floor = Math.max(from, end - TAIL_BYTES);
  while (at > floor && (isDigit(bytes[at - 1] as number) || bytes[at - 1] === DOT)) at -= 1;
  if (at === end || bytes[at - 1] !== SPACE || bytes[at - 2] !== QUOTE) return null;
  const seconds = decimal(bytes, at, end);
  return seconds === null ? null : seconds * 1000;
}

function decimal(bytes: Buffer, from: number, end: number): number | null {
  if (end - from > 16) return null;
  const text = bytes.toString('latin1', from, end);
  return /^\d{1,7}\.\d{1,6}$/.test(text) ? Number(text) : null;
}
