import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../src/logs/records/access-line.ts';
import { createTrafficMeter } from '../../../src/logs/records/traffic.ts';

const read = (line: string) => accessOf(Buffer.from(line), 0, Buffer.byteLength(line));

describe('an access line', () => {
  it.each([
    ['INFO:     10.0.0.9:1 - "POST /v1/chat/completions?stream=1 HTTP/1.1" 200 OK', 200, '/v1/chat/completions'],
    [
      'INFO:     10.0.0.9:1 - "POST /v1/chat/completions HTTP/1.1" \u001b[31m500 Internal Server Error\u001b[0m',
      500,
      '/v1/chat/completions',
    ],
    ['10.0.0.9:36054 - "GET /health/liveliness HTTP/1.1" 200', 200, '/health/liveliness'],
    ['[::1]:36054 - "GET / HTTP/1.1" 404 Not Found', 404, '/'],
    ['{"message": "10.0.0.9:5 - \\"POST /v1/embeddings HTTP/1.1\\" 402", "level": "INFO"}', 402, '/v1/embeddings'],
  ])('%s', (line, status, path) => {
    expect(read(line)).toEqual({ status, path });
  });

  it.each([
    'he said - "no" 200 times',
    'INFO:     Started server process [1]',
    '',
    ' - "',
    '10.0.0.9:1 - "GET / HTTP/1.1" 2000',
  ])('is not: %s', (line) => {
    expect(read(line)).toBeNull();
  });
});

describe('traffic', () => {
  const call = { status: 200, path: '/v1/chat/completions' };

  it('is unknown before the first access line, and nothing is not unknown', () => {
    const meter = createTrafficMeter();
    expect(meter.figures(5_000)).toBeNull();
    meter.count({ status: 200, path: '/health/liveliness' }, 5_000);
    expect(meter.figures(65_000)).toMatchObject({ perSecond: 0, errorRatio: null, lastAgeS: null });
  });

  it('counts callers over the last minute, failures and refusals apart', () => {
    const meter = createTrafficMeter();
    for (let second = 0; second < 60; second += 1) {
      meter.count(call, second * 1_000);
      meter.count({ ...call, status: second % 2 === 0 ? 500 : 429 }, second * 1_000);
    }
    expect(meter.figures(59_999)).toMatchObject({
      perSecond: expect.closeTo(2, 1),
      errorRatio: 0.25,
      refusedRatio: 0.25,
      lastAgeS: 1,
    });
  });

  it('forgets what is older', () => {
    const meter = createTrafficMeter();
    meter.count({ ...call, status: 500 }, 0);
    meter.count(call, 100_000);
    expect(meter.figures(100_000)).toMatchObject({ errorRatio: 0, windowS: 60 });
    expect(meter.figures(170_000)).toMatchObject({ perSecond: 0, errorRatio: null, lastAgeS: 70 });
  });

  it.each([
    '/health',
    '/health/readiness',
    '/v1/models',
    '/metrics',
    '/gw/health/liveliness',
    '/public/model_hub/info',
  ])('leaves out what watchers ask: %s', (path) => {
    const meter = createTrafficMeter();
    meter.count({ status: 200, path }, 1_000);
    expect(meter.figures(1_000)?.perSecond).toBe(0);
  });
});
