import { createSigns } from '../text/signs.ts';

/**
 * Signs that a text must hold, in whatever case, for the expressions to be tried that each name stands for: one pass over the
 * text says which of them can match at all. None holds a line end, so that the signs of texts joined by one are those of all
 * of them; those that the words of a flattened text are asked for hold no space either (`flatten` puts spaces where it cuts).
 */
export const SIGNS_OF = {
  /** `message.ts`: a traceback, and exceptions that led to each other. */
  trace: ['traceback (most'],
  chained: ['the above exception'],
  /** `message.ts`, TAILS. */
  tail: [
    "llm: model group '",
    'd model group=',
    'group fallbacks=',
    'no fallback model',
    'deployment info: ',
    'debug information:',
    'requester ip',
    'missing `mode`.',
    'stack trace:',
    'stacktrace:',
    '. handle with `litellm.',
    'litellm retried: ',
    "'context_window_",
    "'content_policy_",
    'messages: ',
    ', cooldown_list=',
    'own deployments=',
    'this looks like a',
    'give feedback',
    'litellm.info: ',
  ],
  /** `message.ts`, GROUPS. */
  group: ["llm: model group '", 'd model group=', 'passed model=', 'in model='],
  requester: ['requester ip'],
  /** `message.ts`, KEY_CHECK. */
  keyCheck: ['user_api_key_auth', 'auth_exception_', 'auth_checks'],
  /** `message.ts`, ROUTER. */
  router: ['(model='],
  /** `message.ts`, HEADS but `error:`. */
  head: ['exception occur', 'litellm_call_id=', 'error occur', 'unhandled error: '],
  /** `classes.ts`, PROVIDER, SPOKEN_CLASS and ANY_PROVIDER. */
  provider: [
    'exception',
    'anthropicerror',
    'vertexerror',
    'vertexaierror',
    'vertex_aierror',
    'bedrockerror',
    'cohereerror',
    'ollamaerror',
    'huggingfaceerror',
    'geminierror',
    'azureerror',
    'databrickserror',
    'watsonxerror',
    'sagemakererror',
    'replicateerror',
    'predibaseerror',
    'nlp_clouderror',
    'tritonerror',
    'oobaboogaerror',
    'codestralerror',
  ],
  /** `flatten.ts`: escapes, addresses, pages, bytes as Python prints them. */
  escape: ['\\'],
  url: ['://'],
  html: ['<!doctype', '<html', '<head', '<body', '<title', '<center'],
  bytes: ['b"[', 'b"{', "b'[", "b'{"],
  /** `benign.ts`, NONE_OF: `0`, `no` and `zero` before what a bad thing begins with, and the rest as they are. */
  none: [
    ...'er fa ex ti un is ou in pr cr oo wa re de bl br dr lo ov st su th ki ev ra'
      .split(' ')
      .flatMap((begin) => [`0 ${begin}`, `o ${begin}`]),
    'without ',
    'none ',
    'nothing ',
    'nobody ',
  ],
  /** `benign.ts`, NOISE. */
  noise: [
    'exit',
    'oom_reaper: start',
    'event monitor start',
    'started monitoring',
    'warning: ',
    'giving up ',
    'clientdisconnect',
    'client has ',
    'client disconnected',
    'client closed',
    'client went away',
    'client aborted',
    'client cancel',
    'connection to client lost',
    'process due to administrator',
    'disconnected by ',
    'passed',
    'xpass',
    'skipped',
    'xfail',
    'test_',
    'cancellederror',
    'keyboardinterrupt',
    'trusted_proxy_range',
    'billable request',
    'this looks like a',
    'maximum request',
    'limit max requests',
    'max_requests',
    'was sent sig',
    'status=15/',
    'status=0/',
    'status=143',
    'give feedback',
    'get help: http',
    'you need to debug',
    'provider list: http',
    'deactivated succ',
    'consumed ',
    'succeeded.',
    'nodehas',
    'invaliddiskcapacity',
    'overcommit must be enabled',
    'security attack',
    'container kill',
    'no action',
    'alertname',
  ],
  /** `benign.ts`, SUPERVISED. */
  supervised: [
    'gave up: ',
    'exited: ',
    'spawnerr: ',
    'crashed: ',
    'backoff: ',
    'entered fatal state',
    '; not expected)',
    'unstable restarts',
  ],
  /** `benign.ts`, RECOVERED. */
  recovered: [
    'succe',
    'recovered',
    'reconnected',
    'restored',
    'resolved',
    'back online',
    'established',
    'healthy again',
    'now healthy',
    'is healthy',
    'is back',
    'back up',
  ],
  /** `context.ts`, GOOGLE_HOST. */
  google: ['ai.google.dev', 'language.googleapis', 'platform.googleapis'],
  /** `context.ts`: frames of a traceback. */
  frame: ['file "'],
  /** `context.ts`, SHELL_KILLED. */
  killed: ['killed'],
  /** `context.ts`, FILE_ERROR and IMPORT_ERROR. */
  python: [
    'filenotfounderror',
    'permissionerror',
    'isadirectoryerror',
    'notadirectoryerror',
    'modulenotfounderror',
    'importerror',
  ],
  /** `context.ts`, GATEWAY_TARGET; and OWN_PORT, LiteLLM by name and any port. */
  target: [
    '/health/liveliness',
    '/health/liveness',
    '/health/readiness',
    'the gateway',
    'ting to upstream',
    'from upstream',
    'no live upstreams',
    'port 4',
    ...Array.from({ length: 10 }, (_, digit) => `:4${digit}00`),
  ],
  litellm: ['litellm'],
  port: Array.from({ length: 10 }, (_, digit) => `:${digit}`),
} as const satisfies Record<string, readonly string[]>;

type Name = keyof typeof SIGNS_OF;

/** The bit of each name. */
export const SIGN = Object.fromEntries(Object.keys(SIGNS_OF).map((name, at) => [name, 1 << at])) as Record<
  Name,
  number
>;

/** The bits of all signs that a text holds, in one pass. */
export const signsOf = createSigns(Object.values(SIGNS_OF));
