import { afterEscape, codes, ESC, find, isDigit, SPACE } from '../../diagnosis/gate-bytes.ts';

/** One request as the gateway's web server logs it. */
export interface Access {
  status: number;
  /** Without its query. */
  path: string;
}

const QUOTE = 34;
const BACKSLASH = 92;
const SLASH = 47;
const QUERY = 63;
/** A status stands so close to the end of its line, with its reason and colours. */
const TAIL_BYTES = 80;
const HEAD_BYTES = 96;
const OPENED = codes(' - ');

/**
 * Reads `10.0.0.9:50400 - "POST /v1/chat/completions HTTP/1.1" 200 OK` behind any prefix, plain or inside JSON; null for
 * every other line. Decodes no more than the path.
 */
export function accessOf(bytes: Buffer, start: number, end: number): Access | null {
  const quote = lastQuote(bytes, start, end);
  if (quote === null) return null;
  const status = statusAfter(bytes, quote, end);
  if (status === null) return null;
  const opened = find(bytes, start, Math.min(quote, start + HEAD_BYTES), OPENED);
  if (opened < 0) return null;
  let at = opened + 3;
  if (bytes[at] === BACKSLASH) at += 1;
  if (bytes[at] !== QUOTE) return null;
  at += 1;
  const space = bytes.indexOf(SPACE, at);
  if (space < 0 || space - at > 10 || bytes[space + 1] !== SLASH) return null;
  let stop = space + 1;
  while (stop < quote && bytes[stop] !== SPACE && bytes[stop] !== QUERY) stop += 1;
  return { status, path: bytes.toString('latin1', space + 1, stop) };
}

/** The quote that ends the request: digits follow it. */
function lastQuote(bytes: Buffer, start: number, end: number): number | null {
  const stop = Math.max(start, end - TAIL_BYTES);
  for (let at = end - 4; at > stop; at -= 1) {
    if (bytes[at] !== QUOTE) continue;
    const next = bytes[at + 1];
    if (next === SPACE || next === ESC) return at;
  }
  // In JSON the line goes on after the message: `HTTP/1.1\" 402", "level": ...`.
  if (bytes[start] !== 123) return null;
  const escaped = bytes.indexOf('\\" ', start, 'latin1');
  return escaped < 0 || escaped >= end ? null : escaped + 1;
}

function statusAfter(bytes: Buffer, quote: number, end: number): number | null {
  let at = quote + 1;
  while (at < end && (bytes[at] === SPACE || bytes[at] === ESC))
    at = bytes[at] === ESC ? afterEscape(bytes, at, end) : at + 1;
  const [a, b, c] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0];
  if (at + 3 > end || !isDigit(a) || !isDigit(b) || !isDigit(c) || isDigit(bytes[at + 3] ?? 0)) return null;
  return (a - 48) * 100 + (b - 48) * 10 + (c - 48);
}
