import { SHAPES } from './secret-shapes.ts';
import { past, redactWrapped } from './wrapped.ts';

/** A known secret shorter than this is not searched for: it would hide ordinary words. */
const KNOWN_MIN = 6;

/**
 * Hides secrets: first the exact values that we know, in every spelling that they may have, then whatever has the shape of
 * one. The kind stays visible, `[redacted:sk]`. Expects sanitised text, whole logical lines. Linear, idempotent.
 */
export function redact(text: string, known: readonly string[] = []): string {
  let out = text;
  for (const secret of known) if (secret.length >= KNOWN_MIN) out = hideKnown(out, secret);
  return hideShapes(out.includes('\n') ? redactWrapped(out, hideShapes) : out);
}

function hideShapes(text: string): string {
  let out = text;
  for (const shape of SHAPES) out = shape.hide(out);
  return hasEncoded(out) ? out.replace(ENCODED, hideEncoded) : out;
}

/** A look for the sign alone is much faster than one for the sign with its digits, and most texts hold none. */
const hasEncoded = (text: string): boolean => text.includes('%') && /%[0-9A-Fa-f]{2}/.test(text);

function hideKnown(text: string, secret: string): string {
  let out = text;
  for (const spelling of spellings(secret)) if (out.includes(spelling)) out = out.replaceAll(spelling, HIDDEN);
  if (hasEncoded(out)) out = out.replace(PERCENT, (token) => (decoded(token).includes(secret) ? HIDDEN : token));
  return out.includes('\n') ? hideWrapped(out, secret) : out;
}

const HIDDEN = '[redacted:key]';
/** A word with percent-encoded bytes; bounded, for it is tried at each word. */
const PERCENT = /[^\s"<>%]{0,2000}%[^\s"<>]{1,8000}/g;

function decoded(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}

const spelled = new Map<string, string[]>();

/** As it is, in JSON once and twice, in JSON of ASCII alone, as Python prints it, and inside base64. Kept for the few secrets of a program. */
function spellings(secret: string): string[] {
  const found = spelled.get(secret) ?? [...new Set(allSpellings(secret))];
  if (spelled.size < 16) spelled.set(secret, found);
  return found;
}

function allSpellings(secret: string): string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const ascii = json.replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const repr = secret.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return [
    secret,
    JSON.stringify(json).slice(1, -1),
    json,
    ascii,
    repr,
    ...[0, 1, 2].flatMap((shift) => inBase64(secret, shift)),
  ];
}

/** What stands in base64 wherever the secret begins in it: only the characters that its neighbours share are left out. */
function inBase64(secret: string, shift: number): string[] {
  const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]).toString('base64');
  const middle = encoded.slice(Math.ceil((shift * 8) / 6)).replace(/.?=+$/, '');
  return middle.length >= 8 ? [middle] : [];
}

/** A known secret broken over lines: the same characters with line ends between them. */
function hideWrapped(text: string, secret: string): string {
  const bare = text.replaceAll('\n', '');
  if (bare.length === text.length || !bare.includes(secret)) return text;
  let out = '';
  let at = 0;
  let from = 0;
  for (let found = bare.indexOf(secret); found >= 0; found = bare.indexOf(secret, from)) {
    const begin = past(text, at, found - from);
    const end = past(text, begin, secret.length);
    out += `${text.slice(at, begin)}${HIDDEN}`;
    at = end;
    from = found + secret.length;
  }
  return out + text.slice(at);
}

const ENCODED = /[\w.~+/=&?-]{0,2000}(?:%[0-9A-Fa-f]{2}[\w.~+/=&?-]{0,2000}){1,500}/g;

/** Percent-encoded text is judged by what it says when decoded. */
function hideEncoded(token: string): string {
  const decoded = token.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return SHAPES.some((shape) => shape.hide(decoded) !== decoded) ? '[redacted:encoded]' : token;
}
