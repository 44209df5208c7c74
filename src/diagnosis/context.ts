import { isLetter } from './ascii.ts';
import { SIGN } from './text-signs.ts';
import type { TextSource } from './types.ts';
import type { AccessLine } from './unwrap/access-line.ts';
import type { Flat } from './unwrap/flatten.ts';
import type { Level } from './unwrap/level.ts';
import type { Message } from './unwrap/message.ts';
import type { ContextConcept } from './words/context.ts';

/** Everything that unwrapping found, beside the words. */
export interface Opened {
  source: TextSource;
  level: Level | null;
  process: string | null;
  access: AccessLine | null;
  /** Source file of LiteLLM that wrote the record. */
  file: string | null;
  /** `type` of an error body. */
  type: string | null;
  message: Message;
  flat: Flat;
  /** What the caller saw. */
  status: number | null;
  /** An answer, not a log line, that is prose and names no provider and no class. */
  prose: boolean;
  /** Such a one that is no entry of `/health`. */
  plain: boolean;
  /** The provider is named by LiteLLM's prefix, a router line or the caller. */
  said: boolean;
  /** A field of its body says that it is an error. */
  errorBody: boolean;
}

const SOURCE_FACTS = new Map<TextSource, ContextConcept>([
  ['health', '@health'],
  ['chat', '@chat'],
  ['probe', '@probe'],
  ['log', '@log'],
  ['system', '@system'],
]);

const CLASS_FACTS = new Map<string, ContextConcept>([
  ['AuthenticationError', '@classAuth'],
  ['PermissionDeniedError', '@classPermission'],
  ['NotFoundError', '@classNotFound'],
  ['RateLimitError', '@classRate'],
  ['Timeout', '@classTimeout'],
  ['APITimeoutError', '@classTimeout'],
  ['APIConnectionError', '@classConnection'],
  ['ContextWindowExceededError', '@classContext'],
  ['ContentPolicyViolationError', '@classPolicy'],
  ['BudgetExceededError', '@classBudget'],
  ['BadRequestError', '@classBadRequest'],
  ['UnprocessableEntityError', '@classBadRequest'],
  ['UnsupportedParamsError', '@classBadRequest'],
  ['InvalidRequestError', '@classBadRequest'],
  ['JSONSchemaValidationError', '@classBadRequest'],
  ['InternalServerError', '@classServer'],
  ['ServiceUnavailableError', '@classServer'],
  ['BadGatewayError', '@classServer'],
  ['RouterRateLimitError', '@typeNoDeployments'],
]);

const TYPE_FACTS = new Map<string, ContextConcept>([
  ['budget_exceeded', '@typeBudget'],
  ['no_db_connection', '@typeDatabase'],
  ['token_not_found_in_db', '@typeGatewayKey'],
  ['expired_key', '@typeGatewayKey'],
  ['key_model_access_denied', '@typeGatewayKey'],
  ['team_model_access_denied', '@typeGatewayKey'],
  ['user_model_access_denied', '@typeGatewayKey'],
  ['org_model_access_denied', '@typeGatewayKey'],
  ['project_model_access_denied', '@typeGatewayKey'],
  ['all_deployments_in_cooldown', '@typeNoDeployments'],
]);

const FILE_CACHE = /redis|_cache\.py|caching/;
const FILE_SINK =
  /(?:^|\/)(?:langfuse|langsmith|datadog|slack|opentelemetry|otel|prometheus|lunary|helicone|athina|arize|braintrust|galileo|logfire|traceloop|humanloop|posthog|mlflow|weave|opik|promptlayer|s3|gcs|dynamodb|sqs|pagerduty|email|smtp|sendgrid|resend|openmeter|lago|greenscale|deepeval|agentops|cloudzero|vantage|argilla|literal_ai|azure_storage|azure_sentinel|custom_logger|generic_api|litellm_logging|logging_worker|logging_callback|supabase|sentry|bigquery|pubsub)\w{0,30}\.py$/;
const SINK_HOST =
  /^https?:\/\/(?:[\w-]{1,63}\.){0,4}(?:langfuse|smith\.langchain|datadoghq|hooks\.slack|sentry|honeycomb|helicone|athina|arize|braintrust|logfire|traceloop|posthog|promptlayer|newrelic|splunkcloud|pagerduty|dynatrace)\b/;
const UPSTREAM = /^litellm_?proxy$/i;
const BODY = /^\s{0,4}(?:b?["'])?\{\s{0,4}["'\\]/;
const GOOGLE = /^(?:gemini|vertex|palm|google)/i;
const GOOGLE_HOST = /ai\.google\.dev|generativelanguage\.googleapis|aiplatform\.googleapis/;
const GATEWAY_TARGET =
  /\/health\/(?:liveliness|liveness|readiness)\b|(?:\/\/|\s|^)(?!\w{0,40}(?:token|limit|max|size))[a-z\d][\w.-]{0,80}:4000(?![\w.])|\bthe gateway'?s?\b|connecting to upstream|from upstream|no live upstreams|(?:\b127\.0\.0\.1|\blocalhost|\b0\.0\.0\.0|\[::1\]|\blitellm[\w.-]{0,60}|\bgateway[\w.-]{0,60})(?::| port )4\d00\d?\b|(?:\b127\.0\.0\.1|\blocalhost)\b[^\n]{0,60}\bport 4\d00\b/i;
const OWN_PORT = /\blitellm[\w.-]{0,40}:\d{2,5}\b/i;

/** The facts that rules may ask for, as context concepts, some of them more than once; `signs` are those of the raw text. */
export function contextFacts(opened: Opened, raw: string, signs: number): ContextConcept[] {
  const facts: ContextConcept[] = [];
  const { message, flat, source } = opened;
  const from = SOURCE_FACTS.get(source);
  if (from) facts.push(from);
  if (opened.said) facts.push('@said');
  if (opened.said || source === 'health') facts.push('@provider');
  const token = message.providerToken;
  if (token !== null && UPSTREAM.test(token)) facts.push('@upstreamProxy');
  if ((token !== null && GOOGLE.test(token)) || ((signs & SIGN.google) !== 0 && GOOGLE_HOST.test(raw))) {
    facts.push('@google');
    if (/current quota/i.test(raw)) facts.push('@googleQuota');
  }
  if ((signs & SIGN.frame) !== 0) addFrames(facts, raw);
  if (flat.html) facts.push('@html');
  if (opened.file && FILE_CACHE.test(opened.file)) facts.push('@fileCache');
  if (
    (opened.file && FILE_SINK.test(opened.file)) ||
    (flat.urls.length > 0 && flat.urls.some((url) => SINK_HOST.test(url)))
  )
    facts.push('@fileSink');
  if (
    !opened.said &&
    source !== 'health' &&
    message.classes.length === 0 &&
    message.body.startsWith('Authentication Error')
  )
    facts.push('@gatewayHead');
  if ((signs & SIGN.killed) !== 0 && SHELL_KILLED.test(raw)) facts.push('@shellKilled');
  if ((signs & SIGN.frame) !== 0 && atImport(raw)) facts.push('@atImport');
  if (opened.level === 'ERROR' || opened.level === 'CRITICAL') facts.push('@error');
  if (isInternal(opened)) facts.push('@internal');
  if (opened.plain) facts.push('@plainText');
  if (message.keyCheck) facts.push('@keyCheck');
  if (flat.urls.length > 0) facts.push('@hasUrl');
  if (opened.process !== null) {
    if (HOST.test(opened.process)) facts.push('@host');
    if (REVERSE_PROXY.test(opened.process)) facts.push('@reverseProxy');
    if (opened.level === 'CRITICAL' && DATABASE.test(opened.process)) facts.push('@databaseFatal');
  }
  if (!opened.said && targetsGateway(raw, signs)) facts.push('@gatewayTarget');
  if (message.classes.length > 0) facts.push('@class');
  if ((!isLetter(message.body.charCodeAt(0)) || message.body[0] === 'b') && BODY.test(message.body))
    facts.push('@body');
  if ((signs & SIGN.python) !== 0) {
    if (FILE_ERROR.test(message.body)) facts.push('@fileError');
    if (IMPORT_ERROR.test(message.body)) facts.push('@importError');
  }
  for (const name of message.classes) {
    const fact = CLASS_FACTS.get(name);
    if (fact) facts.push(fact);
  }
  const type = opened.type === null ? undefined : TYPE_FACTS.get(opened.type);
  if (type) facts.push(type);
  if (opened.type === 'internal_server_error' && !opened.said && message.classes.length === 0)
    facts.push('@internalType');
  for (const code of flat.codes) {
    const fact = TYPE_FACTS.get(code);
    if (fact) facts.push(fact);
  }
  addStatuses(facts, opened);
  return facts;
}

const HOST = /^(?:kernel|systemd|docker|containerd|kubelet)/;
const DATABASE = /^(?:postgres|pgbouncer)/;
const REVERSE_PROXY = /^(?:nginx|haproxy|traefik|caddy|envoy|apache2?|httpd)$/;

function targetsGateway(raw: string, signs: number): boolean {
  if ((signs & SIGN.target) !== 0 && GATEWAY_TARGET.test(raw)) return true;
  return (signs & SIGN.litellm) !== 0 && (signs & SIGN.port) !== 0 && OWN_PORT.test(raw);
}

const SHELL_KILLED =
  /^(?:[\w./-]{1,80}: line \d{1,5}: {1,8})?(?:\[\d{1,4}\]\+? {1,8})?(?:\d{1,8} )?[Kk]illed(?: {2,}|\s{0,4}$)/;
const FILE_ERROR = /^(?:FileNotFoundError|PermissionError|IsADirectoryError|NotADirectoryError)\b/;
const IMPORT_ERROR = /^(?:ModuleNotFoundError|ImportError)\b/;

/** A traceback through the client of the database, the cache or a sink says whose failure it is. */
function addFrames(facts: ContextConcept[], raw: string): void {
  if (FRAME_DATABASE.test(raw)) facts.push('@fileDatabase');
  else if (FRAME_CACHE.test(raw)) facts.push('@fileCache');
  else if (FRAME_SINK.test(raw)) facts.push('@fileSink');
}
const FRAME_DATABASE = /File "[^"\n]{0,200}\/(?:prisma|asyncpg|psycopg2?|sqlalchemy)\//;
const FRAME_CACHE = /File "[^"\n]{0,200}\/(?:redis|valkey|rediscluster)\//;
const FRAME_SINK =
  /File "[^"\n]{0,200}\/(?:langfuse|langsmith|datadog|ddtrace|opentelemetry|sentry_sdk|slack_sdk|prometheus_client|posthog|mlflow|wandb|opik|lunary|logfire)\//;

const STARTING = /, in (?:lifespan|startup|startup_event|proxy_startup_event|run_server|load_config|initialize)\n/;

/** The last frame of a traceback is that of a module, not of a function; or one is that of the start. */
function atImport(raw: string): boolean {
  const last = raw.lastIndexOf('\n  File "');
  if (last >= 0 && STARTING.test(raw)) return true;
  return last >= 0 && / line \d{1,6}, in <module>/.test(raw.slice(last, last + 400));
}

function isInternal(opened: Opened): boolean {
  const { message, flat, level } = opened;
  return (
    level !== null &&
    !opened.said &&
    message.classes.length === 0 &&
    !message.keyCheck &&
    flat.statuses.length === 0 &&
    flat.codes.length === 0 &&
    flat.urls.length === 0
  );
}

function addStatuses(facts: ContextConcept[], opened: Opened): void {
  for (const status of opened.flat.statuses) addStatus(facts, status);
  if (opened.status !== null) addStatus(facts, opened.status);
}

function addStatus(facts: ContextConcept[], status: number): void {
  const like = LIKE.get(status);
  if (like) facts.push(like);
  if (status >= 500) facts.push('@status5xx');
  const known = KNOWN_STATUS.get(status);
  if (known) facts.push(known);
}
/** Rarer statuses that say what a common one says. */
const LIKE = new Map<number, ContextConcept>([
  [406, '@status400'],
  [409, '@status400'],
  [410, '@status404'],
  [415, '@status400'],
  [422, '@status400'],
  [451, '@status403'],
  [504, '@status408'],
  [524, '@status408'],
]);
const KNOWN_STATUS = new Map<number, ContextConcept>([
  [400, '@status400'],
  [401, '@status401'],
  [402, '@status402'],
  [403, '@status403'],
  [404, '@status404'],
  [408, '@status408'],
  [412, '@status412'],
  [413, '@status413'],
  [429, '@status429'],
]);
