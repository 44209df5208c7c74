import { describe, expect, it } from 'vitest';
import { backlog } from '../../src/gateway/backlog.ts';
import { chat } from '../../src/gateway/chat.ts';
import { health } from '../../src/gateway/health.ts';
import { hub } from '../../src/gateway/hub.ts';
import { matchHealth } from '../../src/gateway/join.ts';
import { latest } from '../../src/gateway/latest.ts';
import { liveliness } from '../../src/gateway/liveliness.ts';
import { metrics } from '../../src/gateway/metrics.ts';
import { models } from '../../src/gateway/models.ts';
import { readiness } from '../../src/gateway/readiness.ts';
import { readinessDetails } from '../../src/gateway/readiness-details.ts';
import { decoded, failureOf, fixture, goodOf, KEY, RELEASES, type Recording, recording } from './support.ts';

const of = (release: string, name: string) => recording(release, name);
const NEWER = RELEASES.slice(3);

describe.each(RELEASES)('answers of %s', (release) => {
  it('is alive', () => {
    expect(decoded(liveliness, of(release, 'liveliness'))).toEqual({ kind: 'answered', value: { alive: true } });
  });

  it('is ready without a database', () => {
    const value = goodOf(decoded(readiness, of(release, 'readiness')));
    expect(value.database).toBe('NONE');
    expect([value.version, value.cache]).toEqual(NEWER.includes(release as never) ? [null, null] : [release, 'none']);
  });

  it('tells its version in the hub or in the readiness, without a key', () => {
    const told = decoded(hub, of(release, 'public_model_hub_info'));
    if (release === '1.60.8') expect(told.kind).toBe('absent');
    else expect(goodOf(told).version).toBe(release);
  });

  it('has readiness details or is calmly without', () => {
    const told = decoded(readinessDetails, of(release, 'readiness_details'));
    if (!NEWER.includes(release as never)) return expect(told.kind).toBe('absent');
    expect(goodOf(told)).toEqual({ database: 'NONE', cache: 'none', version: release, detailedDebug: false });
  });

  it('has no database behind /health/latest and no metrics: absent, no failure', () => {
    expect(decoded(latest, of(release, 'health_latest')).kind).toBe('absent');
    expect(decoded(metrics, of(release, 'metrics_slash_off')).kind).toBe('absent');
  });

  it('counts its backlog or is calmly without', () => {
    const told = decoded(backlog, of(release, 'health_backlog'));
    if (release === '1.60.8' || release === '1.74.9') return expect(told.kind).toBe('absent');
    const four = release === '1.106.2';
    expect(goodOf(told)).toEqual({ inFlight: 1, queued: four ? 0 : null, rejected: four ? 0 : null });
  });

  it('lists its models sorted, each once', () => {
    const { names } = goodOf(decoded(models, of(release, 'v1_models')));
    expect(names).toContain('ok-chat');
    expect(names).toEqual([...new Set(names)].sort());
  });

  it('lists healthy and unhealthy deployments', () => {
    const body = JSON.parse(of(release, 'health').body);
    const report = goodOf(decoded(health, of(release, 'health'), { pieceBytes: 77 }));
    expect([report.healthy, report.unhealthy]).toEqual([body.healthy_count, body.unhealthy_count]);
    expect(report.pending).toBe(false);
    expect(report.entries.length).toBe(report.healthy + report.unhealthy);
    for (const one of report.entries) {
      expect(one.model).not.toBeNull();
      expect(one.error === null).toBe(one.healthy);
    }
  });

  it('keeps of a failed check the sentence only: no stack, no advice, no request, no secret', () => {
    const report = goodOf(decoded(health, of(release, 'health')));
    const shown = JSON.stringify(report);
    expect(shown).not.toMatch(
      /stack trace|Traceback|Have you set|site-packages|raw_request|leakpass|leaktest|fake-key-0000/,
    );
    const credits = report.entries.find((one) => one.model === 'openrouter/openai/fake-or402');
    expect(credits?.error).toContain('requires more credits');
    expect(credits?.status).toBe(402);
    const hanging = report.entries.find((one) => one.model === 'openai/fake-hang');
    expect(hanging).toMatchObject({ healthy: false, error: 'Timeout exceeded', status: 408 });
    const leaking = report.entries.find((one) => one.model === 'openai/fake-500');
    expect(leaking?.host).toBe('127.0.0.1:14090');
    expect(report.entries.find((one) => one.model === 'openai/fake-oa401')?.status).toBe(401);
    expect(report.entries.find((one) => one.model === 'openai/fake-quota429')?.status).toBe(429);
  });

  it('refuses a wrong key: KEY_REJECTED, never a server failure', () => {
    for (const name of ['models_wrongkey', 'models_malformed', 'models_nobearer'] as const) {
      const bare = name === 'models_nobearer' && NEWER.includes(release as never);
      // What our client cannot send (a bare key) is a 500 there, and without the prisma package nothing tells it apart.
      if (!bare) expect(failureOf(decoded(models, of(release, name))).code).toBe('KEY_REJECTED');
    }
  });

  it('asks for a key when none was sent: KEY_MISSING, also where that ends as a 500', () => {
    expect(failureOf(decoded(models, of(release, 'models_nokey'), { keySent: false })).code).toBe('KEY_MISSING');
  });

  it('answers a probe, and names the model that spoke', () => {
    const reply = goodOf(decoded(chat('ok-chat', 'n'), of(release, 'chat_ok-chat')));
    expect(reply).toMatchObject({
      modelGroup: 'ok-chat',
      deploymentId: 'dep-ok-1',
      finishReason: 'stop',
      version: release,
    });
    expect(reply.attemptedFallbacks).toBe(release === '1.60.8' ? null : 0);
  });

  it.each([
    ['chat_r-or402', 402, 'requires more credits'],
    ['chat_o-oa401', 401, 'Incorrect API key'],
    ['chat_o-rate429', 429, 'Rate limit'],
    ['chat_a-an400credit', 400, 'credit balance is too low'],
    ['chat_o-hang', 408, 'timed out'],
  ])('passes a refusal of the provider on, whole and as its own: %s', (name, status, words) => {
    const failure = failureOf(decoded(chat('x', 'n'), of(release, name)));
    expect(failure).toMatchObject({ code: 'HTTP_STATUS', status });
    expect(failure.detail).toContain(words);
    expect(failure.callId === null).toBe(release === '1.60.8');
  });
});

describe.each(['1.60.8', '1.83.14', '1.106.2'])('a fallback in %s', (release) => {
  it('is seen in the headers: another model answered', () => {
    const reply = goodOf(decoded(chat('fb-main', 'n'), of(release, 'cooldown_fallback_ok')));
    expect(reply.modelGroup).toBe('ok-chat');
    expect(reply.attemptedFallbacks).toBe(release === '1.60.8' ? null : 1);
  });
});

/** One exchange out of a file of 1.106.2 that holds several. */
function part(name: string, ...path: string[]): Recording {
  let found: unknown = fixture('1.106.2', name);
  for (const key of path) found = (found as Record<string, unknown>)[key];
  return found as Recording;
}

describe('what only 1.106.2 was recorded with', () => {
  it('background checks whose first cycle has not ended are pending, and later an ordinary report', () => {
    expect(goodOf(decoded(health, of('1.106.2', 'health_background_first')))).toMatchObject({
      pending: true,
      entries: [],
    });
    expect(goodOf(decoded(health, of('1.106.2', 'health_background_later'))).pending).toBe(false);
  });

  it('a targeted check answers 503 with the same body, which is read', () => {
    const one = goodOf(decoded(health, of('1.106.2', 'health_model_503_default_timeout')));
    expect(one.entries).toMatchObject([{ id: 'dep-503', healthy: false, status: 503 }]);
    expect(goodOf(decoded(health, of('1.106.2', 'health_model_unknown'))).entries).toEqual([]);
  });

  it('with details switched off the entry still has its status, and the missing text is no timeout', () => {
    const [one] = goodOf(decoded(health, part('drain_endpoint_and_options', '/health?model=r-or402'))).entries;
    expect(one).toMatchObject({ id: 'dep-or402', status: 402, healthy: false });
    expect(one?.error).toContain('health_check_details');
  });

  it('admission control is OVERLOADED on the models list and leaves liveliness alone', () => {
    const probes = ['max_in_flight_requests_per_worker: 1, three slow chats', 'probes_meanwhile'];
    const failure = failureOf(decoded(models, part('overload', ...probes, '/v1/models')));
    expect(failure).toMatchObject({ code: 'OVERLOADED', retryAfterS: 1, status: 503, type: 'overloaded_error' });
    expect(decoded(liveliness, part('overload', ...probes, '/health/liveliness')).kind).toBe('answered');
    expect(goodOf(decoded(backlog, part('overload', ...probes, '/health/backlog')))).toEqual({
      inFlight: 2,
      queued: 1,
      rejected: 2,
    });
  });

  it('--limit_concurrency is OVERLOADED on every path, liveliness too', () => {
    const probes = ['--limit_concurrency 2, three slow chats', 'probes_meanwhile'];
    expect(failureOf(decoded(liveliness, part('overload', ...probes, '/health/liveliness'))).code).toBe('OVERLOADED');
    expect(failureOf(decoded(models, part('overload', ...probes, '/v1/models'))).code).toBe('OVERLOADED');
  });

  it('a drained gateway is SHUTTING_DOWN and still lists its models', () => {
    const drained = (path: string) => part('drain_endpoint_and_options', `after drain ${path}`);
    expect(failureOf(decoded(liveliness, drained('/health/liveliness'))).code).toBe('SHUTTING_DOWN');
    expect(failureOf(decoded(readiness, drained('/health/readiness'))).code).toBe('SHUTTING_DOWN');
  });

  it('metrics are there with the callback, and refuse a missing and a wrong key by name', () => {
    expect(goodOf(decoded(metrics, of('1.106.2', 'metrics_slash_on'))).bytes).toBeGreaterThan(1000);
    const refusedKey = of('1.106.2', 'metrics_slash_on_wrongkey');
    expect(failureOf(decoded(metrics, refusedKey)).code).toBe('KEY_REJECTED');
    const noKey = of('1.106.2', 'metrics_slash_on_nokey');
    expect(failureOf(decoded(metrics, noKey, { keySent: false })).code).toBe('KEY_MISSING');
    expect(failureOf(decoded(metrics, of('1.106.2', 'metrics_on'))).code).toBe('REDIRECT');
  });

  it('with the prisma package the same key states are told in 401s', () => {
    const keyState = (name: string, keySent: boolean) =>
      failureOf(decoded(models, part('auth_with_prisma_package', name), { keySent })).code;
    expect(keyState('models_nokey', false)).toBe('KEY_MISSING');
    expect(keyState('models_wrongkey', true)).toBe('KEY_REJECTED');
    expect(keyState('models_malformed', true)).toBe('KEY_REJECTED');
  });

  it('a key in a header that the gateway does not read is KEY_REJECTED and names --key-header', () => {
    const exchanges = part('rate_limit_and_key_header', 'litellm_key_header_name: X-My-Key') as unknown as Record<
      string,
      Recording
    >;
    const refusals = Object.values(exchanges).filter((one) => one.status === 401);
    expect(refusals.length).toBeGreaterThan(0);
    for (const one of refusals) {
      const failure = failureOf(decoded(models, one));
      expect(failure.code).toBe('KEY_REJECTED');
      expect(failure.next).toContain('--key-header');
    }
  });

  it('a cooldown names itself and the seconds to wait', () => {
    const failure = failureOf(decoded(chat('two-or402', 'n'), of('1.106.2', 'cooldown_two-or402_4')));
    expect(failure).toMatchObject({ code: 'HTTP_STATUS', status: 429, type: 'all_deployments_in_cooldown' });
    expect(failure.retryAfterS).toBeGreaterThan(0);
  });

  it('a model name that nobody has is HTTP_STATUS 400 with its own words', () => {
    const failure = failureOf(decoded(chat('nope', 'n'), of('1.106.2', 'chat_no-such-model')));
    expect(failure).toMatchObject({ code: 'HTTP_STATUS', status: 400 });
    expect(failure.detail).toContain('Invalid model name');
  });
});

describe('no recorded answer', () => {
  it('leaks the key into anything that we return', () => {
    const endpoints = [liveliness, readiness, readinessDetails, hub, models, latest, backlog, metrics, health];
    for (const release of RELEASES) {
      for (const name of ['models_wrongkey', 'models_nokey', 'health', 'chat_ok-chat', 'chat_o-oa401', 'not_found']) {
        for (const endpoint of endpoints) {
          const shown = JSON.stringify(decoded(endpoint as typeof health, of(release, name)));
          expect(shown).not.toContain(KEY);
        }
      }
    }
  });
});

describe.each(['1.60.8', '1.74.9', '1.83.14', '1.106.2'])('deployments and checks of %s', (release) => {
  it('meet: each of 14 deployments has its check, the wildcard too', async () => {
    const { askModelInfo } = await import('../../src/gateway/model-info.ts');
    const answer = await askModelInfo(async (endpoint) => {
      const name = endpoint.path.includes('litellm_model_id=dep-wild') ? 'model_info_wild_one' : 'model_info_prices';
      return { ...decoded(endpoint, of(release, name)), at: 0, latencyMs: 1, status: 200 } as never;
    });
    const { deployments } = goodOf(answer);
    expect(deployments.length).toBe(14);
    const { rows, unmatched } = matchHealth(deployments, goodOf(decoded(health, of(release, 'health_prices'))).entries);
    expect(unmatched).toEqual([]);
    expect(rows.filter((row) => row.entry === null)).toEqual([]);
    const state = Object.fromEntries(rows.map((row) => [row.info.name, row.entry?.healthy]));
    expect(state).toMatchObject({ good: true, rate: false, boom: false, badkey: false, poor: false, emb: true });
    const wild = rows.find((row) => row.info.wildcard)?.info;
    expect(wild).toMatchObject({ name: 'wild/*', model: 'openai/*', provider: 'openai', id: 'dep-wild' });
  });

  it('tell prices, and what is not known is null', async () => {
    const { askModelInfo } = await import('../../src/gateway/model-info.ts');
    const answer = await askModelInfo(async (endpoint) => {
      const name = endpoint.path.includes('?') ? 'model_info_wild_one' : 'model_info_prices';
      return { ...decoded(endpoint, of(release, name)), at: 0, latencyMs: 1, status: 200 } as never;
    });
    const price = (name: string) => {
      const one = goodOf(answer).deployments.find((info) => info.name === name);
      return [one?.inputCostPerToken, one?.outputCostPerToken];
    };
    expect(price('good')).toEqual([1.5e-7, 6e-7]);
    expect(price('priced')).toEqual([1e-6, 2e-6]);
    expect(price('unknown')).toEqual([null, null]);
    expect(price('wild/*')).toEqual([null, null]);
    // Set by the operator in litellm_params: nothing, and known to be nothing.
    expect(price('explicit0')).toEqual([0, 0]);
    expect(price('llama')).toEqual([0, 0]);
  });
});
