import { expect, test } from 'vitest';
import { readWait } from '../../src/diagnosis/times.ts';

const NOW = Date.parse('2026-11-24T04:00:00Z');

/** Text, seconds to wait, moment of the reset. */
const TABLE: readonly (readonly [text: string, seconds: number | null, resetAt: string | null])[] = [
  // relative
  ['Please try again in 20s.', 20, null],
  ['Please try again in 9m38.016s. Need more tokens?', 578.016, null],
  ['Please try again in 1.23s. Visit the page', 1.23, null],
  ['Please try again in 6m0s.', 360, null],
  ['Please try again in 1h2m3s', 3723, null],
  ['try again in 1d2h', 93_600, null],
  ['Try again in 500ms', 0.5, null],
  ['Please retry in 20.04s.', 20.04, null],
  ['Please retry after 43 seconds. Please go here', 43, null],
  ['Please wait 31211 seconds before retrying.', 31_211, null],
  ['please try again after 1 seconds', 1, null],
  ['No deployments available for selected model, Try again in 12.5 seconds. Passed model=x', 12.5, null],
  ['retry after 2 minutes', 120, null],
  ['Retry in 2 hours', 7200, null],
  ['try again in 3 days', 259_200, null],
  ['wait 15 seconds', 15, null],
  ['Please wait for 5 minutes and try again', 300, null],
  ['Your rate limit resets in ~9s.', 9, null],
  ['limit resets in 45 sec', 45, null],
  ['resets in 3h', 10_800, null],
  ['available again in 90 seconds', 90, null],
  ['Try again in about 5 minutes', 300, null],
  ['try again in a minute', 60, null],
  ['try again in one hour', 3600, null],
  ['retrying in 8s.', 8, null],
  ['cooldown: 30 seconds', 30, null],
  ['back off for 10 seconds', 10, null],
  ['try again in 1,5 seconds', 1.5, null],
  // headers and fields
  ['Retry-After: 30', 30, null],
  ['retry-after: 12', 12, null],
  ['"retry_after": 60,', 60, null],
  ["'retry_after': 7.5}", 7.5, null],
  ['retry_after_seconds=22', 22, null],
  ['Retry-After-Ms: 1500', 1.5, null],
  ['retry after 33', 33, null],
  ['"retryDelay": "34.074824224s"', 34.075, null],
  ["'retryDelay': '8s'", 8, null],
  ['retry_delay {\n  seconds: 46\n}', 46, null],
  ['"estimated_time":120.0', 120, null],
  ['x-ratelimit-reset-requests: 6m0s ', 360, null],
  ['x-ratelimit-reset-tokens: 17ms ', 0.017, null],
  ['"X-RateLimit-Reset": "30"', 30, null],
  // other languages
  ['请 30 秒后重试', 30, null],
  ['请5分钟后重试', 300, null],
  ['1小时后再试', 3600, null],
  ['60秒後に再試行してください', 60, null],
  // absolute
  ['Limit resets at: 2026-11-24 04:07:00 UTC', 420, '2026-11-24T04:07:00.000Z'],
  ['You will regain access on 2026-12-01 at 00:00 UTC.', 590_400, '2026-12-01T00:00:00.000Z'],
  ['resets at 2026-11-24T05:00:00Z', 3600, '2026-11-24T05:00:00.000Z'],
  ['reset_at: "2026-11-24T05:00:00+00:00"', 3600, '2026-11-24T05:00:00.000Z'],
  ['reset_at=2026-11-24T06:00:00+02:00', 0, '2026-11-24T04:00:00.000Z'],
  ['available again at 2026-11-24 04:30', 1800, '2026-11-24T04:30:00.000Z'],
  ['blocked until 2026-11-25', 72_000, '2026-11-25T00:00:00.000Z'],
  ['anthropic-ratelimit-requests-reset: 2026-11-24T04:00:10Z', 10, '2026-11-24T04:00:10.000Z'],
  ['quota resets on December 1, 2026', 590_400, '2026-12-01T00:00:00.000Z'],
  ['try again after Nov 25, 2026 at 12:00', 115_200, '2026-11-25T12:00:00.000Z'],
  ['resets at 05:00 UTC', 3600, '2026-11-24T05:00:00.000Z'],
  ['resets daily at 03:00 UTC', 82_800, '2026-11-25T03:00:00.000Z'],
  ['The limit resets at midnight UTC', 72_000, '2026-11-25T00:00:00.000Z'],
  // HTTP dates
  ['Retry-After: Tue, 24 Nov 2026 05:00:00 GMT', 3600, '2026-11-24T05:00:00.000Z'],
  ['retry-after: Wed, 25 Nov 2026 04:00:00 GMT', 86_400, '2026-11-25T04:00:00.000Z'],
  ['please retry after Tue, 24 Nov 2026 03:00:00 GMT', 0, '2026-11-24T03:00:00.000Z'],
  // epoch
  ['"X-RateLimit-Reset": "1795478400000"', 0, '2026-11-24T00:00:00.000Z'],
  ['"X-RateLimit-Reset":"1795492860000"', 60, '2026-11-24T04:01:00.000Z'],
  ['x-ratelimit-reset: 1795492860 ', 60, '2026-11-24T04:01:00.000Z'],
  ['"reset": 1795496400}', 3600, '2026-11-24T05:00:00.000Z'],
  // nothing is said, or what is said is no wait
  ['Request timed out. - timeout value=60.0, time taken=60.01 seconds', null, null],
  ['Limit 100000, Used 97050, Requested 3619', null, null],
  ['rate limit of 40,000 input tokens per minute', null, null],
  ['Please try again later.', null, null],
  ['Please retry shortly.', null, null],
  ['请稍后再试', null, null],
  ['LiteLLM Retried: 2 times, LiteLLM Max Retries: 3', null, null],
  ['Key Expiry time 2026-11-12 20:36:47.844000+00:00 and current time 2026-11-21 08:05:33.767685+00:00', null, null],
  ['If you created the deployment within the last 5 minutes, please wait a moment and try again.', null, null],
  ['connection reset by peer', null, null],
  ['Error 104 connection reset', null, null],
  ['retry 3 of 5', null, null],
  ['', null, null],
];

test('the table holds at least 60 texts', () => {
  expect(TABLE.length).toBeGreaterThanOrEqual(60);
});

test.each(TABLE)('%s', (text, seconds, resetAt) => {
  expect(readWait(text, NOW)).toEqual({ retryAfterS: seconds, resetAt });
});

test('without a clock a moment gives no seconds, and a wait needs none', () => {
  expect(readWait('resets at 2026-11-24T05:00:00Z', null)).toEqual({
    retryAfterS: null,
    resetAt: '2026-11-24T05:00:00.000Z',
  });
  expect(readWait('try again in 5s', null)).toEqual({ retryAfterS: 5, resetAt: null });
  expect(readWait('resets at midnight UTC', null)).toEqual({ retryAfterS: null, resetAt: null });
});
