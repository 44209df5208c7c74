import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import type { TextSource } from '../../src/diagnosis/types.ts';
import { LABELLED, type Labelled, readLines } from './fixtures.ts';

const diagnose = createDiagnose();
const items = LABELLED.flatMap((name) => readLines<Labelled>(name));
const HEAD = 'litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - ';
const line = (text: string) => `10:00:00 - LiteLLM Proxy:ERROR: common_request_processing.py:1218 - ${HEAD}${text}`;
const body = (text: string) => JSON.stringify({ error: { message: text, type: 'None', param: 'None', code: '500' } });
const each = (prefix: string) => (text: string) => prefix + text.replaceAll('\n', `\n${prefix}`);

/** The message of LiteLLM in a text, without the envelope in which this one came; null where it holds none. */
function messageOf({ source, text }: Labelled): string | null {
  let message = text;
  if (source === 'chat' && text.startsWith('{')) {
    const value = JSON.parse(text) as { error?: { message?: unknown } };
    if (typeof value.error?.message !== 'string') return null;
    message = value.error.message;
  }
  message = message.split(
    /\.? ?Received Model Group=|\n\nLiteLLM: model group|\nMessages: |\nstack trace:/,
  )[0] as string;
  return /^litellm\.[A-Z]/.test(message) ? message : null;
}

const FORMS: Record<string, (text: string) => [TextSource, string]> = {
  health: (text) => ['health', text],
  'health with a trace': (text) => [
    'health',
    `${text}\nstack trace: Traceback (most recent call last):\n  File "/x/main.py", line 3, in acompletion\n    raise e\nValueError: x`,
  ],
  chat: (text) => ['chat', body(text)],
  'chat with the tail of older releases': (text) => [
    'chat',
    body(`${text}. Received Model Group=gpt-4o\nAvailable Model Group Fallbacks=None`),
  ],
  'chat with the tail of newer releases': (text) => [
    'chat',
    body(`${text}\n\nLiteLLM: model group 'gpt-4o' failed with the error above. Fallbacks: none configured.`),
  ],
  log: (text) => ['log', line(text)],
  'log of the router': (text) => [
    'log',
    `10:00:00 - LiteLLM Router:INFO: router.py:1391 - litellm.acompletion(model=openai/gpt-4o)\x1b[31m Exception ${text}\x1b[0m`,
  ],
  'log as JSON': (text) => [
    'log',
    JSON.stringify({ message: HEAD + text, level: 'ERROR', timestamp: '2026-11-27T10:00:00.1' }),
  ],
  'log behind compose': (text) => ['log', each('litellm-1  | ')(line(text))],
  'log behind a shipper': (text) => [
    'log',
    JSON.stringify({ textPayload: line(text), severity: 'INFO', insertId: 'x' }),
  ],
  'log behind another line': (text) => ['log', `INFO:     10.0.0.9:1 - "GET /health HTTP/1.1" 200 OK\n${line(text)}`],
  'a bare traceback': (text) => [
    'log',
    `Traceback (most recent call last):\n  File "/x/main.py", line 3, in acompletion\n    raise e\nlitellm.exceptions.${text.replace(/^litellm\./, '')}`,
  ],
};

/** Classes of which the words alone decide, wherever they stand. */
const ANYWHERE = new Set([
  'CREDITS',
  'AUTH_PROVIDER',
  'PERMISSION',
  'RATE_LIMIT',
  'TIMEOUT',
  'CONNECTION',
  'PROVIDER_DOWN',
  'MODEL_NOT_FOUND',
  'BAD_REQUEST',
  'CONTEXT_WINDOW',
  'CONTENT_POLICY',
]);

describe("a provider's failure has one class in whatever form it comes", () => {
  const failures = items
    .filter(({ labels }) => ANYWHERE.has(labels[0] ?? ''))
    .map((item) => ({ item, message: messageOf(item) }))
    .filter((one): one is { item: Labelled; message: string } => one.message !== null);

  test('there are many of them', () => {
    expect(failures.length).toBeGreaterThan(500);
  });

  test.each(Object.entries(FORMS))('%s', (_, form) => {
    const changed = failures.flatMap(({ item, message }) => {
      const [source, text] = form(message);
      const status = source === 'log' ? null : (item.http_status ?? null);
      const got = diagnose({ text, source, status })?.class ?? null;
      return got !== null && item.labels.includes(got) ? [] : [`${item.id}: ${item.labels.join('|')} but ${got}`];
    });
    // without its status a text may say too little: `nodes are being swapped`
    expect(changed.length, changed.join('\n')).toBeLessThanOrEqual(Math.floor(failures.length * 0.005));
  });
});

const SHIPPERS: Record<string, (text: string) => string> = {
  compose: each('litellm-1  | '),
  'the container runtime': each('2026-11-27T05:31:12.902113377Z stdout F '),
  'the journal': each('Nov 27 10:00:00 gw01 litellm[812]: '),
  docker: (text) => JSON.stringify({ log: `${text}\n`, stream: 'stdout', time: '2026-11-27T05:31:12Z' }),
  kubectl: each('[pod/litellm-7c9d-x2/litellm] '),
  'a cloud that calls standard error an error': (text) =>
    JSON.stringify({ textPayload: text, severity: 'ERROR', timestamp: '2026-11-27T05:31:12Z' }),
  'another line': (text) => `INFO:     10.0.0.9:1 - "GET /health HTTP/1.1" 200 OK\n${text}`,
};

describe('a line that is no event is none behind whatever brings it', () => {
  const calm = items.filter(({ labels, source }) => labels.length === 0 && source === 'log');

  test.each(Object.entries(SHIPPERS))('%s', (_, ship) => {
    const raised = calm.flatMap(({ id, text }) => {
      const got = diagnose({ text: ship(text), source: 'log' });
      return got === null ? [] : [`${id}: ${got.class}`];
    });
    expect(raised).toEqual([]);
  });
});

test.each([
  ['ERROR:    Could not bind: the port is taken', 'Could not bind: the port is taken'],
  ['ERROR:LiteLLM Proxy:Could not bind: the port is taken', 'Could not bind: the port is taken'],

  ['{"log.level":"error","@timestamp":"x","message":"the flux is misaligned"}', 'the flux is misaligned'],
  ['{"level":50,"time":1,"msg":"the flux is misaligned"}', 'the flux is misaligned'],
  ['<11>1 2026-11-27T05:31:12Z host litellm 12 - - ERROR: the flux is misaligned', 'the flux is misaligned'],
])('%s says what stands behind its head', (text, said) => {
  expect(diagnose({ text, source: 'log' })?.text).toBe(said);
});

test('a field beside the message of a JSON log tells the cause', () => {
  const text = JSON.stringify({
    message: 'Request Failed',
    level: 'ERROR',
    timestamp: 'x',
    error_information: { error_class: 'RateLimitError', error_message: 'Rate limit reached, try again in 9s' },
  });
  expect(diagnose({ text, source: 'log' })).toMatchObject({ class: 'RATE_LIMIT', retryAfterS: 9 });
});

test.each([
  ['a list of failures', '{"messages": [{"code": "x", "message": "insufficient balance"}]}', 'CREDITS'],
  ['a conversation', '{"messages": [{"role": "user", "content": "insufficient balance"}]}', 'UNKNOWN'],
])('"messages" may be %s', (_, body, name) => {
  expect(diagnose({ text: `litellm.APIError: APIError: OpenAIException - ${body}`, source: 'health' })?.class).toBe(
    name,
  );
});

test('a bare sentence of a log is an event where the caller knows the status of the request', () => {
  const text = 'Rate limit reached for gpt-4o on requests per min: Limit 3, Used 3. Please try again in 20s.';
  expect(diagnose({ text, source: 'log', status: 429 })?.class).toBe('RATE_LIMIT');
  expect(diagnose({ text, source: 'log' })).toBeNull();
});

test("a refused key is the gateway's where its own body says so and names nobody, else the provider's", () => {
  const own = JSON.stringify({ detail: 'Invalid token' });
  expect(diagnose({ text: own, source: 'chat', status: 401 })?.class).toBe('AUTH_GATEWAY');
  // a provider's sentence as a row shows it
  expect(diagnose({ text: 'Incorrect API key provided: sk-***', source: 'chat', status: 401 })?.class).toBe(
    'AUTH_PROVIDER',
  );
});
