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
const URL = /\b(?:https?|wss?|redis|rediss|postgres|postgresql):\/\/[^\s"'<>`)\]}\\]{1,2000}/g;
const KEY = /(["'])([A-Za-z_@$][\w.$@-]{0,60})\1\s{0,4}:\s{0,4}/g;
const ECHO = new Set([
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
]);
const CODE_KEYS = new Set([
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
]);
const STATUS =
  /\b(?:error[ _]code|status[ _]?code|exception_status|http(?:\/\d(?:\.\d)?)?(?:[ _]?(?:error|status|response|code))?|status|returned|received|replied|responded with|rejected with|failed with|got|code|error|answered)(?: (?:with|status|error|code|an|a|http)){0,2}[\s:='"(]{1,4}([45]\d\d)\b(?!\.\d|[\w-])|\b([45]\d\d)(?=\s(?:Client|Server) Error\b|\s(?:Payment Required|Too Many Requests|Unauthorized|Forbidden|Not Found|Bad Request|Service Unavailable|Bad Gateway|Internal Server Error|Gateway Time-?out|Precondition Failed|Request Timeout|Unprocessable)\b)/gi;

/** Opens escapes, drops keys and echoed requests, takes addresses out. Linear; reads at most 12,000 characters. */
export function flatten(raw: string): Flat {
  let text = raw.length > MAX_CHARS ? `${raw.slice(0, MAX_CHARS - 4000)}\n${raw.slice(-4000)}` : raw;
  const flat: Flat = { text, urls: [], statuses: [], codes: [], html: false };
  if (text.includes('\\')) text = openEscapes(text);
  if (text.includes('://')) {
    text = text.replace(URL, (url) => {
      if (flat.urls.length < 16) flat.urls.push(url.replace(/[.,;:!?]+$/, ''));
      return ' ';
    });
  }
  if (/<(?:!doctype|html|head|body|title|center)\b/i.test(text)) {
    flat.html = true;
    text = text
      .replace(/<(?:style|script)\b[^>]{0,200}>[^<]{0,4000}/gi, ' ')
      .replace(/<[^<>]{0,400}>/g, '\n')
      .replace(/&nbsp;|&#\d{1,6};/g, ' ');
  }
  text = openStructures(text, flat);
  readStatuses(text, flat);
  flat.text = text.replace(/\bb(["'])(?=[[{])/g, '$1');
  return flat;
}

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

function openStructures(text: string, flat: Flat): string {
  KEY.lastIndex = 0;
  let made = '';
  let from = 0;
  for (let match = KEY.exec(text); match; match = KEY.exec(text)) {
    if (match.index < from) continue;
    const key = (match[2] as string).toLowerCase();
    made += `${text.slice(from, match.index)}\n`;
    from = match.index + match[0].length;
    if (ECHO.has(key) && !(key === 'messages' && !isConversation(text, from))) from = afterValue(text, from);
    else if (CODE_KEYS.has(key)) readCode(text, from, key, flat);
    KEY.lastIndex = Math.max(KEY.lastIndex, from);
  }
  return from === 0 ? text : made + text.slice(from);
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

const FOUR_OR_FIVE = /[45]\d\d/;

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
