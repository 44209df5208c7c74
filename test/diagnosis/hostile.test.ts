import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import type { TextSource } from '../../src/diagnosis/types.ts';
import { createScrub } from '../../src/text/scrub.ts';
import { leastMs } from '../support/least-time.ts';

const SECRET = 'sk-known-secret-value-0123456789';
const diagnose = createDiagnose({ scrub: createScrub([SECRET]) });
const SOURCES: readonly TextSource[] = ['health', 'chat', 'probe', 'log', 'system'];
const CONTROL = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Every string of a diagnosis, however deep. */
function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(strings) : [];
}

describe('a diagnosis of hostile text', () => {
  test.each(['constructor', 'toString', '__proto__', 'valueOf'])(
    'takes the type and the code %s for a name like any other',
    (name) => {
      const body = (type: string) => ({ text: JSON.stringify({ error: { message: 'boom', type, code: '400' } }) });
      const field = (code: string) => ({ text: `{"code": "${code}"} failed` });
      for (const made of [body, field])
        expect(diagnose({ ...made(name), source: 'chat' })?.class).toBe(
          diagnose({ ...made('other'), source: 'chat' })?.class,
        );
    },
  );

  test('never throws and never carries a control character, whatever the text is', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc
        .array(
          fc.constantFrom(
            '\x1b]52;c;AAAA\x07',
            '\x1b[2J',
            '\x9b31m',
            '\u202e',
            'litellm.APIError: ',
            'OpenrouterException - ',
            '{"error":',
            '"message": "',
            'Insufficient credits',
            '\r',
            '\n',
            '}',
            'Error',
            '\\u0000',
            '\\x1b[31m',
            '402',
          ),
          { maxLength: 40 },
        )
        .map((list) => list.join('')),
    );
    fc.assert(
      fc.property(nasty, fc.constantFrom(...SOURCES), (text, source) => {
        const found = diagnose({ text, source });
        for (const one of strings(found)) expect(one).not.toMatch(CONTROL);
      }),
      { numRuns: 5000 },
    );
  });

  test('shows no escape of a log line and keeps what stands behind it', () => {
    const found = diagnose({
      text: '08:00:00 - LiteLLM:ERROR: a.py:1 - \x1b]0;owned\x07litellm.APIError: OpenrouterException - Insufficient credits \x1b[2Jon model \u202eevil',
      source: 'log',
    });
    expect(found?.class).toBe('CREDITS');
    expect(found?.text).not.toMatch(CONTROL);
    expect(found?.text).toContain('Insufficient credits');
  });

  test('carries no secret that is known, nor one with the shape of a key, in any field', () => {
    for (const secret of [SECRET, 'sk-or-v1-0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef']) {
      const text = `litellm.AuthenticationError: AuthenticationError: OpenAIException - Incorrect API key provided: ${secret}. model=${secret} https://platform.openai.com/account/api-keys?key=${secret}`;
      for (const source of SOURCES)
        for (const one of strings(diagnose({ text, source }))) expect(one).not.toContain(secret);
    }
  });

  test('links only to https, and to a host that the provider owns', () => {
    const texts = [
      'http://openrouter.ai/settings/credits',
      'https://evil.example/settings/credits',
      'https://openrouter.ai.evil.example/settings/credits',
      'javascript:alert(1)',
      'https://user:pass@openrouter.ai/settings/credits',
    ];
    for (const url of texts) {
      const found = diagnose({
        text: `litellm.APIError: APIError: OpenrouterException - Insufficient credits. Add more at ${url}`,
        source: 'chat',
      });
      expect(found?.url).toBe('https://openrouter.ai/settings/credits');
    }
  });

  test('reads 64 KiB of a longer text and no more', () => {
    const long = `litellm.APIError: OpenAIException - ${'x'.repeat(10_000_000)} Insufficient credits`;
    const found = diagnose({ text: long, source: 'chat' });
    expect(leastMs(() => diagnose({ text: long, source: 'chat' }), 500)).toBeLessThan(500);
    expect(found?.class).toBe('UNKNOWN');
    expect(found?.text.length).toBeLessThanOrEqual(500);
  });

  test('is null for an empty text, UNKNOWN at info for an error that no rule knows', () => {
    expect(diagnose({ text: '', source: 'log' })).toBeNull();
    expect(diagnose({ text: '   \n', source: 'chat' })).toBeNull();
    const found = diagnose({ text: '08:00:00 - LiteLLM Proxy:ERROR: a.py:1 - the flux is misaligned', source: 'log' });
    expect(found).toMatchObject({ class: 'UNKNOWN', severity: 'info', text: 'the flux is misaligned' });
  });

  test('is equal for equal input: nothing is remembered between calls', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (noise) => {
        const input = {
          text: 'litellm.RateLimitError: RateLimitError: GroqException - Rate limit reached. Please try again in 9s.',
          source: 'chat' as const,
          now: 0,
        };
        const before = diagnose(input);
        diagnose({ text: noise, source: 'log' });
        expect(diagnose(input)).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });
});
