import { isSpace, isWordCode } from '../ascii.ts';

const SCHEMES = ['https', 'http', 'wss', 'ws', 'rediss', 'redis', 'postgresql', 'postgres'];
const MARK = '://';
const LONGEST = 2000;
const KEPT = 16;
/** What ends an address, beside spaces. */
const ENDS = new Set([...'"\'<>`)]}\\'].map((char) => char.charCodeAt(0)));
/** What a sentence puts behind one. */
const POINTS = new Set([...'.,;:!?'].map((char) => char.charCodeAt(0)));

/** A space in the place of each address; the first 16 of them are added to `urls`. Linear. */
export function withoutAddresses(text: string, urls: string[]): string {
  let made = '';
  let from = 0;
  for (let mark = text.indexOf(MARK); mark >= 0; mark = text.indexOf(MARK, Math.max(mark + 1, from))) {
    const start = schemeStart(text, mark);
    if (start < from) continue;
    const end = addressEnd(text, mark + MARK.length);
    if (end === mark + MARK.length) continue;
    if (urls.length < KEPT) urls.push(text.slice(start, withoutPoints(text, end)));
    made += `${text.slice(from, start)} `;
    from = end;
  }
  return from === 0 ? text : made + text.slice(from);
}

/** Where the scheme before `mark` begins; -1 where none stands there as a word. */
function schemeStart(text: string, mark: number): number {
  for (const scheme of SCHEMES) {
    const start = mark - scheme.length;
    if (text.startsWith(scheme, start) && start >= 0 && !isWordCode(text.charCodeAt(start - 1))) return start;
  }
  return -1;
}

function addressEnd(text: string, from: number): number {
  const most = Math.min(text.length, from + LONGEST);
  let at = from;
  for (; at < most; at += 1) {
    const code = text.charCodeAt(at);
    if (isSpace(code) || ENDS.has(code)) break;
  }
  return at;
}

function withoutPoints(text: string, end: number): number {
  let last = end;
  while (POINTS.has(text.charCodeAt(last - 1))) last -= 1;
  return last;
}
