import { isCapital, isLetter, isWordCode } from '../ascii.ts';
import { SIGN } from '../text-signs.ts';

/** Who failed, as far as it is named before the failure. */
interface Named {
  /** Exception classes that LiteLLM printed, outermost first: weak evidence. */
  classes: string[];
  /** `Openrouter` of `OpenrouterException`. */
  providerToken: string | null;
}

/** Names in words that LiteLLM puts between its class and the provider: `Timeout Error: BasetenException - `. */
const SPOKEN_CLASS = /^(?:[A-Z][a-z]{2,12} ){1,3}Error: (?=\w{2,40}Exception\b)/;
const LITELLM = 'litellm.';
/** Modules of LiteLLM's in which classes of exceptions stand. */
const MODULES = ['exceptions.', 'types.router.', 'proxy._types.'];
const CLASS_LONGEST = 61;
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

/**
 * Takes the classes and the provider that LiteLLM puts before a failure off a text and notes them; `signs` are those of the text
 * or of one that it was cut from. Linear.
 */
export function readClasses(made: Named, text: string, signs: number): string {
  let body = text.trim();
  const provided = (signs & SIGN.provider) !== 0;
  // what any of them begins with is a letter
  for (let round = 0; round < 6 && isLetter(body.charCodeAt(0)); round++) {
    const own = body.startsWith(LITELLM);
    if (provided && !own) {
      const rest = afterProvider(made, body);
      if (rest !== null) {
        body = rest;
        continue;
      }
    }
    const sdk = own || !SDK_BEGIN.includes(body[0] as string) ? null : SDK_CLASS.exec(body);
    if (sdk === null) {
      const start = classStart(body);
      const end = classEnd(body, start);
      const name = body.slice(start, end);
      if (end < 0 || !isClassName(name)) break;
      made.classes.push(name);
      body = body.slice(end + 1).trimStart();
      continue;
    }
    const name = sdk[2] as string;
    if (!isClassName(name)) break;
    // an exception of a library is prose as well (`ConnectError`): it is read, not cut
    if (sdk[1] !== 'openai' && sdk[1] !== 'anthropic') break;
    made.classes.push(name);
    made.providerToken ??= sdk[1] === 'openai' ? 'openai_sdk' : sdk[1];
    body = body.slice(sdk[0].length).trimStart();
  }
  if (made.providerToken === null && provided && text.includes('Exception')) {
    const anywhere = ANY_PROVIDER.exec(text.length > 2000 ? text.slice(0, 2000) : text);
    if (anywhere && isProvider(anywhere[1] as string, false, made.classes)) made.providerToken = anywhere[1] as string;
  }
  return body;
}

/** Where a class may begin: behind LiteLLM's name and that of a module. */
function classStart(body: string): number {
  const start = body.startsWith(LITELLM) ? LITELLM.length : 0;
  const module = MODULES.find((name) => body.startsWith(name, start));
  return start + (module?.length ?? 0);
}

/** Where the name of a class ends, at a colon; -1 where none stands there. */
function classEnd(body: string, start: number): number {
  if (!isCapital(body.charCodeAt(start))) return -1;
  const end = start + wordLength(body, start);
  return end - start > 2 && end - start <= CLASS_LONGEST && body[end] === ':' ? end : -1;
}

/** What follows a provider's name, or the words that LiteLLM puts before one; null where neither stands there. */
function afterProvider(made: Named, body: string): string | null {
  const provider = wordLength(body, 0) < SHORTEST.length ? null : PROVIDER.exec(body);
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

function wordLength(text: string, from: number): number {
  let at = from;
  while (isWordCode(text.charCodeAt(at))) at += 1;
  return at - from;
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
