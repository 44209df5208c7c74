import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { type Labelled, readLines } from './fixtures.ts';

const diagnose = createDiagnose();
const print = (text: string) => diagnose({ text, source: 'chat' })?.fingerprint;

const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const id = fc.oneof(
  fc.uuid(),
  hex(16),
  hex(32).map((text) => `req_${text}`),
  hex(20).map((text) => `chatcmpl-${text}`),
);
const key = hex(24).map((text) => `sk-proj-${text}`);
const time = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const number = fc.integer({ min: 1, max: 10_000_000 });
const host = fc
  .tuple(hex(6), fc.constantFrom('example.test', 'internal', 'eu.example.com'))
  .map(([name, rest]) => `h${name}.${rest}`);
const ip = fc.ipV4();

/** Templates whose parts change from one happening to the next. */
const TEMPLATES: readonly ((part: {
  id: string;
  key: string;
  time: string;
  number: number;
  host: string;
  ip: string;
}) => string)[] = [
  (part) =>
    `litellm.RateLimitError: RateLimitError: OpenAIException - Rate limit reached in organization org-${part.id} on tokens per min (TPM): Limit ${part.number}, Used ${part.number + 1}. Please try again in ${part.number % 60}s.`,
  (part) =>
    `litellm.AuthenticationError: AuthenticationError: OpenAIException - Incorrect API key provided: ${part.key}. You can find your API key at https://${part.host}/keys.`,
  (part) =>
    `litellm.APIError: APIError: OpenrouterException - {"error":{"message":"You requested up to ${part.number} tokens, but can only afford ${part.number}","code":402},"user_id":"user_${part.id}"}`,
  (part) =>
    `litellm.APIConnectionError: Hosted_vllmException - Cannot connect to host ${part.host}:${(part.number % 60_000) + 1000} ssl:default [Connect call failed ('${part.ip}', ${part.number % 65_000})]`,
  (part) =>
    `Rate limit exceeded for api_key: ${part.id}. Limit type: requests. Current limit: ${part.number}, Remaining: 0. Limit resets at: ${part.time}`,
  (part) => `Authentication Error - Expired Key. Key Expiry time ${part.time} and current time ${part.time}`,
  (part) => `Budget has been exceeded! Current cost: ${part.number}.${part.number}, Max budget: ${part.number}.0`,
  (part) =>
    `litellm.Timeout: APITimeoutError - Request timed out. Error_str: Request timed out. - timeout value=${part.number}.0, time taken=${part.number}.01 seconds`,
];
const parts = fc.record({ id, key, time, number, host, ip });

describe('the fingerprint', () => {
  test.each(TEMPLATES.map((template, index) => ({ index, template })))(
    'is the same whatever ids, numbers, times, keys and hosts say (template $index)',
    ({ template }) => {
      fc.assert(
        fc.property(parts, parts, (one, other) => {
          expect(print(template(one))).toBe(print(template(other)));
        }),
        { numRuns: 300 },
      );
    },
  );

  test('tells different failures apart', () => {
    fc.assert(
      fc.property(parts, (part) => {
        const prints = TEMPLATES.map((template) => print(template(part)));
        expect(new Set(prints).size).toBe(TEMPLATES.length);
      }),
      { numRuns: 300 },
    );
  });

  test('tells the same words of two providers, and of two models, apart', () => {
    const text = (provider: string) => `litellm.APIError: APIError: ${provider}Exception - Insufficient credits`;
    expect(print(text('Openrouter'))).not.toBe(print(text('Together_ai')));
    const one = diagnose({ text: text('Openrouter'), source: 'health', model: 'a' })?.fingerprint;
    const other = diagnose({ text: text('Openrouter'), source: 'health', model: 'b' })?.fingerprint;
    expect(one).not.toBe(other);
  });

  test('is the same where an id is cut at the end of what is read', () => {
    const told = (before: number, said: string) =>
      `litellm.RateLimitError: OpenAIException - Rate limit reached, ${'acknowledged '.repeat(20)}${'x'.repeat(before)} id ${said} end`;
    for (let before = 40; before < 140; before += 1)
      expect(print(told(before, 'ad3d89e56c0f0b6b71196df8f515f2df')), `${before}`).toBe(
        print(told(before, 'c15a23a15464a705c412b49b9689e129')),
      );
  });

  test('is the same for one failure in the answer and in the log', () => {
    const message = `litellm.AuthenticationError: AuthenticationError: OpenrouterException - {"error":{"message":"User not found.","code":401}}`;
    const chat = JSON.stringify({
      error: {
        message: `${message}\n\nLiteLLM: model group 'kimi' failed with the error above. No fallback was attempted.`,
        type: 'authentication_error',
        param: null,
        code: '401',
      },
    });
    const log = `08:14:02 - LiteLLM Proxy:ERROR: common_request_processing.py:1162 - litellm.proxy.proxy_server._handle_llm_api_exception(): Exception occured - litellm_call_id=0a - ${message}\n\nLiteLLM: model group 'kimi' failed with the error above. No fallback was attempted.`;
    expect(diagnose({ text: log, source: 'log' })?.fingerprint).toBe(
      diagnose({ text: chat, source: 'chat', status: 401 })?.fingerprint,
    );
  });

  test('differs between texts of different classes in the labelled sets', () => {
    const seen = new Map<string, string>();
    for (const item of [...readLines<Labelled>('dev.jsonl'), ...readLines<Labelled>('third.jsonl')]) {
      const found = diagnose({ text: item.text, source: item.source, status: item.http_status ?? null });
      if (found === null) continue;
      expect(seen.get(found.fingerprint) ?? found.class, item.id).toBe(found.class);
      seen.set(found.fingerprint, found.class);
    }
    expect(seen.size).toBeGreaterThan(200);
  });
});
