import { isDigit } from '../../diagnosis/ascii.ts';
import { afterEscape, codes, ESC, find, SPACE, starts } from '../../diagnosis/gate-bytes.ts';

/*
 * What other programs write before a line: a journal printed as text, or a composer of containers. Lines with other tags
 * are of other writers, whatever stands between them.
 */

const COLON = 58;
/** How far into a line a prefix of another program reaches at most. */
const PREFIX_BYTES = 160;
const END_OF_TAG = codes(']: ');
const BAR = codes(' | ');

/** Where the line itself begins: after `Nov 24 08:14:02 host litellm[12]: `, `litellm-1  | ` and colours. */
export function payloadOf(bytes: Uint8Array, start: number, end: number): number {
  const at = afterColours(bytes, start, end);
  const prefixed = afterSyslog(bytes, at, end) ?? afterComposer(bytes, at, end);
  return prefixed === null ? at : afterColours(bytes, prefixed, end);
}

/** The writer that the prefix `bytes[start, payload)` names; empty where there is none. */
export function tagOf(bytes: Buffer, start: number, payload: number): string {
  const at = afterColours(bytes, start, payload);
  if (at >= payload) return '';
  const tag = bytes.toString('latin1', at + stampLength(bytes, at), payload);
  // Colours behind it are the line's own: LiteLLM writes them before a head and not before what follows.
  const colour = tag.indexOf('\u001b');
  return colour < 0 ? tag : tag.slice(0, colour);
}

/** The prefix as it stands there, for the time in it. */
export function prefixOf(bytes: Buffer, start: number, payload: number): string {
  return payload - start < 4 ? '' : bytes.toString('latin1', afterColours(bytes, start, payload), payload);
}

function afterColours(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && bytes[at] === ESC) at = afterEscape(bytes, at, end);
  return at;
}

/** `Nov 24 08:14:02 `, at the beginning of a line. */
export function isMonthStamp(bytes: Uint8Array, at: number): boolean {
  const first = bytes[at] as number;
  return (
    first >= 65 &&
    first <= 90 &&
    bytes[at + 3] === SPACE &&
    bytes[at + 6] === SPACE &&
    bytes[at + 9] === COLON &&
    bytes[at + 12] === COLON &&
    bytes[at + 15] === SPACE
  );
}

function isDateStamp(bytes: Uint8Array, at: number): boolean {
  return bytes[at + 4] === 45 && bytes[at + 10] === 84 && bytes[at + 13] === COLON && isDigit(bytes[at] as number);
}

function stampLength(bytes: Buffer, at: number): number {
  if (isMonthStamp(bytes, at)) return 16;
  return isDateStamp(bytes, at) ? bytes.indexOf(SPACE, at) + 1 - at : 0;
}

/** `Nov 24 08:14:02 host tag[pid]: ` and `2026-11-24T08:14:02+0000 host tag[pid]: `. */
function afterSyslog(bytes: Uint8Array, at: number, end: number): number | null {
  if (!isMonthStamp(bytes, at) && !isDateStamp(bytes, at)) return null;
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
