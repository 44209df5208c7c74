import { expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';

const diagnose = createDiagnose();
/** What LiteLLM 1.106.2 logs about its own bookkeeping: words of money, keys and limits, and nothing that a provider said. */
const OWN = [
  'Failed to reset spend counter x: timeout',
  'Failed to drop spend-log partition p1: locked',
  'Failed to reload model cost map: x',
  'Enterprise billing metrics: final flush failed: x',
  'MCP billing attribution failed for u1, billing the user: x',
  'Failed to release budget reservation; invalidating counters',
  'Daily activity aggregation failed: x',
  'Error in rate limit post-call hook: x',
  'Bedrock Guardrail: Failed to apply guardrail: x',
  'Error fetching cost margin config: x',
  'Error saving API key to file: x',
  'Error extracting app roles from id_token: x',
  'Error loading attachment: x',
];

test.each(OWN)('LiteLLM\'s own "%s" is no provider\'s trouble', (text) => {
  for (const level of ['WARNING', 'ERROR']) {
    const found = diagnose({ text: `08:00:00 - LiteLLM Proxy:${level}: utils.py:1 - ${text}`, source: 'log' });
    expect([
      'CREDITS',
      'BUDGET',
      'AUTH_PROVIDER',
      'RATE_LIMIT',
      'CONTENT_POLICY',
      'PROVIDER_DOWN',
      'STARTUP',
    ]).not.toContain(found?.class ?? null);
  }
});

test('the refusals of its key check are AUTH_GATEWAY, even where they name the database or the cache', () => {
  const texts = [
    'Authentication Error: invalid user key - user key does not exist in db. User Key=abc',
    'Authentication Error, Invalid proxy server token passed. key=abc, not found in db. Create key via `/key/generate` call.',
    "Key doesn't exist in cache + check_cache_only=True. key=abc.",
    'Access forbidden: IP address 10.0.0.1 not allowed.',
    'Token is not active',
  ];
  for (const text of texts) {
    const line = `08:00:00 - LiteLLM Proxy:ERROR: auth_exception_handler.py:95 - litellm.proxy.proxy_server.user_api_key_auth(): Exception occured - ${text}\nRequester IP Address:10.0.0.9`;
    expect(diagnose({ text: line, source: 'log' })).toMatchObject({ class: 'AUTH_GATEWAY', entity: '10.0.0.9' });
  }
});

test('a key check that cannot reach its database is DATABASE, whatever the status says', () => {
  for (const text of [
    'All connection attempts failed',
    'Server disconnected without sending a response.',
    'Timed out fetching a new connection from the connection pool',
  ]) {
    const body = JSON.stringify({
      error: { message: `Authentication Error, ${text}`, type: 'auth_error', param: 'None', code: '401' },
    });
    expect(diagnose({ text: body, source: 'chat', status: 401 })?.class).toBe('DATABASE');
  }
});

test.each([
  'Running 2 workers but Redis is not configured. Failed Admin UI sign-in attempts are counted per worker, so the effective limits are 2 times the configured values. Configure Redis to share one count across workers.',
  'trusted_proxy_ranges is not set; X-Forwarded-For is ignored and failed sign-ins are counted by the peer address',
])('advice about a part that is off is no event: %s', (text) => {
  expect(diagnose({ text: `08:00:00 - LiteLLM Proxy:WARNING: proxy_cli.py:1 - ${text}`, source: 'log' })).toBeNull();
  expect(
    diagnose({
      text: '08:00:00 - LiteLLM Proxy:WARNING: cache.py:1 - Redis is not reachable: connection refused',
      source: 'log',
    })?.class,
  ).toBe('CACHE');
});
