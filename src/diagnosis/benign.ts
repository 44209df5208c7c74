import type { Opened } from './context.ts';
import { isErrorForm, isUnparsed } from './error-form.ts';
import { SIGN } from './text-signs.ts';
import { saysSomething } from './unwrap/json-record.ts';
import { TRACE } from './unwrap/message.ts';
import type { LogRecord } from './unwrap/record.ts';

/**
 * What a line may become before any rule is asked. `never`: not an event. `structural`: only rules that may decide alone.
 * `named`: rules where something says that it failed. `formed`: an error by its form, so any rule. `any`: an error for
 * sure, at worst UNKNOWN; before it nothing is guessed from class or status.
 */
export type Leave = 'never' | 'structural' | 'named' | 'formed' | 'any';

/** A caller that went away is no failure of ours. */
const CLIENT_GONE =
  /\bClientDisconnect\b|\bclient (?:has )?(?:disconnected|closed|went away|aborted|cancell?ed)\b|\bdisconnected by (?:the )?client\b|\bconnection to client lost\b/i;
/** What each must hold, quick to miss, and what is noise by it. */
const NOISE: readonly (readonly [sign: string, noise: RegExp])[] = [
  ['0', /\bexit(?:Code|ed)?(?: with)?(?: code| status)?[ =:]{1,2}0\b/i],
  ['tarted', /\boom_reaper: started|OOM event monitor started|\bStarted monitoring\b/],
  ['Warning: ', /^(?:[^\n:]{1,200}:\d{1,6}: )?\w{0,40}Warning: /],
  // 1.60.8 closes each failed call so; the record before it names the cause
  ['Giving up ', /^Giving up \w{1,60}\(\.\.\.\) after \d{1,4} tries \(litellm\.proxy\._types\.ProxyException/],
  ['lient', CLIENT_GONE],
  ['LIENT', CLIENT_GONE],
  // PostgreSQL ends helpers of its own when it is restarted
  ['rocess due to', /\bterminating [\w ]{3,40} process due to administrator command/],
  ['PASS', /\b(?:PASSED|XPASS)\b/],
  ['SKIPPED', /\bSKIPPED\b/],
  ['XFAIL', /\bXFAIL\b/],
  ['test_', /::test_|^test_\w{1,80} .{0,120}\b(?:ok|passed|skipped)$/],
  ['CancelledError', /^asyncio\.(?:exceptions\.)?CancelledError\b/],
  ['KeyboardInterrupt', /^KeyboardInterrupt\b/],
  ['SystemExit: 0', /^SystemExit: 0\b/],
  ['trusted_proxy_ranges', /trusted_proxy_ranges is not set/],
  ['Billable request', /Billable request priced at \$0/],
  ['This looks like a bug', /This looks like a bug in LiteLLM rather than in your request/],
  ['equest limit', /Maximum request limit (?:of|:)? ?\d{1,9} (?:exceeded|reached)/i],
  ['ax', /Limit Max Requests|max_requests/i],
  ['was sent SIG', /was sent SIG(?:TERM|INT|QUIT|HUP)!/],
  ['status=', /status=(?:15\/TERM|0\/SUCCESS|143\b)/],
  ['Give Feedback', /Give Feedback/],
  ['Get Help: http', /Get Help: http/],
  ['If you need to debug', /If you need to debug this error/],
  ['Provider List: http', /Provider List: http/],
  ['Deactivated successfully', /Deactivated successfully/],
  ['Consumed ', /Consumed \d/],
  ['Succeeded.', /Succeeded\.$/],
  // advice and events of hosts, containers and stores that go well
  ['NodeHas', /\bNodeHas(?:No|Sufficient)\w/],
  ['InvalidDiskCapacity', /\bInvalidDiskCapacity\b/],
  ['overcommit', /\bMemory overcommit must be enabled\b/],
  ['SECURITY ATTACK', /\bPossible SECURITY ATTACK detected\b/],
  ['container kill', /\bcontainer kill .{0,400}\bsignal=(?:15|2|SIGTERM|SIGINT)\b/],
  ['alertname', /\balertname\b.{0,400}\b(?:state|status)["']?\s?[:=]\s?["']?(?:inactive|normal|ok|resolved)\b/i],
  ['o action', /\bno action (?:was )?(?:taken|needed|required|necessary)\b/i],
];
const DUMP =
  /^(?:> ?)?(?:user|assistant|human|prompt|question|answer)\s{0,3}[:>]|Request received by LiteLLM|POST Request Sent from|RAW RESPONSE|curl -X POST|Final returned optional params|final response object|ModelResponse\(|EmbeddingResponse\(|Logging Details|model_call_details|Raw OpenAI|Request to litellm|Request Headers|kwargs\[|response_obj=|"role": ?"(?:user|assistant|system)"|'role': ?'(?:user|assistant|system)'/;
const RECOVERED =
  /\b(?:succeed(?:ed)?|success(?:ful|fully)?(?!["']?\s{0,2}[:=]\s{0,2}(?:false|0)\b)|recovered|reconnected|restored|resolved|back online|re-?established|healthy again|now healthy|is healthy|is back|back (?:up|online) (?:after|again|now))\b/i;
const NOT_RECOVERED =
  /\b(?:not|without|un|no|never|couldn't|failed|fail) (?:be )?(?:succe|recover|restor|resolv)|unsuccessful|evicted success|killed success|success\w{0,5} (?:evict|kill|terminat)|after (?:all|\d+) (?:failed|attempts)|giving up|not recovered/i;
const RETRYING =
  /\b(?:retrying|will retry|retry attempt|backing off|re-?trying|attempting (?:a )?retry|falling back|fallback to|trying fallback|attempt \d{1,3}(?:\/| of )\d{1,3})\b/i;
const APPROACHING =
  /\b(?:approaching|nearing|close to|soft[ _]budget|projected to|forecast(?:ed)? to|\d{1,3} ?% of|at \d{1,3}%|will expire|expires in|expiring|about to expire|deprecat(?:ed|ion)|is deprecated|will be removed|not in built-in cost map|isn't mapped)\b/i;
/** Advice about a part that is off: nothing that runs has failed (LiteLLM warns so at each start of a worker). */
const NOT_SET_UP =
  /\b(?:redis|valkey|cache|caching|sso|smtp|email|slack|alerting|tracing|telemetry|sentry) (?:is|was|are) not (?:configured|enabled|set(?: up)?)\b|\bis (?:unset|turned off|switched off)\b|\bno (?:callbacks?|alerts?|alerting|cache|fallbacks?|guardrails?|sinks?|loggers?|webhooks?) (?:(?:are|is|were|was) )?(?:configured|set|registered|enabled|defined)\b/i;
/** Advice about a failure that has not happened. */
const HYPOTHETICAL =
  /^\W{0,3}(?:docs?|tip|hint|note|faq|example|reminder|todo)\b ?:|\b(?:if|when|whenever|in case|should) (?:you|a client|clients|callers?) (?:ever )?(?:see|get|hit|encounter|receive|run into)\b/i;
/** What always happens where something else does: manuals say so, logs of failures do not. */
const GENERAL =
  /^\W{0,3}(?:if|when|whenever|once|as soon as)\b[^\n]{3,200}?[,;] ?(?:then )?(?:litellm|the (?:proxy|gateway|router|client|server|caller)|it|callers|clients) (?:answers?|returns?|replies|reply|responds?|raises?|throws?|blocks?|rejects?|refuses?|sends?|falls? back|retries|retry|cools?|gets?|sees?)\b/i;
const MIGRATED = /\bNo pending migrations\b|\bmigration\(s\) have been applied|\bmigrations? found in prisma/;
/** Settings, statements and help that name failures and timeouts. */
const ECHO_LINE =
  /^#|^[a-z][\w.]{2,60} ?= ?[["'{]|^[a-z_]{4,40}:\s{0,4}\n {1,4}[\w-]|^(?:[a-z]{2,12}[ _]){1,3}(?:settings|config|params|options|variables)\b ?[:=] ?[{['"]|^(?:export )?[A-Z][A-Z0-9_]{2,60}=|^\s{0,8}--?[a-z][\w-]{1,40}\b|^(?:prisma:query )?(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER|BEGIN|COMMIT)\b [\w"'*(]/;
/** Settings and counters, a line each. */
const SETTINGS =
  /^(?:\s{0,8}(?!\w{0,60}(?:code|errno|status|exit|signal))[a-z][\w.]{2,60}\s{0,4}=\s{0,4}(?:-?\d[\d.]{0,20}\w{0,3}|on|off|true|false|'[^'\n]{0,200}')[ \t]{0,20}(?:#[^\n]{0,200})?(?:\n|$)){1,200}$/;
/** The help of a program, unless it was printed for a mistake. */
const HELP = /^(?:usage: \S|options:\s)/i;
const MISTAKE = /\b(?:error|no such|unrecogni[sz]ed|invalid|required|ambiguous|unexpected)\b/i;
/** What tells of failures long past: changelogs and lists of commits. */
const HISTORY =
  /^(?:changelog|release notes)\b|^git (?:log|show|diff|blame)\b|^[-*] (?:fix|feat|docs|chore|test|refactor|perf|build|ci)(?:\([\w./-]{1,30}\))?!?: /im;
/** A sample of a metric, as an exporter prints it: its names hold whatever is counted. */
const METRIC = /^[a-z_:][\w:]{2,120}(?:\{[^\n}]{0,2000}\})? [-+]?\d[\d.eE+-]{0,30}(?: \d{10,13})?$/;
const PRISMA_CONNECT = /prisma|\bdb\b|database/i;
const FAILED = /\b(?:fail(?:ed|ure)?|error|exception|can't reach|cannot|could not|refused|unable)\b/i;
const EXCEPTION_LINE =
  /^(?:[\w.]{1,200}\.)?(?:[A-Z]\w{0,80})?(?:Error\w{0,12}|Exception|Timeout|Fault|Interrupt)\b ?(?:[:([{\n]|$)|^(?:litellm\.[A-Z]|(?:Fatal |Unhandled |Uncaught )?(?:Error|Exception|error|FATAL|fatal|PANIC|panic|ERROR)\b ?:)|^Exception in /;
const TRACE_INSIDE =
  /^(?: {2,}|\t|Traceback \(most recent call last\):?\s*$|During handling of the above|The above exception was|\s*\^+\s*$)/;
const STATED =
  /SystemOOM|OOMKill|segmentation fault|core dumped|terminate called|bad_alloc|(?:\b|_)(?:bus error|already in use|corruption|bad interpreter|exceeded|killing|limit reached|noauth|wrongpass|misconf|discarded|exiting|panicked|never retrieved|not set|queue full|refuses?|abort(?:ing)?|unrecogni[sz]ed|unknown|no such|corrupt(?:ed)?|aborted|exhausted|refusing|fail(?:ed|ure|s)?|refused|fatal|panic|cannot|can't|unable|killed|exited|denied|could not|error|exception|lost|dead|die[sd]?|exitcode=[1-9]|oom\w*|crash(?:ed)?|not found|unreachable|out of|too many|no space|unhealthy|timed out|timeout|invalid|missing)\b/i;
const MINE =
  /^(?:litellm|python[\d.]*|uvicorn|gunicorn|hypercorn|granian|kernel|systemd|systemd-oomd|earlyoom|dockerd?|docker-compose|containerd|podman|crio|kubelet|k3s|nginx|haproxy|traefik|caddy|envoy|apache2?|httpd|postgres\w*|pgbouncer|systemd-coredump|systemd-journald|redis[\w-]*|valkey[\w-]*|node|prisma[\w-]*|query-engine[\w-]*|supervisord|pm2|skypiea\w*|llm[\w-]*|ai-gateway\w*|start\w*|run\w*|bash|sh|env|npm|uv)$/i;
/** Supervisors tell at INFO and WARN of what they gave up. */
const SUPERVISED =
  /^(?:gave up|exited|spawnerr|crashed|backoff): |\bentered FATAL state\b|; not expected\)|unstable restarts/;
const MY_PROGRAM =
  /litellm|llm|gateway|proxy|uvicorn|gunicorn|skypiea|postgres|redis|prisma|(?::|command '|\/)\s{0,2}(?:main|health|api|app|web|server|worker|start)\b/i;
/** Container engines tell of the end of a container at INFO, whatever ended it. */
const ENGINES = /^(?:containerd|dockerd?|podman|crio|kubelet|k3s)$/;
const ENGINE_OOM = /TaskOOM|\bOOM\b|oom[_-]?kill|out of memory/i;
/** Reverse proxies, and what they say of the gateway; the rest is about clients and files. */
const PROXIES = /^(?:nginx|haproxy|traefik|caddy|envoy|apache2?|httpd)$/;
const BEHIND =
  /upstream|backend|dial tcp|proxying|server \S{1,80} is|no server|\b50[0-4]\b|limiting requests|worker|health ?check|server list|no available|circuit|\bproxy(?:_\w{1,20})?:(?:error|crit|alert)\b|attempt to connect|\bAH0\d{4}\b|remote server/i;
const HOST = /^(?:kernel|systemd|systemd-oomd|systemd-coredump|systemd-journald|earlyoom)$/;
/** What a reverse proxy may say of its host. */
const HOST_TROUBLE = /too many open files|no space left|cannot allocate|out of memory|exited on signal|bind\(\)/i;
const UNIT = /(?<![\w@.:-])([\w@:-][\w@.:-]{0,80})\.(?:service|scope|slice|socket)\b/;
const MY_UNIT =
  /litellm|llm|gateway|proxy|uvicorn|gunicorn|docker|container|skypiea|podman|kube|postgres|pgbouncer|redis|valkey|nginx|haproxy|caddy|traefik|\bai\b/i;

/** The gate for lines of logs and journals; `refused` where the caller knows that a request failed so; `signs` of the message. */
export function leaveForLine(
  record: LogRecord,
  opened: Opened,
  system: boolean,
  refused: boolean,
  signs: number,
): Leave {
  const { level } = opened;
  const { router } = opened.message;
  const text = record.message;
  if (text.trim() === '' || (TRACE_INSIDE.test(text) && !text.includes('\n'))) return 'never';
  const head = firstOf(text);
  if ((signs & SIGN.noise) !== 0 && isNoise(head)) return 'never';
  if (router === 'failed') return 'any';
  if (router === 'ok') return 'never';
  if (record.process !== null && !mine(record)) return 'never';
  if (record.process !== null && HOST.test(record.process)) return 'structural';
  if (level === 'DEBUG')
    return PRISMA_CONNECT.test(text) &&
      /connect/i.test(text) &&
      FAILED.test(text) &&
      !DUMP.test(text) &&
      !/unit ?test/i.test(text)
      ? 'structural'
      : 'never';
  if ((signs & SIGN.supervised) !== 0 && SUPERVISED.test(text)) return MY_PROGRAM.test(text) ? 'structural' : 'never';
  if (level === 'INFO' && record.process !== null && ENGINES.test(record.process) && ENGINE_OOM.test(text))
    return 'structural';
  if (level === 'INFO') return /Child process \[\d+\] died/.test(text) ? 'structural' : 'never';
  if (record.process !== null && PROXIES.test(record.process) && !BEHIND.test(text))
    return HOST_TROUBLE.test(text) ? 'structural' : 'never';
  if (level === 'ERROR' || level === 'CRITICAL')
    return (signs & SIGN.recovered) !== 0 && RECOVERED.test(text) && !FAILED.test(text) ? 'never' : 'any';
  if (DUMP.test(EXCEPTION_LINE.test(head) ? head : withoutTrace(text))) return 'never';
  if (level === 'WARNING') return calm(text, signs) ? 'never' : 'named';
  if (record.json !== null && !opened.errorBody && !saysSomething(record.json)) return 'never';
  return leaveForBare(text, system, refused, opened.errorBody, signs);
}

function isNoise(head: string): boolean {
  for (const [sign, noise] of NOISE) if (head.includes(sign) && noise.test(head)) return true;
  return false;
}

/** A traceback shows lines of programs, whatever they are about. */
function withoutTrace(text: string): string {
  const at = text.indexOf(TRACE);
  return at < 0 ? text : text.slice(0, at);
}

/** A record of several lines is what its first one is. */
function firstOf(text: string): string {
  const start = text.trimStart();
  const end = start.indexOf('\n');
  return end < 0 ? start : start.slice(0, end);
}

function calm(text: string, signs: number): boolean {
  return (
    ((signs & SIGN.recovered) !== 0 && RECOVERED.test(text) && !NOT_RECOVERED.test(text)) ||
    APPROACHING.test(text) ||
    NOT_SET_UP.test(text) ||
    HYPOTHETICAL.test(text) ||
    GENERAL.test(text)
  );
}

/** True where a retry is announced: then only what is about the platform itself counts. */
export function announcesRetry(text: string): boolean {
  return RETRYING.test(text);
}

/** A question or an order to a model. */
const PROMPT =
  /^[\s>"'“]{0,4}(?:(?:how|what|why|when|which|who|where|can (?:i|you|we|someone)|could (?:i|you|we|someone)|should (?:i|we)|would you|does|do (?:i|we|you)|is (?:it|there)|are there)\b[^?\n]{3,400}\?|(?:(?:please|could you|can you|would you|i want you to) ){0,2}(?:write|explain|translate|summari[sz]e|describe|compare|draft|rewrite|paraphrase|classify|give me|tell me|show me|help me)\b)/i;
/** What a model answers to one. */
const REPLY =
  /^[\s>"'“]{0,4}(?:as an? (?:ai|large|language)\b|i(?:['’]m| am)? (?:sorry|unable|not able|cannot|can['’]t|do not|don['’]t)\b|to (?:handle|avoid|catch|prevent) |1[.)] [A-Z]|(?:sure|certainly|of course|absolutely|great question|here(?:['’]s| is| are))\b[!,. ]|an? [`'"]{0,2}[\w -]{2,40}[`'"]{0,2} (?:is|means) (?:an?|the|when|raised|returned|what)\b)/i;
const CODE =
  /^(?:```|def \w{1,60}\(|class \w{1,60}[:(]|from [\w.]{1,60} import |try:|raise \w|except \w|(?:async )?function \w{0,60}\(|(?:const|let|var) \w{1,60} =|#!\/)/;
/** All is well, or again. */
const WELL =
  /^\W{0,4}(?:healthy again|recovered|back online|all (?:good|well|clear))\b|\ball (?:\w{1,20} ){0,3}(?:are|is|were) (?:now )?(?:healthy|up|ok|fine|operational|available|ready|working|reachable)\b/i;
/** A bound that was lifted, a purse that was filled. */
const LIFTED =
  /\b(?:limits?|quotas?|budgets?|credits?|balance|invoices?|payments?|subscription)\b.{0,20}\b(?:was|were|has been|have been|is|are) (?:now )?(?:raised|increased|lifted|restored|paid|renewed|topped up|added|received|positive)\b/i;
const BUT = /\b(?:but|except|not|no|if|until|unless|however|still)\b/i;
const CONDITION = /\b(?:if|until|unless|before|once|after|when|not|no|never|must|should|need)\b/i;

/** True where an answer in prose is a question to a model, its reply, or good news: it may be about any failure. */
export function isTalk(text: string): boolean {
  return (
    PROMPT.test(text) ||
    REPLY.test(text) ||
    CODE.test(text) ||
    (LIFTED.test(text) && !CONDITION.test(text)) ||
    (WELL.test(text) && !BUT.test(text))
  );
}

/** True for a text that begins as an exception does, or holds a traceback. */
export function isErrorLine(text: string): boolean {
  return EXCEPTION_LINE.test(text) || text.includes(TRACE) || isUnparsed(text);
}

function leaveForBare(text: string, system: boolean, refused: boolean, errorBody: boolean, signs: number): Leave {
  if (isErrorLine(text)) return 'any';
  if (ECHO_LINE.test(text) || SETTINGS.test(text) || (MIGRATED.test(text) && !FAILED.test(text)) || calm(text, signs))
    return 'never';
  if ((HELP.test(text) && !MISTAKE.test(text)) || HISTORY.test(text) || METRIC.test(text)) return 'never';
  if (refused) return 'any';
  if (errorBody || isErrorForm(text)) return 'formed';
  return system || STATED.test(text) ? 'structural' : 'never';
}

function mine(record: LogRecord): boolean {
  const process = record.process as string;
  if (!MINE.test(process)) return MY_UNIT.test(process);
  if (process !== 'systemd') return true;
  const unit = UNIT.exec(record.message)?.[1];
  return unit === undefined || MY_UNIT.test(unit);
}

const COUNTERS =
  /\b(?:\w{1,40}_)?(?:errors?|failed|failures?|failing|exceptions?|unhealthy|error_count|failed_requests|unhealthy_count|fail_count|timeouts?|rejected|dropped|error_rate|rate_limited|num_errors)["']?\s{0,3}[:=]\s{0,3}(?:[Nn]one\b|null\b|0(?:\.0{1,4})?%?(?![.\d])|false\b|False\b|\[\]|\{\}|""|''|-(?=\s|$|,))|\b(?:dropped|failed|errors?|failures|rejected|timeouts|lost|refused) 0\b(?![.\d])/g;

const BAD_THING =
  '(?:(?:errors?|failures?|failed|exceptions?|timeouts?|unhealthy|issues|outages?|incidents?|problems?|crash(?:es)?|oom kills?|warnings?)|(?:exhausted|expired|exceeded|failed|failing|rejected|refused|denied|blocked|unhealthy|broken|dropped|lost|unpaid|overdue|declined|dead|stuck|suspended|throttled|unreachable|crashed|killed|evicted|timed[ -]?out|rate[ -]limited) \\w{3,20})\\b';
/** `no errors, timeouts or exhausted quotas`; `none failed`. */
const NONE_OF = new RegExp(
  `\\b(?:0|no|zero|without(?: any)?) ${BAD_THING}(?:(?:,| or| and| nor|, or|, and|, nor)(?: no)? ${BAD_THING}){0,6}|\\bwithout (?:a|any) (?:problem|error|hitch|issue|trouble|incident|failure)s?\\b|\\b(?:none|nothing|nobody)(?: of (?:them|these|those))? (?:(?:is|are|was|were|has|have|had) )?(?:failed|wrong|broken|unhealthy|down|timed out|exceeded|exhausted|expired|rejected|refused|overdue|unpaid)\\b`,
  'gi',
);

/** What such a counter must hold, and what such a sentence must: quick to miss. */
const MAYBE_COUNTER = /[:=]\s{0,3}(?:[Nn]one|null|0|[Ff]alse|\[\]|\{\}|""|''|-)| 0\b/;
const MAYBE_NONE =
  /\b(?:0|[Nn]o|[Zz]ero|[Ww]ithout|[Nn]one|[Nn]othing|[Nn]obody) (?:any |an? |of |is |are |was |were |ha[sd] |have )?[efuioptcwrdbslah]/;

/** Counters at zero and empty fields say that nothing is wrong: they go before the words are read. `signs` of the text. */
export function withoutZeroes(text: string, signs: number): string {
  const counted = MAYBE_COUNTER.test(text) ? text.replace(COUNTERS, ' ') : text;
  return (signs & SIGN.none) !== 0 && MAYBE_NONE.test(counted) ? counted.replace(NONE_OF, ' ') : counted;
}
