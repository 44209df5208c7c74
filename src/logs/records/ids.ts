import { isDigit } from '../../diagnosis/ascii.ts';
import { BEGINS, GOES_ON, SAYS } from '../../diagnosis/words/build-lexicon.ts';
import { standingOf } from '../../diagnosis/words/lexicon.ts';
import { isHump, kindOf, type Run, WORD } from './runs.ts';

const DASH = 45;
const UNDERSCORE = 95;
const POINT = 46;
const COLON = 58;

/** How ids begin, before `-` or `_`. */
const PREFIXES = new Set(
  'org proj req request user key acct asst run thread msg chatcmpl cmpl resp gen call toolu tok file batch conv trace session ses'.split(
    ' ',
  ),
);

const LONGEST_ID = 128;

/** True for what stands behind such a beginning, `-` and `_` between them. */
export function isOfId(text: string, from: number): boolean {
  const least = Math.max(0, from - LONGEST_ID);
  let start = from;
  let end = -1;
  while (start > least) {
    const code = text.charCodeAt(start - 1);
    if (code === DASH || code === UNDERSCORE) end = start - 1;
    else if (kindOf(code) !== WORD) break;
    start -= 1;
  }
  return end > start && PREFIXES.has(text.slice(start, end));
}

/** True where letters and digits are a word of the lexicon: all others a rule reads alike. */
export const isKnown = (text: string, from: number, to: number): boolean => standingOf(text, from, to) !== 0;

/** What expressions look for anywhere, in the middle of a word too. */
const SPEAKS =
  /err|exc|fail|inval|deni|oom|kill|crash|back|evict|heal|term|panic|time|refus|unav|unre|exha|forb|auth|llm|prox|gate|redis|valk|post|prism|uvic|guni|grani|hyper|skyp|pod|kube|dock|cont|ngin|hapr|cadd|trae|conn|data|model|alive|pong|goog|gemi|palm|vert/i;

/** What kind of id a run with letters and digits is; null where it may be a name or a code. */
export function kindOfId(text: string, run: Run): string | null {
  const { from, end } = run;
  const length = end - from;
  if (length > LONGEST_ID || isOfTime(text, from, end)) return null;
  if (run.hex && length >= 8) {
    if (run.letters === 1 && /^\d+e\d+$/i.test(text.slice(from, end))) return null;
    return isKnown(text, from, end) ? null : `x${formOf(text, run)}`;
  }
  if (length >= 8 && text.startsWith('0x', from) && /^0x[0-9a-f]+$/.test(text.slice(from, end))) return 'p';
  if (length < 6 || (length < 16 && !isOfId(text, from))) return null;
  const found = text.slice(from, end);
  // `"ok"` in quotes is a good answer
  if (SPEAKS.test(found) || (text.endsWith('"') && /ok/i.test(found))) return null;
  const pieces = inPieces(found);
  return pieces === null ? null : `i${formOf(text, run)}${pieces}`;
}

/** A time may have any digits behind its colons and points. */
export const isOfTime = (text: string, from: number, end: number): boolean =>
  (isColonOrPoint(text.charCodeAt(from - 1)) && isDigit(text.charCodeAt(from - 2))) ||
  (isColonOrPoint(text.charCodeAt(end)) && isDigit(text.charCodeAt(end + 1)));

const isColonOrPoint = (code: number): boolean => code === COLON || code === POINT;

/** How an id begins, which expressions may read as a number, or as nothing: `failed: 0`. */
export function beginningOf(text: string, from: number): string {
  const first = text.charCodeAt(from);
  return !isDigit(first) ? 'a' : first === 48 && !isDigit(text.charCodeAt(from + 1)) ? 'o' : 'd';
}

const formOf = (text: string, { from, upper, lower }: Run): string =>
  `${beginningOf(text, from)}${upper ? 'U' : ''}${lower ? 'l' : ''}`;

/**
 * A word is read in pieces, cut at its capitals. How many they are is kept, and those that say something, be it with the
 * words beside them.
 */
function inPieces(found: string): string | null {
  if (isKnown(found, 0, found.length)) return null;
  const cuts = cutsOf(found);
  const standings = cuts.slice(1).map((end, index) => standingOf(found, cuts[index] as number, end));
  let kept = '';
  for (const [index, standing] of standings.entries()) {
    // what stands before and behind the whole may be any word
    const [before = SAYS, after = SAYS] = [standings[index - 1], standings[index + 1]];
    const speaks =
      (standing & SAYS) !== 0 ||
      ((standing & BEGINS) !== 0 && after !== 0) ||
      ((standing & GOES_ON) !== 0 && before !== 0);
    if (speaks) kept += `${index}${found.slice(cuts[index], cuts[index + 1])}`;
  }
  return `${cuts.length} ${kept} `;
}

/** Where the pieces of a word begin and the last one ends. */
function cutsOf(found: string): number[] {
  const cuts = [0];
  for (let at = 2; at < found.length; at += 1) if (isHump(found, cuts[cuts.length - 1] as number, at)) cuts.push(at);
  cuts.push(found.length);
  return cuts;
}
