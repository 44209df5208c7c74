import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { createGate, maybeError } from '../../src/diagnosis/gate.ts';
import { LABELLED, type Labelled, type Recorded, readLines } from './fixtures.ts';

const diagnose = createDiagnose();
const passes = (text: string, gate = maybeError) => {
  const bytes = Buffer.from(`xx${text}yy`);
  return gate(bytes, 2, bytes.length - 2);
};

describe('the first gate over the bytes', () => {
  test('never holds back a line that is an event', () => {
    const lines = LABELLED.flatMap((name) => readLines<Labelled>(name))
      .filter(({ source }) => source === 'log' || source === 'system')
      .map(({ text }) => text);
    const recorded = readLines<Recorded>('recordings.jsonl')
      .filter(({ form }) => form === 'log')
      .map(({ text }) => text);
    const lost = [...lines, ...recorded].filter((text) => !passes(text) && diagnose({ text, source: 'log' }) !== null);
    expect(lost).toEqual([]);
  });

  test('never holds back a failure that no logger wrote, whatever the form', () => {
    const forms = [
      (text: string) => `Error code: 402 - ${text}`,
      (text: string) => `HTTP 402: ${text}`,
      (text: string) => `status: 429, body: ${text}`,
      (text: string) => `upstream returned 402: ${text}`,
      (text: string) => `code=1113 msg=${text}`,
      (text: string) => `[ClientError] ${text}`,
      (text: string) => `rpc error: code = PermissionDenied desc = ${text}`,
      (text: string) => JSON.stringify({ error: { message: text } }),
      (text: string) => `{'error': {'message': '${text}'}}`,
      (text: string) => `<Error><Message>${text}</Message></Error>`,
    ];
    const texts = LABELLED.flatMap((name) => readLines<Labelled>(name))
      .filter(({ source, labels }) => source !== 'log' && source !== 'system' && labels.length > 0)
      .map(({ text }) => text);
    const lines = forms.flatMap((form) => texts.map(form));
    expect(lines.filter((text) => !passes(text) && diagnose({ text, source: 'log' }) !== null)).toEqual([]);
  });

  test('takes the status of a request, and no other number behind a quote', () => {
    const lines = [
      '10.0.0.9 - - [04/Dec/2026:18:49:00 +0000] "POST /v1/chat/completions HTTP/1.1" 429 341 "-" "python/1.99"',
      '2026-12-04T17:31:55.014402118Z stderr F {"message": "Access forbidden: IP not allowed", "level": "ERROR", "ip": "203.0.113.201"}',
      '2026-12-04 17:31:55 ERROR "backend" 200 attempts failed',
      '10.0.0.9 - "backend" 200 attempts failed',
      '10.0.0.9:40100 - "GET /x HTTP/1.1"200 failed',
      '2026-12-04 17:31:55 ERROR retry of "POST /v1/chat/completions HTTP/1.1" 200 times failed',
    ];
    expect(lines.filter((line) => !passes(line))).toEqual([]);
    const fine = '10.0.0.9 - - [04/Dec/2026:18:49:00 +0000] "POST /v1/error HTTP/1.1" 200 341 "-" "failed/1.99"';
    expect(passes(fine)).toBe(false);
  });

  test('passes over the inside of a traceback, and not over a record that begins so', () => {
    const inside = '    raise RateLimitError("failed: no credit left")';
    expect(passes(inside)).toBe(false);
    expect(passes(inside.trimStart())).toBe(true);
    expect(passes(`${inside}\nRateLimitError: failed`)).toBe(true);
  });

  test('agrees with the diagnosis on every access line', () => {
    const method = fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS');
    const path = fc.constantFrom(
      '/v1/chat/completions',
      '/health/liveliness',
      '/key/info',
      '/',
      '/v1/models?x=402',
      '/error/500',
    );
    fc.assert(
      fc.property(
        method,
        path,
        fc.integer({ min: 100, max: 599 }),
        fc.constantFrom('plain', 'bare', 'json', 'docker', 'colour'),
        (verb, route, status, form) => {
          const line = accessLine(form, verb, route, status);
          if (diagnose({ text: line, source: 'log' }) !== null) expect(passes(line)).toBe(true);
          else if (form !== 'docker') expect(passes(line)).toBe(status >= 400 && status !== 404 && status !== 405);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('holds back what a healthy gateway writes all day', () => {
    const calm = [
      'INFO:     10.0.0.9:50429 - "POST /v1/chat/completions HTTP/1.1" 200 OK',
      '\x1b[32mINFO\x1b[0m:     10.4.0.9:40125 - "\x1b[1mPOST /v1/chat/completions HTTP/1.1\x1b[0m" \x1b[32m200 OK\x1b[0m',
      '10.0.0.9:36054 - "GET /health/liveliness HTTP/1.1" 200',
      '08:14:02 - LiteLLM Proxy:DEBUG: utils.py:2102 - Inside Max Budget Limiter Pre-Call Hook',
      '08:14:02 - LiteLLM Router:INFO: router.py:1301 - litellm.acompletion(model=openai/gpt-4o)\x1b[32m 200 OK\x1b[0m',
      '{"message": "spend flushed, 0 failed", "level": "INFO", "timestamp": "2026-11-21T08:14:02.118402"}',
      '{"log":"INFO:     10.4.0.9:40122 - \\"POST /v1/embeddings HTTP/1.1\\" 200 OK\\n","stream":"stdout","time":"2026-11-21T08:14:02Z"}',
      '  File "/usr/lib/python3.13/site-packages/litellm/router.py", line 1462, in acompletion',
      '    raise e',
      '',
    ];
    expect(calm.filter((line) => passes(line))).toEqual([]);
  });

  test('lets pass what no known form holds and that speaks of failure, and all that is not ASCII', () => {
    const open = [
      'redis.exceptions.TimeoutError: Timeout connecting to server',
      'MemoryError',
      'OSError: [Errno 28] No space left on device',
      '余额不足',
      'FATAL: sorry, too many clients already',
    ];
    expect(open.filter((line) => !passes(line))).toEqual([]);
  });

  test('never reads outside its bounds and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), fc.nat(300), (bytes, a, b) => {
        const start = Math.min(a, bytes.length);
        const end = Math.min(Math.max(start, b), bytes.length);
        const alone = bytes.slice(start, end);
        expect(maybeError(bytes, start, end)).toBe(maybeError(alone, 0, alone.length));
      }),
      { numRuns: 5000 },
    );
  });
});

describe('the gate with rules of the user', () => {
  test('lets their words pass, and all lines where a rule is an expression', () => {
    const words = createGate([{ match: 'quarantine notice', kind: 'words', source: 'log' }]);
    expect(passes('INFO:     Quarantine notice for key 7', words)).toBe(true);
    expect(passes('INFO:     Application startup complete.', words)).toBe(false);
    const expression = createGate([{ match: 'q\\d+', kind: 'regex', source: null }]);
    expect(passes('INFO:     anything', expression)).toBe(true);
  });

  test('is the plain gate where no rule is about logs', () => {
    expect(createGate([{ match: 'x', kind: 'words', source: 'health' }])).toBe(maybeError);
  });
});

function accessLine(form: string, verb: string, route: string, status: number): string {
  const request = `"${verb} ${route} HTTP/1.1"`;
  if (form === 'bare') return `10.0.0.9:50429 - ${request} ${status}`;
  if (form === 'json')
    return JSON.stringify({
      message: `10.0.0.9:50429 - ${request} ${status}`,
      level: 'INFO',
      timestamp: '2026-11-21T08:14:02.118402',
      component: 'uvicorn.access',
    });
  if (form === 'docker')
    return JSON.stringify({
      log: `INFO:     10.0.0.9:50429 - ${request} ${status} Reason\n`,
      stream: 'stdout',
      time: '2026-11-21T08:14:02Z',
    });
  if (form === 'colour')
    return `\x1b[32mINFO\x1b[0m:     10.0.0.9:50429 - "\x1b[1m${verb} ${route} HTTP/1.1\x1b[0m" \x1b[31m${status} Reason\x1b[0m`;
  return `INFO:     10.0.0.9:50429 - ${request} ${status} Reason`;
}
