import { isDigit } from '../../diagnosis/ascii.ts';
import { afterEscape, codes, ESC, find, SPACE, starts } from '../../diagnosis/gate-bytes.ts';
import { isMonthStamp } from './prefix.ts';

/*
 * Which line begins a record, decided on its bytes: LiteLLM's prefix, uvicorn's, gunicorn's, the logging module's, Prisma's,
 * a log object in JSON or an access line. Everything else, blank lines included, belongs to the record before (seen in the
 * logs of five releases). The forms are asked for whole, for a caller's text may stand at the beginning of a line too.
 */

/** `LINE`: nothing follows it. The others go on over the lines after them; the calm ones are no events by themselves. */
export const HEAD = { NONE: 0, LINE: 1, LOUD: 2, INFO: 3, DEBUG: 4 } as const;
export type Head = (typeof HEAD)[keyof typeof HEAD];

const COLON = 58;
const BRACKET = 91;
const LETTER_D = 68;
const LETTER_I = 73;
/** uvicorn pads the level and its colon to ten cells; the logging module writes `LEVEL:logger:`. */
const LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'].map(codes);
const UVICORN_CELLS = 10;
const LITELLM = codes('LiteLLM');
const REQUEST = codes(' - "');
const COMBINED = codes(' - - [');
/** So far into a line the address of a client reaches at most. */
const CLIENT_BYTES = 60;

/** What the payload `bytes[at, end)` begins. Reads few bytes of a line that begins nothing, but for JSON. */
export function headOf(bytes: Uint8Array, at: number, end: number): Head {
  const first = bytes[at] as number;
  if (isDigit(first)) return digitHead(bytes, at, end);
  if (first === BRACKET) return bracketHead(bytes, at, end);
  if (first === 123) return isLogObject(bytes, at, end) ? HEAD.LINE : HEAD.NONE;
  if (first === 112) return prismaHead(bytes, at, end);
  if (first >= 65 && first <= 90) {
    if (isMonthStamp(bytes, at)) return HEAD.LINE;
    for (const level of LEVELS)
      if (first === level[0] && starts(bytes, at, end, level)) return levelHead(bytes, at, end, level.length);
  }
  // `::1:50400 - "GET /`: uvicorn writes IPv6 without brackets
  const hex = first === COLON || ((first | 32) >= 97 && (first | 32) <= 102);
  return hex ? accessHead(bytes, at, end) : HEAD.NONE;
}

function calm(level: number | undefined): Head {
  if (level === LETTER_I) return HEAD.INFO;
  return level === LETTER_D ? HEAD.DEBUG : HEAD.LOUD;
}

const alone = (level: number | undefined): Head => (calm(level) === HEAD.LOUD ? HEAD.LOUD : HEAD.LINE);

/** `08:14:02 - LiteLLM Proxy:ERROR: `, `2026-11-24 08:14:02,123 `, `2026/11/24 08:14:02 [error] `, `10.0.0.9:36054 - "GET`. */
function digitHead(bytes: Uint8Array, at: number, end: number): Head {
  if (bytes[at + 2] === COLON && bytes[at + 5] === COLON) return litellmHead(bytes, at, end);
  const separator = bytes[at + 4];
  if ((separator === 45 || separator === 47) && bytes[at + 7] === separator && bytes[at + 13] === COLON) {
    if (bytes[at + 16] !== COLON || (bytes[at + 10] !== SPACE && bytes[at + 10] !== 84)) return HEAD.NONE;
    return separator === 47 ? HEAD.LINE : calm(datedLevel(bytes, at + 19, Math.min(end, at + 100)));
  }
  return accessHead(bytes, at, end);
}

/** LiteLLM's formatter always writes `HH:MM:SS - logger:LEVEL: file.py:line - `, with colours around it up to 1.95.1. */
function litellmHead(bytes: Uint8Array, from: number, end: number): Head {
  if (bytes[from + 8] !== SPACE || bytes[from + 9] !== 45 || !starts(bytes, from + 11, end, LITELLM)) return HEAD.NONE;
  let at = from + 18;
  const stop = Math.min(end, at + 26);
  while (at < stop && isLoggerByte(bytes[at] as number)) at += 1;
  if (bytes[at] !== COLON) return HEAD.NONE;
  const level = at + 1;
  at = afterWord(bytes, level, end);
  if (at - level < 4) return HEAD.NONE;
  if (bytes[at] === ESC) at = afterEscape(bytes, at, end);
  if (bytes[at] !== COLON || bytes[at + 1] !== SPACE) return HEAD.NONE;
  return placeFollows(bytes, at + 2, Math.min(end, at + 120)) ? calm(bytes[level]) : HEAD.NONE;
}

/** `proxy_server.py:1420 - ` */
function placeFollows(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from;
  while (at < end && bytes[at] !== COLON && bytes[at] !== SPACE) at += 1;
  if (at === from || bytes[at] !== COLON) return false;
  const digits = at + 1;
  at = digits;
  while (at < end && isDigit(bytes[at] as number)) at += 1;
  return at > digits && bytes[at] === SPACE && bytes[at + 1] === 45;
}

function afterWord(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  const stop = Math.min(end, from + 9);
  while (at < stop && (bytes[at] as number) >= 65 && (bytes[at] as number) <= 90) at += 1;
  return at;
}

/** The first letter of the level in a line that begins with its date: the first word in capitals; 0 where there is none. */
function datedLevel(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at += 1) {
    const word = afterWord(bytes, at, end) - at;
    if (word >= 4) return bytes[at] as number;
    at += word;
  }
  return 0;
}

/** `[2026-11-24 08:14:02 +0000] [12] [ERROR] `, granian's `[INFO] ` and its access line, an IPv6 client. */
function bracketHead(bytes: Uint8Array, at: number, end: number): Head {
  if (isDigit(bytes[at + 1] as number) && bytes[at + 5] === 45 && bytes[at + 8] === 45) {
    if (bytes[at + 14] !== COLON) return HEAD.NONE;
    const level = find(bytes, at + 27, Math.min(end, at + 48), LEVEL_OPENS);
    return level < 0 ? HEAD.LINE : alone(bytes[level + LEVEL_OPENS.length]);
  }
  for (const level of LEVELS)
    if (starts(bytes, at + 1, end, level) && bytes[at + 1 + level.length] === 93) return alone(level[0]);
  return accessHead(bytes, at, end);
}
const LEVEL_OPENS = codes('] [');

function accessHead(bytes: Uint8Array, at: number, end: number): Head {
  const stop = Math.min(end, at + CLIENT_BYTES);
  return find(bytes, at, stop, REQUEST) >= 0 || find(bytes, at, stop, COMBINED) >= 0 ? HEAD.LINE : HEAD.NONE;
}

const PRISMA = codes('prisma:');

function prismaHead(bytes: Uint8Array, at: number, end: number): Head {
  if (!starts(bytes, at, end, PRISMA)) return HEAD.NONE;
  const level = bytes[at + PRISMA.length];
  return level === 101 || level === 119 ? HEAD.LOUD : HEAD.LINE;
}

const LOG_KEYS = ['"level":', '"severity":', '"levelname":', '"log":"', '"lvl":'].map(codes);

/** An object of a logger, not an answer or a request: those have no level. */
function isLogObject(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at + 1] !== 34) return false;
  return LOG_KEYS.some((key) => find(bytes, at, end, key) >= 0);
}

/** `INFO:     text`, `INFO\u001b[0m:     text` or `ERROR:LiteLLM Proxy:text`. */
function levelHead(bytes: Uint8Array, from: number, end: number, length: number): Head {
  let at = from + length;
  if (bytes[at] === ESC) at = afterEscape(bytes, at, end);
  if (bytes[at] !== COLON) return HEAD.NONE;
  at += 1;
  if (bytes[at] === SPACE) {
    const spaces = at;
    while (at < end && bytes[at] === SPACE) at += 1;
    return length + 1 + (at - spaces) >= UVICORN_CELLS ? alone(bytes[from]) : HEAD.NONE;
  }
  const name = at;
  const stop = Math.min(end, name + 64);
  const spaced = starts(bytes, name, end, LITELLM);
  while (at < stop && (isLoggerByte(bytes[at] as number) || bytes[at] === 45) && (spaced || bytes[at] !== SPACE))
    at += 1;
  return at > name && bytes[at] === COLON ? calm(bytes[from]) : HEAD.NONE;
}

/** Letters, digits, `_`, `.` and a space. */
function isLoggerByte(byte: number): boolean {
  const letter = byte | 32;
  return (letter >= 97 && letter <= 122) || isDigit(byte) || byte === SPACE || byte === 46 || byte === 95;
}
