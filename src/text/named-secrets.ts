import type { Shape } from './secret-shapes.ts';
import { DONE, hidden, looksSecret } from './secret-words.ts';

/*
 * `name: value`, `name=value`, `"name": "value"`, `'name': 'value'`, and the same in escaped JSON. The expression is tried
 * where a separator stands behind a word that ends as such names do, and nowhere else: tried everywhere it took half of the
 * redactor's time.
 */

const NAMES =
  'api[_-]?keys?|apikey|x-api-key|x-goog-api-key|x-litellm-api-key|ocp-apim-subscription-key|subscription[_-]?key|[a-z0-9_]{1,40}_api_key|[a-z0-9_]{1,40}_secret(?:_key)?|' +
  '(?:litellm_|proxy_)?(?:master|salt|private|secret|access|encryption|signing|license|virtual)[_-]?key(?:_id)?|aws_secret_access_key|aws_session_token|client[_-]?secret|secret|' +
  '(?:[a-z0-9_]{1,40}_)?passw(?:or)?d|pwd|passphrase|(?:access|refresh|id|auth|bearer|session|bot|api|personal)[_-]?token|[a-z0-9_]{1,40}_token|token|authorization|proxy-authorization|cookie|set-cookie|' +
  '(?:database|direct|redis|connection|slack_webhook|webhook|dsn)_?(?:url|string|uri)?_?(?:read_replica)?';

const NOT_A_VALUE =
  /^(?:none|null|undefined|true|false|required|missing|invalid|not|is|the|os\.environ.*|\$\{?\w+\}?|<[^>]*>|\*+|x{3,}|\.{3}|bearer|basic|str|string|int|bool)$/i;

const PATTERN = new RegExp(
  `(${NAMES})(\\\\?["'\`]?\\s{0,3}[:=]\\s{0,3}(?:b?\\\\?["'\`])?)((?:Bearer |Basic |bearer |Token )?)([^\\s"'\`,;&<>(){}\\\\\\]\\[]{1,2000})`,
  'iy',
);

/** The last letters of every name above. */
const ENDINGS = 'key eys ret ord swd pwd ase ken ion kie _id url ing uri ica ect dis ook dsn'.split(' ');
const NAME_CHARS = 90;

/** A number below 32 for what endings are made of, in either case; 0 for all else. */
const LETTERS = new Uint8Array(128);
for (const [at, letter] of [...'_abcdefghijklmnopqrstuvwxyz'].entries()) {
  LETTERS[letter.charCodeAt(0)] = at + 1;
  LETTERS[letter.toUpperCase().charCodeAt(0)] = at + 1;
}
const IS_ENDING = new Uint8Array(32 ** 3);
for (const ending of ENDINGS) IS_ENDING[endingAt(ending, 3)] = 1;

/** The three characters before `end` as one number. */
function endingAt(text: string, end: number): number {
  return (letter(text, end - 3) << 10) | (letter(text, end - 2) << 5) | letter(text, end - 1);
}

function letter(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? (LETTERS[code] as number) : 0;
}

export const NAMED: Shape = { hide: hideNamed };

function hideNamed(text: string): string {
  let out = '';
  let done = 0;
  let colon = find(text, ':', 0);
  let equals = find(text, '=', 0);
  for (let at = Math.min(colon, equals); at < text.length; at = Math.min(colon, equals)) {
    const end = endOfName(text, at);
    const match = end - 3 >= done && IS_ENDING[endingAt(text, end)] === 1 ? matchBefore(text, end, done) : null;
    if (match !== null) {
      const [whole, name, between, scheme, value] = match as unknown as [string, string, string, string, string];
      out += text.slice(done, match.index) + hideValue(whole, name, between, scheme, value);
      done = match.index + whole.length;
    }
    const from = Math.max(at + 1, done);
    if (colon < from) colon = find(text, ':', from);
    if (equals < from) equals = find(text, '=', from);
  }
  return out + text.slice(done);
}

/** Where `sign` stands from `from` on, or the end of the text. Twice as fast as an expression for both separators. */
function find(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? text.length : at;
}

/** Back from a separator over spaces and a quote. */
function endOfName(text: string, separator: number): number {
  let at = separator;
  for (let spaces = 0; spaces < 3 && isSpace(text.charCodeAt(at - 1)); spaces += 1) at -= 1;
  const quote = text.charCodeAt(at - 1);
  if (quote === 34 || quote === 39 || quote === 96) at -= 1;
  return text.charCodeAt(at - 1) === 92 ? at - 1 : at;
}

/** A name that ends at `end`: from the word's beginning, or from one of its parts. */
function matchBefore(text: string, end: number, from: number): RegExpExecArray | null {
  let start = end;
  while (start > from && start > end - NAME_CHARS && isName(text.charCodeAt(start - 1))) start -= 1;
  for (let at = start; at < end - 2; at += 1) {
    if (at > start && isAlphanumeric(text.charCodeAt(at - 1))) continue;
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(text);
    if (match !== null) return match;
  }
  return null;
}

const isSpace = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

function isAlphanumeric(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

const isName = (code: number): boolean => isAlphanumeric(code) || code === 45 || code === 95;

function hideValue(match: string, name: string, between: string, scheme: string, value: string): string {
  const bare = value.replace(/[.:]+$/, '');
  // `redis://cache`: a scheme and no name; what its address hides has a shape of its own
  if (bare.startsWith(DONE) || bare.startsWith('//') || NOT_A_VALUE.test(bare) || bare === '') return match;
  const quoted = /["'`]$/.test(between);
  const tight = between === '=';
  const number = /^\d{1,9}(?:\.\d+)?%?$/.test(bare);
  const kind = name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  const plain = /^(?:token|secret|cookie|webhook|database|redis|connection|direct|dsn)$/.test(kind);
  if (number && !quoted) return match;
  if (
    quoted
      ? plain && !looksSecret(bare) && bare.length < 6
      : tight
        ? plain && !looksSecret(bare) && !/pass|secret|key/.test(kind)
        : !looksSecret(bare)
  )
    return match;
  return `${name}${between}${scheme}${hidden(kind)}${value.slice(bare.length)}`;
}
