import { isDigit, isLetter, isSpace } from '../ascii.ts';
import { SIGN, signsOf } from '../text-signs.ts';
import { withoutAddresses } from './addresses.ts';

/** A failure text as prose: quoted structures opened, keys and echoed content gone, addresses set aside. */
export interface Flat {
  text: string;
  urls: string[];
  /** HTTP statuses in a status position, in order of appearance. */
  statuses: number[];
  /** Values of `type`, `code`, `status`, `reason` and the like, lower case. */
  codes: string[];
  html: boolean;
}

const MAX_CHARS = 12_000;
const ECHOES = [
  'messages',
  'content',
  'prompt',
  'input',
  'inputs',
  'contents',
  'tools',
  'arguments',
  'choices',
  'request_data',
  'request_body',
  'input_value',
  'system_instruction',
  'data_url',
  'headers',
];
const CODES = [
  'code',
  'type',
  'status',
  'reason',
  'error_code',
  'errorcode',
  'statuscode',
  'status_code',
  'error_type',
  '__type',
  'limit_source',
  'http_code',
  'http_status',
  'err_code',
  'errcode',
  'errorname',
  'name',
  'title',
];
/** Keys of what is echoed, and keys of what names the failure. */
const KEYS = new Map<string, 'echo' | 'code'>([
  ...ECHOES.map((key) => [key, 'echo'] as const),
  ...CODES.map((key) => [key, 'code'] as const),
]);
const LONGEST_KEY = Math.max(...[...KEYS.keys()].map((key) => key.length));
const STATUS =
  /\b(?:error[ _]code|status[ _]?code|exception_status|http(?:\/\d(?:\.\d)?)?(?:[ _]?(?:error|status|response|code))?|status|returned|received|replied|responded with|rejected with|failed with|got|code|error|answered)(?: (?:with|status|error|code|an|a|http)){0,2}[\s:='"(]{1,4}([45]\d\d)\b(?!\.\d|[\w-])|\b([45]\d\d)(?=\s(?:Client|Server) Error\b|\s(?:Payment Required|Too Many Requests|Unauthorized|Forbidden|Not Found|Bad Request|Service Unavailable|Bad Gateway|Internal Server Error|Gateway Time-?out|Precondition Failed|Request Timeout|Unprocessable)\b)/gi;

/**
 * Opens escapes, drops keys and echoed requests, takes addresses out; `signsOfRaw` are those of the text or of one that it was
 * cut from. Linear; reads at most 12,000 characters.
 */
export function flatten(raw: string, signsOfRaw: number): Flat {
  let signs = signsOfRaw;
  let text = raw.length > MAX_CHARS ? `${raw.slice(0, MAX_CHARS - 4000)}\n${raw.slice(-4000)}` : raw;
  const flat: Flat = { text, urls: [], statuses: [], codes: [], html: false };
  if ((signs & SIGN.escape) !== 0 && text.includes('\\')) {
    text = openEscapes(text);
    signs = signsOf(text);
  }
  if ((signs & SIGN.url) !== 0) text = withoutAddresses(text, flat.urls);
  if ((signs & SIGN.html) !== 0 && PAGE.test(text)) {
    flat.html = true;
    text = text
      .replace(/<(?:style|script)\b[^>]{0,200}>[^<]{0,4000}/gi, ' ')
      .replace(/<[^<>]{0,400}>/g, '\n')
      .replace(/&nbsp;|&#\d{1,6};/g, ' ');
  }
  text = openStructures(text, flat);
  readStatuses(text, flat);
  flat.text = (signs & SIGN.bytes) === 0 ? text : text.replace(/\bb(["'])(?=[[{])/g, '$1');
  return flat;
}
const PAGE = /<(?:!doctype|html|head|body|title|center)\b/i;

function openEscapes(text: string): string {
  return text.replace(
    /\\{1,12}(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|(["'/])|([nrt]))/g,
    (all, wide, narrow, mark, control) => {
      if (wide) return String.fromCharCode(Number.parseInt(wide, 16));
      if (narrow) return Number.parseInt(narrow, 16) < 0x80 ? String.fromCharCode(Number.parseInt(narrow, 16)) : all;
      if (mark) return mark;
      return control === 't' ? ' ' : '\n';
    },
  );
}

/** Takes out the keys of what looks like JSON or a Python dict: `"key": `, and the values of those that echo a request. */
function openStructures(text: string, flat: Flat): string {
  let made = '';
  let from = 0;
  for (let colon = text.indexOf(':'); colon >= 0; colon = text.indexOf(':', Math.max(colon + 1, from))) {
    const close = beforeSpaces(text, colon);
    const start = keyStart(text, close);
    if (start <= from) continue;
    made += `${text.slice(from, start - 1)}\n`;
    from = afterSpaces(text, colon);
    if (close - start > LONGEST_KEY) continue;
    const key = text.slice(start, close).toLowerCase();
    const kind = KEYS.get(key);
    if (kind === 'code') readCode(text, from, key, flat);
    else if (kind === 'echo' && (key !== 'messages' || isConversation(text, from))) from = afterValue(text, from);
  }
  return from === 0 ? text : made + text.slice(from);
}

const SPACES_MAX = 4;
const KEY_MAX = 61;

function beforeSpaces(text: string, colon: number): number {
  let at = colon - 1;
  while (at > colon - 1 - SPACES_MAX && isSpace(text.charCodeAt(at))) at -= 1;
  return at;
}

function afterSpaces(text: string, colon: number): number {
  let at = colon + 1;
  while (at <= colon + SPACES_MAX && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Where the key begins that the quote at `close` ends; 0 where there is none. */
function keyStart(text: string, close: number): number {
  const quote = text.charCodeAt(close);
  if (quote !== 34 && quote !== 39) return 0;
  let start = close;
  while (start > close - KEY_MAX && isKeyCode(text.charCodeAt(start - 1))) start -= 1;
  if (start === close || text.charCodeAt(start - 1) !== quote) return 0;
  const first = text.charCodeAt(start);
  return isLetter(first) || first === 95 || first === 64 || first === 36 ? start : 0;
}

/** Letters, digits and `_ . $ @ -`. */
function isKeyCode(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === 95 || code === 45 || code === 46 || code === 36 || code === 64;
}

/** A list of messages is a conversation where its parts have roles; else it may be a list of failures. */
function isConversation(text: string, from: number): boolean {
  return !/^\s{0,4}\[/.test(text.slice(from, from + 8)) || /["']role["']/.test(text.slice(from, from + 300));
}

const CODE_VALUE = /^["']?([\w.:/ -]{1,80})/;

function readCode(text: string, from: number, key: string, flat: Flat): void {
  const value = CODE_VALUE.exec(text.slice(from, from + 90))?.[1]?.trim();
  if (!value) return;
  if (/^[45]\d\d$/.test(value)) {
    if (key !== 'type' && key !== 'name') flat.statuses.push(Number(value));
  } else if (flat.codes.length < 16 && value !== 'None' && value !== 'null' && value !== 'error')
    flat.codes.push(value.toLowerCase());
}

/** `401 {"detail": ...`: the status that an SDK puts before the body. */
const STATUS_FIRST = /^\s{0,4}([45]\d\d)[ :-]{1,3}[{<["']/;

const FOUR_OR_FIVE = /\b[45]\d\d\b/;

function readStatuses(text: string, flat: Flat): void {
  const first = STATUS_FIRST.exec(text)?.[1];
  if (first) flat.statuses.push(Number(first));
  if (!FOUR_OR_FIVE.test(text)) return;
  STATUS.lastIndex = 0;
  for (let match = STATUS.exec(text); match && flat.statuses.length < 8; match = STATUS.exec(text))
    flat.statuses.push(Number(match[1] ?? match[2]));
}

/** Index after a JSON-like value: a string, a bracketed structure (strings inside respected) or a bare word. */
function afterValue(text: string, from: number): number {
  const open = text[from];
  if (open === '"' || open === "'") {
    for (let at = from + 1; at < text.length; at++) {
      if (text[at] === open && /^\s{0,4}(?:[,}\]]|$)/.test(text.slice(at + 1, at + 8))) return at + 1;
    }
    return text.length;
  }
  if (open !== '[' && open !== '{') return from;
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    const char = text[at];
    if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && --depth === 0) return at + 1;
  }
  return text.length;
}
