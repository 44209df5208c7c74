import { SIGN } from '../text-signs.ts';
import { readClasses } from './classes.ts';

/** What LiteLLM's own words around a failure say: class, provider, model group; and the failure's text without them. */
export interface Message {
  body: string;
  /** Exception classes that LiteLLM printed, outermost first: weak evidence. */
  classes: string[];
  /** `Openrouter` of `OpenrouterException`. */
  providerToken: string | null;
  /** Public model name. */
  group: string | null;
  /** `provider/model` of a router line. */
  routed: string | null;
  clientIp: string | null;
  /** Written by the proxy's key check. */
  keyCheck: boolean;
  /** The router says that a call failed (it does so at INFO) or that it went well. */
  router: 'failed' | 'ok' | null;
}

const ROUTER = /litellm\.a?[a-z_]{3,40}\(model=([^)\n]{0,200})\)\s{0,4}(?:\[\d{1,2}m\s?)?(Exception|200 OK)?\s{0,4}/;
const KEY_CHECK = /user_api_key_auth\b|auth_exception_handler|auth_checks/;
/** What a head begins with, and the head: the first is quick to miss. */
const HEADS = [
  ['litellm', /^litellm[\w.:() -]{0,160}?Exception occurr?ed - /],
  ['litellm_call_id=', /^litellm_call_id=[\w-]{1,64} - /],
  ['', /^[\w.:/]{0,120}\(\) - Error occurr?ed while trying to do fallbacks - /],
  ['An exception occur', /^An exception occurr?ed - /],
  ['error:', /^error: ?/],
  ['Unhandled error: ', /^Unhandled error: /],
] as const;
/** What each must hold, and the name of a model group that it holds: the first is quick to miss. */
const GROUPS = [
  ["LiteLLM: model group '", /LiteLLM: model group '([^'\n]{1,200})'/],
  ['Received Model Group=', /Received Model Group=([^\n\\"]{1,200})/],
  ['Passed model=', /Passed model=([^\s,"']{1,200}?)\.? /],
  ['in model=', /\bin model=([^\s"']{1,200}?)(?:\.? |\.?$)/],
] as const;
const CLIENT = /Requester IP Address: ?([\da-fA-F.:]{3,45})/;
const ASKED = /\nModel: ?([^\n]{1,200})/;

/** Where LiteLLM's tail begins. What follows repeats, advises or traces; none of it is the failure. */
const TAILS = [
  "\n\nLiteLLM: model group '",
  'Received Model Group=',
  'Available Model Group Fallbacks=',
  'No fallback model group found for original model_group=',
  '\nDeployment Info: ',
  '\nDebug Information:',
  '\nRequester IP Address:',
  'Missing `mode`. Set the `mode`',
  '\nstack trace:',
  '\nstacktrace:',
  ' stack trace: Traceback',
  '. Handle with `litellm.',
  'LiteLLM Retried: ',
  "\n\nSet 'context_window_fallback'",
  "\n\nSet 'content_policy_fallback'",
  '\nMessages: ',
  ', cooldown_list=',
  '\nCooldown Deployments=',
  '\nThis looks like a bug in LiteLLM',
  '\nGive Feedback / Get Help',
  '\nLiteLLM.Info: ',
];
/** Exceptions that led to each other: the last one is what happened. */
const CHAINED = /\n(?:The above exception was the direct cause|During handling of the above exception)/;
/** The head of Python's tracebacks. */
export const TRACE = 'Traceback (most recent call last)';
const EXCEPTION_LINE =
  /^(?:[\w.]{1,200}\.)?[A-Za-z_]\w{0,80}(?:Error|Exception|Timeout|Exit|Interrupt|Fault)\b[^\n]*/gm;

/** Peels LiteLLM's grammar off a failure text (facts measured on 1.60.8 to 1.106.2); `signs` are those of the text. Linear. */
export function readMessage(text: string, signs: number): Message {
  const made: Message = {
    body: text,
    classes: [],
    providerToken: null,
    group: null,
    routed: null,
    clientIp: null,
    keyCheck: false,
    router: null,
  };
  if ((signs & CONTEXT) !== 0) context(made, text, signs);
  let body = (signs & TRACED) === 0 ? text : withoutTrace(text, signs);
  body = withoutHeads(made, body, signs);
  body = withoutTails(body, signs);
  if (hollow(body, signs)) body = withoutTails(lastException(text) ?? body, signs);
  made.body = readClasses(made, body, signs);
  return made;
}

const CONTEXT = SIGN.group | SIGN.requester | SIGN.keyCheck;
const TRACED = SIGN.trace | SIGN.chained;

function context(made: Message, text: string, signs: number): void {
  if ((signs & SIGN.group) !== 0) made.group = modelGroup(text);
  if ((signs & SIGN.requester) !== 0) made.clientIp = CLIENT.exec(text)?.[1] ?? null;
  made.group ??= made.clientIp ? (ASKED.exec(text)?.[1] ?? null) : null;
  if (made.group === 'unknown' || made.group === 'None') made.group = null;
  made.keyCheck = (signs & SIGN.keyCheck) !== 0 && KEY_CHECK.test(text.length > 400 ? text.slice(0, 400) : text);
}

function modelGroup(text: string): string | null {
  for (const [sign, pattern] of GROUPS) {
    const found = text.includes(sign) ? pattern.exec(text)?.[1]?.trim() : undefined;
    if (found !== undefined) return found.endsWith('.') ? found.slice(0, -1) : found;
  }
  return null;
}

function withoutTrace(text: string, signs: number): string {
  const at = text.indexOf(TRACE);
  if (at < 0) return CHAINED.test(text) ? (lastException(text) ?? text) : text;
  const before = text.slice(0, at).trimEnd();
  const label = LABEL.exec(before.slice(-LABEL_MAX))?.[0] ?? '';
  const head = before.slice(0, before.length - label.length);
  if (!hollow(withoutTails(head, signs), signs)) return head;
  return lastException(text.slice(at)) ?? text;
}
/** What stands before a traceback and says no more than that it comes. */
const LABEL = /(?:stack ?trace|error|--- logging error ---)?:?$/i;
const LABEL_MAX = '--- logging error ---'.length;

/**
 * The last line of a traceback that names an exception, with what follows it; behind it the names of those that led to it: a
 * wrapper may say less than what it wraps.
 */
function lastException(text: string): string | null {
  const found = [...text.matchAll(EXCEPTION_LINE)].filter(
    ({ 0: line }) => !line.startsWith('Exception Group') && line.length > 4,
  );
  const last = found.pop();
  if (last === undefined) return null;
  const said = text.slice(last.index, last.index + 4000);
  const causes = found
    .map(({ 0: line }) => NAME.exec(line)?.[0] ?? '')
    .filter((name) => !/^(?:litellm\.|$)/.test(name));
  return CHAINED.test(text) && causes.length > 0 ? `${said}\n${[...new Set(causes)].join('\n')}` : said;
}
const NAME = /^[\w.]{1,281}/;

function hollow(text: string, signs: number): boolean {
  // heads are no longer than this: what is longer says something
  if (text.length > 400) return false;
  const own = (signs & SIGN.head) !== 0 && text.startsWith('litellm');
  return (own ? withoutOwnHead(text) : text).trim().length < 4;
}

function withoutOwnHead(text: string): string {
  return withoutHead(withoutHead(text, OWN_HEAD), CALL_ID);
}

const OWN_HEAD = /^litellm[\w.:() -]{0,160}?Exception occurr?ed - ?/;
const CALL_ID = /^litellm_call_id=[\w-]{1,64} - ?/;

function withoutHeads(made: Message, text: string, signs: number): string {
  let body = text;
  const router = (signs & SIGN.router) !== 0 ? ROUTER.exec(body.length > 600 ? body.slice(0, 600) : body) : null;
  if (router) {
    made.routed = router[1] ?? null;
    if (router[2] === 'Exception') made.router = 'failed';
    if (router[2] === '200 OK') made.router = 'ok';
    if (router[2]) body = body.slice(router.index + router[0].length);
  }
  if ((signs & SIGN.head) === 0 && !body.startsWith('error:')) return body;
  for (let round = 0; round < 3; round++) {
    const before = body;
    for (const [begin, head] of HEADS) if (body.startsWith(begin)) body = withoutHead(body, head);
    if (body.length === before.length) break;
  }
  return body;
}

function withoutHead(body: string, head: RegExp): string {
  const found = head.exec(body);
  return found === null ? body : body.slice(found[0].length);
}

function withoutTails(text: string, signs: number): string {
  if ((signs & SIGN.tail) === 0) return text;
  let end = text.length;
  for (const tail of TAILS) {
    const at = text.indexOf(tail);
    if (at > 3 && at < end) end = at;
  }
  return end === text.length ? text : text.slice(0, end);
}
