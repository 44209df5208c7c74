import { SIGN } from '../text-signs.ts';
import { isLetter, isWordCode } from './ascii.ts';

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
const TRACE = 'Traceback (most recent call last)';
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
const LABEL = /(?:stack ?trace|error)?:?$/i;
const LABEL_MAX = 'stack trace:'.length;

/** The last line of a traceback that names an exception, with what follows it. */
function lastException(text: string): string | null {
  let found: RegExpExecArray | null = null;
  EXCEPTION_LINE.lastIndex = 0;
  for (let match = EXCEPTION_LINE.exec(text); match; match = EXCEPTION_LINE.exec(text)) {
    if (!match[0].startsWith('Exception Group') && match[0].length > 4) found = match;
  }
  return found ? text.slice(found.index, found.index + 4000) : null;
}

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

/** Names in words that LiteLLM puts between its class and the provider: `Timeout Error: BasetenException - `. */
const SPOKEN_CLASS = /^(?:[A-Z][a-z]{2,12} ){1,3}Error: (?=\w{2,40}Exception\b)/;
const LITELLM_CLASS = /^(?:litellm\.)?(?:exceptions\.|types\.router\.|proxy\._types\.)?([A-Z]\w{2,60}): ?/;
const SDK_CLASS =
  /^(openai|anthropic|httpx|aiohttp|botocore\.exceptions|google\.\w{1,40}(?:\.\w{1,40})?)\.([A-Z]\w{2,60}): ?/;
/** What the names of SDKs begin with. */
const SDK_BEGIN = 'oahbg';
const PROVIDER =
  /^(?:([A-Za-z]\w{1,40}?)Exception|(Anthropic|Vertex(?:_?ai)?|Bedrock|Cohere|Ollama|Huggingface|Gemini|Azure|Databricks|Watsonx|Sagemaker|Replicate|Predibase|Nlp_cloud|Triton|Oobabooga|Codestral)Error)(?:[: ]{1,2}(?:[A-Z]\w{2,40}(?:Error|Exception)|Rate Limit Error|Invalid Authentication|Timeout Error|Context Window Error|Bad Request Error|Server Error))?( - |: )/i;
const ANY_PROVIDER = /\b([A-Za-z]\w{1,40}?)Exception(?=[: ]| - )/;
/** Exceptions of libraries and clouds that end like a provider's. */
const NO_PROVIDER =
  /^(?:api|proxy|http|router|runtime|client|starlettehttp|guardrailraised|redis\w*|prisma|\w*(?:denied|throttling|validation|unavailable|notfound|quotaexceeded|expiredtoken|unrecognizedclient|conflict|timeout|notready|server|streamerror|clusterdown|connection|permission|modelerror))$/i;

function isProvider(token: string, dash: boolean, classes: readonly string[]): boolean {
  return !NO_PROVIDER.test(token) && (dash || classes.length > 0 || KNOWN_TOKEN.test(token));
}

function readClasses(made: Message, text: string, signs: number): string {
  let body = text.trim();
  const provided = (signs & SIGN.provider) !== 0;
  // what any of them begins with is a letter
  for (let round = 0; round < 6 && isLetter(body.charCodeAt(0)); round++) {
    const own = body.startsWith('litellm.');
    if (provided && !own) {
      const rest = afterProvider(made, body);
      if (rest !== null) {
        body = rest;
        continue;
      }
    }
    const sdk = own || !SDK_BEGIN.includes(body[0] as string) ? null : SDK_CLASS.exec(body);
    const named = sdk ?? LITELLM_CLASS.exec(body);
    if (!named || !isClassName((sdk ? sdk[2] : named[1]) as string)) break;
    // an exception of a library is prose as well (`ConnectError`): it is read, not cut
    if (
      sdk &&
      (sdk[1] === 'httpx' ||
        sdk[1] === 'aiohttp' ||
        (sdk[1] as string).startsWith('botocore') ||
        (sdk[1] as string).startsWith('google'))
    )
      break;
    made.classes.push((sdk ? sdk[2] : named[1]) as string);
    if (sdk) made.providerToken ??= sdk[1] === 'openai' ? 'openai_sdk' : (sdk[1] as string);
    body = body.slice(named[0].length).trimStart();
  }
  if (made.providerToken === null && provided && text.includes('Exception')) {
    const anywhere = ANY_PROVIDER.exec(text.length > 2000 ? text.slice(0, 2000) : text);
    if (anywhere && isProvider(anywhere[1] as string, false, made.classes)) made.providerToken = anywhere[1] as string;
  }
  return body;
}

/** What follows a provider's name, or the words that LiteLLM puts before one; null where neither stands there. */
function afterProvider(made: Message, body: string): string | null {
  const provider = wordLength(body) < SHORTEST.length ? null : PROVIDER.exec(body);
  const token = provider?.[1] ?? provider?.[2];
  if (provider && token && isProvider(token, provider[3] === ' - ', made.classes)) {
    const [all] = provider;
    made.providerToken ??= token;
    // a class stands between the two only where there is room for it
    const inner = all.length > token.length + BARE ? INNER_CLASS.exec(all.slice(token.length + 5)) : null;
    if (inner) made.classes.push(inner[1] as string);
    return body.slice(all.length);
  }
  const spoken = made.classes.length > 0 ? SPOKEN_CLASS.exec(body) : null;
  return spoken && body.slice(spoken[0].length);
}

function wordLength(text: string): number {
  let at = 0;
  while (isWordCode(text.charCodeAt(at))) at += 1;
  return at;
}
/** The shortest word that names a provider. */
const SHORTEST = 'AzureError';
const INNER_CLASS = /\b([A-Z]\w{2,40}Error)/;
const BARE = 'Exception - '.length;

const KNOWN_TOKEN =
  /^(?:openai|azure|anthropic|bedrock|vertex|gemini|openrouter|groq|mistral|cohere|together|deepseek|ollama|hosted_vllm|vllm|huggingface|xai|perplexity|fireworks|replicate|nvidia|cerebras|sambanova|databricks|watsonx|litellm_proxy|sagemaker|cloudflare|ai21|deepinfra)/i;

/** LiteLLM's and the SDKs' classes that carry a meaning of their own and repeat before the provider's words. */
function isClassName(name: string): boolean {
  return CLASS_NAMES.has(name);
}
const CLASS_NAMES = new Set([
  'AuthenticationError',
  'PermissionDeniedError',
  'NotFoundError',
  'RateLimitError',
  'RouterRateLimitError',
  'Timeout',
  'APITimeoutError',
  'APIConnectionError',
  'ContextWindowExceededError',
  'ContentPolicyViolationError',
  'BudgetExceededError',
  'BadRequestError',
  'UnprocessableEntityError',
  'UnsupportedParamsError',
  'InvalidRequestError',
  'JSONSchemaValidationError',
  'InternalServerError',
  'ServiceUnavailableError',
  'BadGatewayError',
  'APIError',
  'APIStatusError',
  'APIResponseValidationError',
  'OpenAIError',
  'MidStreamFallbackError',
  'ConflictError',
  'ImageFetchError',
  'RejectedRequestError',
  'BlockedPiiEntityError',
  'GuardrailRaisedException',
]);
