import { describe, expect, it } from 'vitest';
import { maybeError } from '../../../src/diagnosis/gate.ts';
import { accessOf } from '../../../src/logs/records/access-line.ts';
import { createEventReader } from '../../../src/logs/records/event-reader.ts';
import { createTrafficMeter } from '../../../src/logs/records/traffic.ts';
import { diagnose, lines, NOW } from './reading.ts';

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
    expect(read(line)).toMatchObject({ status, path, latencyMs: null });
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

describe('what an access line tells beside path and status', () => {
  it.each<[string, number | null, number | null]>([
    ['10.0.0.9:50400 - "GET / HTTP/1.1" 200 OK', 50400, null],
    ['[2026-11-24 08:14:02 +0000] 10.0.0.9 - "POST /v1/embeddings HTTP/1.1" 200 12.345', null, 12.345],
    ['10.0.0.9 - - [24/Nov/2026:08:14:02 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8 (x)" 0.250', null, 250],
    ['10.0.0.9 - - [24/Nov/2026:08:14:02 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8 (x)"', null, null],
    ['10.0.0.9 - - [24/Nov/2026:08:14:02 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl/8 (x)" 250000', null, null],
    ['::1:50400 - "GET / HTTP/1.1" 200 OK', 50400, null],
  ])('%s', (line, port, latencyMs) => {
    expect(read(line)).toMatchObject({ port, latencyMs });
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

  it('leaves out what scanners ask and the gateway does not have, but not a missing model', () => {
    const meter = createTrafficMeter();
    meter.count({ status: 404, path: '/wp-login.php' }, 1_000);
    expect(meter.figures(1_000)).toMatchObject({ perSecond: 0, refusedRatio: null });
    meter.count({ status: 404, path: '/v1/chat/completions' }, 1_000);
    expect(meter.figures(1_000)).toMatchObject({ perSecond: 1, refusedRatio: 1 });
  });

  it('tells how long requests took where the server writes it', () => {
    const meter = createTrafficMeter();
    for (let ms = 1; ms <= 100; ms += 1) meter.count({ ...call, latencyMs: ms }, 1_000);
    expect(meter.figures(1_000)?.latencyMs).toEqual({ p50: 51, p95: 96 });
    expect(meter.figures(90_000)?.latencyMs).toBeNull();
  });

  it('remembers how it was before the last request came', () => {
    const meter = createTrafficMeter();
    for (let second = 0; second < 1_200; second += 1) meter.count(call, second * 1_000);
    expect(meter.figures(3_000_000)).toMatchObject({
      perSecond: 0,
      lastAgeS: 1_801,
      usualPerSecond: expect.closeTo(1, 1),
    });
  });

  it('of history is not that of now', () => {
    const line = 'INFO:     10.0.0.9:1 - "POST /v1/chat/completions HTTP/1.1" 200 OK\n';
    const reader = createEventReader({ diagnose, gate: maybeError, isOwn: () => false, onEvent: () => {} });
    reader.feed('log', lines(line.repeat(100), { old: true }), NOW, 1_000);
    expect(reader.traffic(1_000)).toBeNull();
    reader.feed('log', lines(line.repeat(2)), NOW, 1_000);
    expect(reader.traffic(1_000)?.perSecond).toBe(2);
  });
});
