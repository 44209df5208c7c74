/*
 * What the fake provider answers, one named scenario after the other. Bodies are the providers' own shapes as they were
 * seen behind real LiteLLM proxies (test/fixtures holds such answers); identifiers in them are invented.
 */

/** How a scenario treats one request. `answer` is a whole HTTP answer, the rest are ways to break off. */
export type Behaviour =
  | { kind: 'good'; delayMs?: number; finishReason?: 'stop' | 'length' }
  | { kind: 'answer'; status: number; headers?: Record<string, string>; body: string; delayMs?: number }
  | { kind: 'hang' }
  | { kind: 'reset' }
  | { kind: 'cut' };

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Behaviour => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const html = (status: number, text: string): Behaviour => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/html' },
  body: `<html><body>${text}</body></html>`,
});

const openrouter = (status: number, message: string, metadata?: Record<string, unknown>): Behaviour =>
  json(status, { error: { message, code: status, ...(metadata && { metadata }) }, user_id: 'user_FAKE0000000000' });

const openai = (status: number, message: string, type: string, code: string | null, headers = {}): Behaviour =>
  json(status, { error: { message, type, param: null, code } }, headers);

const anthropic = (status: number, type: string, message: string): Behaviour =>
  json(status, { type: 'error', error: { type, message }, request_id: 'req_FAKE' });

/** Every scenario by its name; a deployment's scenario can be changed while the proxy runs. */
const SCENARIOS = {
  good: { kind: 'good' },
  length: { kind: 'good', finishReason: 'length' },
  slow: { kind: 'good', delayMs: 2500 },
  'very-slow': { kind: 'good', delayMs: 6000 },
  'openrouter-401': openrouter(401, 'User not found.'),
  'openrouter-402': openrouter(
    402,
    'This request requires more credits, or fewer max_tokens. You requested up to 65536 tokens, but can only afford 1413. To increase, visit https://openrouter.ai/settings/credits and upgrade to a paid account',
    { provider_name: null },
  ),
  'openrouter-402-empty': openrouter(
    402,
    'Insufficient credits. Add more using https://openrouter.ai/settings/credits',
  ),
  'openrouter-403-key-limit': openrouter(
    403,
    'Key limit exceeded (monthly limit). Manage it using https://openrouter.ai/settings/keys',
  ),
  'openrouter-429': openrouter(429, 'Provider returned error', {
    raw: 'openai/gpt-4o-mini is temporarily rate-limited upstream. Please retry shortly.',
    provider_name: 'OpenAI',
  }),
  'deepseek-402': openai(402, 'Insufficient Balance', 'unknown_error', 'invalid_request_error'),
  'anthropic-400-credit': anthropic(
    400,
    'invalid_request_error',
    'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
  ),
  'anthropic-401': anthropic(401, 'authentication_error', 'invalid x-api-key'),
  'anthropic-429': anthropic(
    429,
    'rate_limit_error',
    "This request would exceed your organization's rate limit of 50 requests per minute.",
  ),
  'openai-401': openai(
    401,
    'Incorrect API key provided: fake-key****0000. You can find your API key at https://platform.openai.com/account/api-keys.',
    'invalid_request_error',
    'invalid_api_key',
  ),
  '403': openai(403, 'Country, region, or territory not supported', 'request_forbidden', 'unsupported_country'),
  '404': openai(
    404,
    'The model `gpt-nope` does not exist or you do not have access to it.',
    'invalid_request_error',
    'model_not_found',
  ),
  '408': openai(408, 'Request timed out', 'timeout', null),
  '429-rate': openai(
    429,
    'Rate limit reached for gpt-4o-mini in organization org-FAKE on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in 1s.',
    'requests',
    'rate_limit_exceeded',
    { 'retry-after': '1' },
  ),
  '429-quota': openai(
    429,
    'You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.',
    'insufficient_quota',
    'insufficient_quota',
  ),
  '500': openai(500, 'The server had an error while processing your request. Sorry about that!', 'server_error', null),
  '503': openai(503, 'The engine is currently overloaded, please try again later', 'server_error', null),
  '529': anthropic(529, 'overloaded_error', 'Overloaded'),
  '502-html': html(502, '<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>'),
  'html-200': html(200, 'captive portal'),
  hang: { kind: 'hang' },
  reset: { kind: 'reset' },
  cut: { kind: 'cut' },
} as const satisfies Record<string, Behaviour>;

export type Scenario = keyof typeof SCENARIOS;

/** What a scenario does with a request. */
export const behaviourOf = (scenario: Scenario): Behaviour => SCENARIOS[scenario];

export const isScenario = (name: string): name is Scenario => Object.hasOwn(SCENARIOS, name);

/**
 * A good answer in the dialect that the path asks for: chat (whole or as events), embeddings, Anthropic's messages,
 * OpenAI's responses and images. `null` for a path that no such provider has.
 */
export function goodAnswer(path: string, request: Record<string, unknown>, finish: 'stop' | 'length'): string | null {
  const model = String(request.model ?? 'fake');
  const usage = { prompt_tokens: 5, completion_tokens: 1, total_tokens: 6 };
  if (path.endsWith('/chat/completions')) {
    const choice = { index: 0, message: { role: 'assistant', content: 'pong' }, finish_reason: finish };
    return JSON.stringify({
      id: 'chatcmpl-fake',
      object: 'chat.completion',
      created: 1,
      model,
      choices: [choice],
      usage,
    });
  }
  if (path.endsWith('/embeddings')) {
    const data = [{ object: 'embedding', index: 0, embedding: [0.1, 0.2, 0.3] }];
    return JSON.stringify({ object: 'list', data, model, usage: { prompt_tokens: 1, total_tokens: 1 } });
  }
  if (path.endsWith('/messages')) {
    const stop = finish === 'length' ? 'max_tokens' : 'end_turn';
    const content = [{ type: 'text', text: 'pong' }];
    const counted = { input_tokens: 5, output_tokens: 1 };
    return JSON.stringify({
      id: 'msg_fake',
      type: 'message',
      role: 'assistant',
      model,
      content,
      stop_reason: stop,
      stop_sequence: null,
      usage: counted,
    });
  }
  if (path.endsWith('/responses')) {
    const output = [
      {
        type: 'message',
        id: 'msg_fake',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: 'pong', annotations: [] }],
      },
    ];
    const counted = { input_tokens: 5, output_tokens: 1, total_tokens: 6 };
    return JSON.stringify({
      id: 'resp_fake',
      object: 'response',
      created_at: 1,
      status: 'completed',
      model,
      output,
      usage: counted,
    });
  }
  if (path.endsWith('/images/generations')) {
    return JSON.stringify({ created: 1, data: [{ url: 'https://images.example/fake.png' }] });
  }
  return null;
}

/** The events of a streamed chat answer; the last is `[DONE]`. */
export function streamEvents(request: Record<string, unknown>): string[] {
  const model = String(request.model ?? 'fake');
  const chunk = (delta: Record<string, unknown>, finish: string | null): string =>
    `data: ${JSON.stringify({ id: 'chatcmpl-fake', object: 'chat.completion.chunk', created: 1, model, choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
  return [
    chunk({ role: 'assistant', content: 'po' }, null),
    chunk({ content: 'ng' }, null),
    chunk({}, 'stop'),
    'data: [DONE]\n\n',
  ];
}
