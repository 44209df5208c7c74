import { afterEscape, codes, ESC, find, isDigit, SPACE, starts } from '../../diagnosis/gate-bytes.ts';

/*
 * Which line begins a record, decided on its bytes: LiteLLM's prefix, uvicorn's, gunicorn's, the logging module's, Prisma's,
 * a JSON object or a bare access line, behind whatever a journal or a composer writes before it. Everything else, blank lines
 * included, belongs to the record before (seen in the logs of five releases).
 */

const COLON = 58;
const BRACKET = 91;
/** How far into a line a prefix of another program reaches at most. */
const PREFIX_BYTES = 160;

/** Where the line itself begins: after `Nov 24 08:14:02 host litellm[12]: `, `litellm-1  | ` and colours. */
export function payloadOf(bytes: Uint8Array, start: number, end: number): number {
  let at = afterColours(bytes, start, end);
  const prefixed = afterSyslog(bytes, at, end) ?? afterComposer(bytes, at, end);
  if (prefixed !== null) at = afterColours(bytes, prefixed, end);
  return at;
}

function afterColours(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === ESC) at = afterEscape(bytes, at, end);
  return at;
}

const END_OF_TAG = codes(']: ');
const BAR = codes(' | ');

/** `Nov 24 08:14:02 host tag[pid]: ` and `2026-11-24T08:14:02+0000 host tag[pid]: `. */
function afterSyslog(bytes: Uint8Array, at: number, end: number): number | null {
  const first = bytes[at] as number;
  const month =
    first >= 65 && first <= 90 && bytes[at + 3] === SPACE && bytes[at + 6] === SPACE && bytes[at + 9] === COLON;
  const date = bytes[at + 4] === 45 && bytes[at + 10] === 84 && bytes[at + 13] === COLON && isDigit(first);
  if (!month && !date) return null;
  const tag = find(bytes, at + 15, Math.min(end, at + PREFIX_BYTES), END_OF_TAG);
  return tag < 0 ? null : tag + END_OF_TAG.length;
}

/** `litellm-1  | `: a name of letters, digits and `-_.`, padded. */
function afterComposer(bytes: Uint8Array, start: number, end: number): number | null {
  let at = start;
  const stop = Math.min(end, start + 64);
  while (at < stop && isNameByte(bytes[at] as number)) at += 1;
  if (at === start || at >= stop || bytes[at] !== SPACE) return null;
  while (at < stop && bytes[at + 1] === SPACE) at += 1;
  return starts(bytes, at, end, BAR) ? at + BAR.length : null;
}

function isNameByte(byte: number): boolean {
  const letter = byte | 32;
  return (letter >= 97 && letter <= 122) || isDigit(byte) || byte === 45 || byte === 95 || byte === 46;
}

/** uvicorn pads the level and its colon to ten cells; the logging module writes `LEVEL:logger:`. */
const LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'].map((word) => codes(`${word}:`));
const UVICORN_CELLS = 10;
const LITELLM = codes('LiteLLM');
const PRISMA = codes('prisma:');
const REQUEST = codes(' - "');

/** True where the payload `bytes[at, end)` begins a record. */
export function isHead(bytes: Uint8Array, at: number, end: number): boolean {
  const first = bytes[at] as number;
  if (isDigit(first)) return digitHead(bytes, at, end);
  if (first === BRACKET) return bracketHead(bytes, at, end);
  if (first === 123) return bytes[at + 1] === 34;
  if (first === 112) return starts(bytes, at, end, PRISMA);
  if (first < 65 || first > 90) return false;
  for (const level of LEVELS)
    if (first === level[0] && starts(bytes, at, end, level)) return levelHead(bytes, at, end, level.length);
  return false;
}

/** `08:14:02 - LiteLLM Proxy:ERROR: `, `2026-11-24 08:14:02,123 `, `10.0.0.9:36054 - "GET`. */
function digitHead(bytes: Uint8Array, at: number, end: number): boolean {
  if (bytes[at + 2] === COLON && bytes[at + 5] === COLON)
    return bytes[at + 8] === SPACE && bytes[at + 9] === 45 && starts(bytes, at + 11, end, LITELLM);
  if (bytes[at + 4] === 45 && bytes[at + 7] === 45)
    return (bytes[at + 10] === SPACE || bytes[at + 10] === 84) && bytes[at + 13] === COLON && bytes[at + 16] === COLON;
  return find(bytes, at, Math.min(end, at + 60), REQUEST) >= 0;
}

/** `[2026-11-24 08:14:02 +0000] [12] [ERROR] ` and an access line of an IPv6 client. */
function bracketHead(bytes: Uint8Array, at: number, end: number): boolean {
  if (isDigit(bytes[at + 1] as number) && bytes[at + 5] === 45 && bytes[at + 8] === 45) return bytes[at + 14] === COLON;
  return find(bytes, at, Math.min(end, at + 60), REQUEST) >= 0;
}

function levelHead(bytes: Uint8Array, at: number, end: number, length: number): boolean {
  let after = at + length;
  if (bytes[after] === SPACE) {
    while (after < end && bytes[after] === SPACE) after += 1;
    return after - at >= UVICORN_CELLS;
  }
  const stop = Math.min(end, after + 64);
  while (after < stop && bytes[after] !== COLON && bytes[after] !== SPACE) after += 1;
  // `ERROR:LiteLLM Proxy:`: a logger's name may hold a space
  while (after < stop && bytes[after] !== COLON) after += 1;
  return after < stop && after > at + length;
}
