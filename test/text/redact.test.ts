import { describe, expect, it } from 'vitest';
import { createScrub } from '../../src/text/scrub.ts';
import { leastBeside } from '../support/least-time.ts';
import { leaked, type SecretShape, SHAPES_OF_SECRETS } from './secrets.ts';

const scrub = createScrub([]);
const middle = (text: string): number => Math.floor(text.length / 2);
const everyByte = (text: string): string =>
  text.replace(/[^A-Za-z0-9]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

/** The forms in which a secret is met in logs, answers and command lines. */
const FORMS: Record<string, (shape: SecretShape) => string> = {
  plain: ({ before, secret, after }) => `LiteLLM failed with ${before}${secret}${after} today`,
  JSON: ({ before, secret, after }) => JSON.stringify({ error: { message: `failed: ${before}${secret}${after}` } }),
  'JSON in JSON': ({ before, secret, after }) =>
    JSON.stringify({ body: JSON.stringify({ m: `${before}${secret}${after}` }) }),
  'Python repr': ({ before, secret, after }) => `{'detail': '${before}${secret}${after}', 'code': None}`,
  'Python bytes': ({ before, secret, after }) => `b'${before}${secret}${after}'`,
  URL: ({ before, secret, after }) =>
    before.includes('://')
      ? `GET ${before}${secret}${after} 200`
      : `GET https://api.example.com/v1/x?api_key=${secret}&a=1`,
  'percent-encoded': ({ before, secret, after }) => `redirect=${everyByte(`${before}${secret}${after}`)} done`,
  'split by escapes': ({ before, secret, after }) =>
    `key ${before}${secret.slice(0, middle(secret))}\u001b[31m${secret.slice(middle(secret))}\u001b[0m${after} end`,
  wrapped: ({ before, secret, after }) =>
    `key ${before}${secret.slice(0, middle(secret))}\n${secret.slice(middle(secret))}${after} end`,
};

describe.each(Object.entries(FORMS))('as %s', (_, form) => {
  it.each(SHAPES_OF_SECRETS.map((shape) => [shape.name, shape] as const))(
    '%s is hidden, its kind is not',
    (__, shape) => {
      const clean = scrub(form(shape));
      expect(leaked(clean, shape), clean).toBeNull();
      expect(clean).toMatch(/\[redacted:[a-z0-9_]+\]/);
    },
  );
});

it.each([
  ['bEaReR aB3dE5gH7jK9', 'bEaReR [redacted:bearer]'],
  ['Key Hash (Token)=0a1b2c3d4e', 'Key Hash (Token)=[redacted:key]'],
  ['GET /x?KEY=abc', 'GET /x?KEY=[redacted:query]'],
])('no hint of it stands in another case: %s', (text, clean) => {
  expect(scrub(text)).toBe(clean);
});

it('at least sixty shapes are tried', () => {
  expect(SHAPES_OF_SECRETS.length).toBeGreaterThanOrEqual(60);
});

/** Nothing of these is a secret: each must come out as it went in. */
const HARMLESS = [
  'gpt-4o',
  'gpt-4o-mini-2024-07-18',
  'openrouter/anthropic/claude-sonnet-4.5',
  'anthropic/claude-3-5-sonnet-20241022',
  'bedrock/us.anthropic.claude-3-5-sonnet-20241022-v2:0',
  'vertex_ai/gemini-2.5-pro-preview-05-06',
  'azure/gpt-4o-eu-west-1',
  'together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo',
  'deepseek/deepseek-chat',
  'dashscope/qwen-max-2025-01-25',
  'huggingface/mistralai/Mistral-7B-Instruct-v0.3',
  'text-embedding-3-large',
  'whisper-large-v3-turbo',
  'openai/o4-mini',
  'skypiea-watchtower/0.1.0',
  'commit 81284b2f3c9d',
  'at 1ed8b3a9f0c44e21b7d0a6f5c3e2d1b0a9f8e7d6',
  'merge 0aa0f73..55f49e5',
  'request 6c757e9f-3592-47e0-be0c-a464aa8efb28 failed',
  'litellm_call_id=6c757e9f-3592-47e0-be0c-a464aa8efb28',
  'id: 550e8400-e29b-41d4-a716-446655440000',
  'chatcmpl-9x8y7z6w5v4u3t2s1r',
  'req_011CSHoEeqs5C35K2UUqR7Fy',
  'msg_01XFDUDYJgAACzvnptvVoYEL',
  'x-request-id: 4b7c9f2e11',
  'cf-ray: 8f3b2c1d4e5f6a7b-FRA',
  'trace_id=4bf92f3577b34da6a3ce929d0e0e4736',
  '2026-11-24T08:14:02.123Z',
  '2026-11-24 08:14:02,123 - uvicorn.error',
  '08:14:02 - LiteLLM Proxy:ERROR: common_request_processing.py:644 - x',
  'INFO:     127.0.0.1:56155 - "POST /chat/completions HTTP/1.1" 200 OK',
  'INFO:     Started server process [4121]',
  '[2026-11-24 08:14:02 +0000] [12] [ERROR] Worker (pid:13) was sent SIGKILL!',
  'File "/venv/lib/python3.11/site-packages/litellm/main.py", line 486, in acompletion',
  '    raise exception_type(',
  'litellm.exceptions.RateLimitError: litellm.RateLimitError: OpenAIException',
  'Rate limit reached for gpt-4o in organization on tokens per min (TPM): Limit 30000, Used 29000',
  'max_tokens: 4096',
  'prompt_tokens=1200, completion_tokens=88',
  '"total_tokens": 1288',
  'token count: 512',
  'tokens per minute',
  'a token is missing',
  'the key is invalid',
  'No api key passed in.',
  'api_key: None',
  'api_key=None',
  '"api_key": null',
  'api_key: os.environ/OPENAI_API_KEY',
  'master_key: os.environ/LITELLM_MASTER_KEY',
  'OPENAI_API_KEY=$OPENAI_API_KEY',
  'export LITELLM_MASTER_KEY=<your key>',
  'Authorization: Bearer $LITELLM_MASTER_KEY',
  'Authorization header is required',
  'Bearer token missing',
  'Basic auth is not supported',
  'password authentication failed for user "litellm"',
  'password: required',
  'secret: true',
  'secretly, nobody knew',
  'cookie: none',
  'key=value pairs',
  'sort_by=key&order=asc',
  'https://openrouter.ai/settings/credits',
  'https://platform.openai.com/account/api-keys',
  'https://docs.litellm.ai/docs/proxy/health?model=gpt-4o',
  'http://localhost:4000/v1/models',
  'postgresql://db:5432/litellm',
  'redis://cache:6379/0',
  'mail to ops@example.com',
  'image sha256:abc123 of ghcr.io/berriai/litellm:main-v1.106.2',
  'md5 d41d8cd98f00b204e9800998ecf8427e',
  'sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709',
  'pod litellm-7d9f8b6c5d-x2k4p',
  'container 3f4e5d6c7b8a',
  'arn:aws:bedrock:us-east-1:123456789012:inference-profile',
  'ip-10-0-12-34.eu-west-1.compute.internal',
  '10.0.0.9:50400',
  'fe80::1ff:fe23:4567:890a',
  'sk-learn and sk-image are libraries',
  'the risk-averse task-runner asks',
  'a disk-full error on /dev/sda1',
  'dapi is an API',
  'shift+tab moves back',
  'U2VjcmV0 is base64 for a word',
  'budget: 0.10 USD, spent 0.0834',
  'Error code: 402 - insufficient credits',
  'HTTP/1.1 429 Too Many Requests, retry-after: 20',
  '余额不足，请充值',
  'Mein Schlüssel: fehlt',
  'x = y == z ? a : b',
  'grep -c key= *.log',
  'rows 1-6 of 11, page 2/3',
  'cpu 56.2% load 0.84 mem 1.9G',
  'version 1.106.2 of litellm',
  'node v26.10.0 on linux x64',
];

describe('what is no secret', () => {
  it.each(HARMLESS)('%s', (text) => {
    expect(scrub(text)).toBe(text);
  });

  it('is as readable over lines: a traceback comes out as it went in', () => {
    const text = HARMLESS.join('\n');
    expect(scrub(text)).toBe(text);
  });

  it('is at least eighty texts', () => {
    expect(new Set(HARMLESS).size).toBeGreaterThanOrEqual(80);
  });
});

describe('a secret that we know', () => {
  const key = ['no', 'shape/at+all', '"of', "its'own", 'ü'].join('-');
  const known = createScrub([key]);
  it.each([
    ['as it is', key],
    ['in JSON', JSON.stringify(key)],
    ['in JSON in JSON', JSON.stringify(JSON.stringify(key))],
    ['in an address', encodeURIComponent(key)],
    [
      'with every sign encoded',
      encodeURIComponent(key).replace(/[!'()*-]/g, (one) => `%${one.charCodeAt(0).toString(16)}`),
    ],
    ['in base64', Buffer.from(key).toString('base64')],
    ['with a user before it, as Basic has it', Buffer.from(`user:${key}`).toString('base64')],
    ['in a repr', `'${key.replace("'", "\\'")}'`],
    ['split by colours', `${key.slice(0, 9)}\u001b[1m${key.slice(9)}`],
    ['broken over lines', `${key.slice(0, 9)}\n${key.slice(9)}`],
    ['broken three times', `${key.slice(0, 5)}\n${key.slice(5, 11)}\n${key.slice(11)}`],
    [
      'as ASCII JSON',
      JSON.stringify(key).replace(/[\u0080-\uffff]/g, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`),
    ],
  ])('is hidden %s', (_, text) => {
    const clean = known(`before ${text} after`);
    expect(clean).toContain('[redacted:');
    expect(clean).not.toContain(key.slice(3, 14));
    expect(clean).not.toContain(Buffer.from(key).toString('base64').slice(4, 16));
    expect(clean).toMatch(/^before .* after$/s);
  });
});

describe('redacting', () => {
  const hostile = [
    'sk-',
    'sk-a',
    'Bearer ',
    'api_key=',
    'api_key: "',
    '://',
    '?key=',
    '%2D',
    'eyJ',
    '-----BEGIN ',
    'a1\n',
    'key: \\"',
    '=',
    ':',
    '&token=',
    'AKIA',
    'passed in: ',
  ];
  it.each(hostile)('%j a hundred thousand times is no harder than its length', (unit) => {
    const run = (size: number): (() => void) => {
      const text = unit.repeat(Math.ceil(size / unit.length));
      return () => scrub(text);
    };
    // Eight times the text: a square would take 64 times as long. The constant keeps very short times out of it.
    const { tookMs, limitMs } = leastBeside(run(32 * 1024), run(256 * 1024), (small) => small * 24 + 40);
    expect(tookMs).toBeLessThan(limitMs);
  });

  it('leaves the lines about a secret that is broken over lines where they are', () => {
    const [one, two, three] = ['sk-a1b2c3d4e5f6g7h8i9', 'j0k1l2m3n4o5p6q7r8s9t0', 'u1v2w3x4y5z6'];
    const text = scrub(`step 1 of a1b2\nc3d4\nkey=${one}\n${two}\n${three}\nthe end of x9\nplain words`);
    for (const piece of [one, two, three]) expect(text).not.toContain(piece);
    expect(text).toMatch(/^step 1 of a1b2\nc3d4\nkey=\[redacted:\w+\]\n+the end of x9\nplain words$/);
    expect(text.split('\n')).toHaveLength(7);
  });

  it('changes nothing the second time', () => {
    for (const form of Object.values(FORMS)) {
      for (const shape of SHAPES_OF_SECRETS) {
        const once = scrub(form(shape));
        expect(scrub(once)).toBe(once);
      }
    }
  });
});
