import { isDigit } from './ascii.ts';
import { afterEscape, anyOf, codes, containsAnyCase, ESC, find, SPACE, starts } from './gate-bytes.ts';
import { hasTrigger } from './gate-stems.ts';
import type { RuleLike } from './types.ts';

const LF = 10;
const QUOTE = 34;

/**
 * The first gate: may this record, `bytes[start, end)` without its line end, be an event at all? A record is one head and
 * the lines that belong to it, as the log's reader joins them. `false` is certain: the diagnosis of it, as text of source
 * `log`, is null. `true` only means that it must be looked at. Reads each byte at most a few times, allocates nothing,
 * decodes nothing.
 */
export function maybeError(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end && bytes[at] === ESC) at = afterEscape(bytes, at, end);
  if (at >= end) return false;
  const first = bytes[at] as number;
  // `INFO:     10.0.0.9:50400 - "POST /v1/chat/completions HTTP/1.1" 200 OK`
  if (first === 73 && starts(bytes, at, end, INFO)) return uvicornInfo(bytes, at + 4, end);
  // `08:14:02 - LiteLLM Proxy:INFO: file.py:1 - ...`
  if (isDigit(first) && bytes[at + 2] === 58 && bytes[at + 5] === 58 && bytes[at + 8] === SPACE)
    return litellmLine(bytes, at + 11, end);
  if (first === 123) return jsonLine(bytes, at, end);
  if (isDigit(first) && beginsAccess(bytes, at, end)) {
    // `10.0.0.9:36054 - "GET /health/liveliness HTTP/1.1" 200`
    const status = accessStatus(bytes, at, end);
    if (status > 0) return !fine(status);
  }
  // `    raise e`: the inside of a traceback belongs to the record above it
  if (first === SPACE || first === 9 || first === 94) return !indented(bytes, at, end) && hasTrigger(bytes, at, end);
  return hasTrigger(bytes, at, end);
}

function indented(bytes: Uint8Array, at: number, end: number): boolean {
  return at + 1 < end && (bytes[at + 1] === SPACE || bytes[at] === 9 || bytes[at] === 94) && !hasLf(bytes, at, end);
}

function hasLf(bytes: Uint8Array, at: number, end: number): boolean {
  for (let index = at; index < end; index++) if (bytes[index] === LF) return true;
  return false;
}

function uvicornInfo(bytes: Uint8Array, from: number, end: number): boolean {
  const status = accessStatus(bytes, from, end);
  if (status > 0) return !fine(status);
  // the router's failures and a dead worker are the only ones that INFO tells
  return failsAtInfo(bytes, from, end);
}

/** Docker's `{"log":"...` is opened; of LiteLLM's JSON the level decides as it does in plain lines. */
function jsonLine(bytes: Uint8Array, at: number, end: number): boolean {
  if (starts(bytes, at, end, LOG)) {
    const stop = find(bytes, at + LOG.length, end, LOG_END);
    return maybeError(bytes, at + LOG.length, stop < 0 ? end : stop);
  }
  const key = find(bytes, at, end, LEVEL);
  if (key < 0) return true;
  let value = key + LEVEL.length;
  while (value < end && (bytes[value] === SPACE || bytes[value] === 58 || bytes[value] === QUOTE)) value++;
  const level = (bytes[value] as number) | 32;
  // anything but info and debug is looked at
  if (level === 105) return failsAtInfo(bytes, at, end) || badAnswer(bytes, at, end);
  return level === 100 ? failsAtDebug(bytes, at, end) : true;
}

/** An access line inside JSON: `HTTP/1.1\\" 402`. */
function badAnswer(bytes: Uint8Array, from: number, end: number): boolean {
  const at = find(bytes, from, end, HTTP);
  if (at < 0) return false;
  let gap = at + HTTP.length;
  while (gap < end && bytes[gap] !== SPACE) gap++;
  const status = statusAfter(bytes, gap, end);
  return status > 0 && !fine(status);
}

/** After `HH:MM:SS - `: the level stands between the first colon and the next. */
function litellmLine(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  const stop = Math.min(end, from + 40);
  while (at < stop && bytes[at] !== 58) at++;
  const level = bytes[at + 1];
  // INFO
  if (level === 73) return failsAtInfo(bytes, at, end);
  // DEBUG: only a failed connection to the database
  if (level === 68) return failsAtDebug(bytes, at, end);
  return true;
}

/** `10.0.0.9:36054 - `: an address, and nobody behind it. A date has a time there. */
function beginsAccess(bytes: Uint8Array, at: number, end: number): boolean {
  let gap = at;
  while (gap < end && bytes[gap] !== SPACE) gap++;
  return bytes[gap + 1] === 45 && bytes[gap + 2] === SPACE;
}

/** The status of an access line, 0 where the line is none: the digits after `" ` that end the request. */
function accessStatus(bytes: Uint8Array, from: number, end: number): number {
  for (let at = Math.min(end, from + 4096) - 5; at > from; at--) {
    if (bytes[at] !== QUOTE) continue;
    const status = statusAfter(bytes, at + 1, end);
    // what follows is the referrer and the agent, where the request says that it is one
    if (status > 0 && (at + 5 >= end || endsRequest(bytes, from, at))) return status;
  }
  return 0;
}

/** Three digits behind spaces or colours, 0 where they are not three or nothing stands between. */
function statusAfter(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] === SPACE || bytes[at] === ESC))
    at = bytes[at] === ESC ? afterEscape(bytes, at, end) : at + 1;
  if (at === from || at + 3 > end || (at + 3 < end && isDigit(bytes[at + 3] as number))) return 0;
  const [a, b, c] = [bytes[at] as number, bytes[at + 1] as number, bytes[at + 2] as number];
  return isDigit(a) && isDigit(b) && isDigit(c) ? (a - 48) * 100 + (b - 48) * 10 + c - 48 : 0;
}

/** `... HTTP/1.1"`, with the quote at `at`; a colour may end before it. */
function endsRequest(bytes: Uint8Array, from: number, at: number): boolean {
  return find(bytes, Math.max(from, at - 16), at, PROTOCOL) >= 0;
}

function fine(status: number): boolean {
  return status < 400 || status === 404 || status === 405;
}

const INFO = codes('INFO');
const LOG = codes('{"log":"');
const LOG_END = codes('\\n","');
const LEVEL = codes('"level"');
const HTTP = codes('HTTP/1.');
const PROTOCOL = codes('HTTP/');
const failsAtInfo = anyOf('xception', '] died');
const failsAtDebug = anyOf('onnect', 'CONNECT');

/** What the user's rules and `ignore:` ask of the gate: with rules for logs, lines with their words must be looked at too. */
export type Gate = (bytes: Uint8Array, start: number, end: number) => boolean;

/**
 * The gate for a diagnosis with the user's own rules. A rule of words opens it for lines that hold its longest word; a
 * regular expression, of which no word is sure, opens it for every line.
 */
export function createGate(rules: readonly Pick<RuleLike, 'match' | 'kind' | 'source'>[]): Gate {
  const own = rules.filter((rule) => rule.source === null || rule.source === 'log' || rule.source === 'system');
  if (own.length === 0) return maybeError;
  if (own.some((rule) => rule.kind === 'regex' || !/^[\x20-\x7e]+$/.test(rule.match))) return () => true;
  const words = own.map((rule) => codes(longest(rule.match)));
  return (bytes, start, end) =>
    maybeError(bytes, start, end) || words.some((word) => containsAnyCase(bytes, start, end, word));
}

function longest(match: string): string {
  return match
    .toLowerCase()
    .split(/\s+/)
    .reduce((best, word) => (word.length > best.length ? word : best), '');
}
