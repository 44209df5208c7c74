import { SHAPES } from './secret-shapes.ts';

/** A known secret shorter than this is not searched for: it would hide ordinary words. */
const KNOWN_MIN = 6;

/**
 * Hides secrets: first the exact values that we know, in every spelling that they may have, then whatever has the shape of
 * one. The kind stays visible, `[redacted:sk]`. Expects sanitised text, whole logical lines. Linear, idempotent.
 */
export function redact(text: string, known: readonly string[] = []): string {
  let out = text;
  for (const secret of known) if (secret.length >= KNOWN_MIN) out = hideKnown(out, secret);
  for (const shape of SHAPES) {
    if (shape.hints.some((hint) => out.includes(hint))) out = out.replace(shape.pattern, shape.replace);
  }
  return out.includes('%') ? out.replace(ENCODED, hideEncoded) : out;
}

function hideKnown(text: string, secret: string): string {
  let out = text;
  for (const spelling of spellings(secret)) out = out.replaceAll(spelling, '[redacted:key]');
  return out.includes(secret.slice(0, KNOWN_MIN)) || out.includes('\n') ? hideWrapped(out, secret) : out;
}

const spelled = new Map<string, string[]>();

/** As it is, as in a URL, as in JSON. Kept for the few secrets that a program has. */
function spellings(secret: string): string[] {
  const found = spelled.get(secret) ?? [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      encodeEvery(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
    ]),
  ];
  if (spelled.size < 16) spelled.set(secret, found);
  return found;
}

const encodeEvery = (text: string): string =>
  text.replace(/[^A-Za-z0-9]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

/** A known secret broken over lines: the same characters with line ends between them. */
function hideWrapped(text: string, secret: string): string {
  const bare = text.replaceAll('\n', '');
  if (bare.length === text.length || !bare.includes(secret)) return text;
  let out = '';
  let at = 0;
  let from = 0;
  for (let found = bare.indexOf(secret); found >= 0; found = bare.indexOf(secret, from)) {
    const begin = skip(text, at, found - from);
    const end = skip(text, begin, secret.length);
    out += `${text.slice(at, begin)}[redacted:key]`;
    at = end;
    from = found + secret.length;
  }
  return out + text.slice(at);
}

/** Where `count` characters that are no line ends have passed, from `at`. */
function skip(text: string, at: number, count: number): number {
  let index = at;
  for (let left = count; left > 0; index += 1) if (text[index] !== '\n') left -= 1;
  return index;
}

const ENCODED = /[\w.~+/=&?-]{0,2000}(?:%[0-9A-Fa-f]{2}[\w.~+/=&?-]{0,2000}){1,500}/g;

/** Percent-encoded text is judged by what it says when decoded. */
function hideEncoded(token: string): string {
  const decoded = token.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  for (const shape of SHAPES) {
    shape.pattern.lastIndex = 0;
    if (shape.hints.some((hint) => decoded.includes(hint)) && decoded.replace(shape.pattern, shape.replace) !== decoded)
      return '[redacted:encoded]';
  }
  return token;
}
