import { expect, test } from 'vitest';
import type { Snapshot } from '../../../src/watch/snapshot.ts';
import { deployment } from '../deployments.ts';
import { MASTER_KEY } from '../rig.ts';
import { startTap, type TapOptions, type TappedRequest } from '../tap.ts';
import { look } from '../watchtower.ts';
import { withRig } from './fixtures.ts';

/** Cheapest first by LiteLLM's own price list; what must not be probed is cheaper still, or free. */
const DEPLOYMENTS = [
  deployment('free-route', 'openrouter/qwen/qwen3-coder:free', 'good', {
    params: { input_cost_per_token: 0, output_cost_per_token: 0 },
  }),
  deployment('embed', 'openai/text-embedding-3-small', 'good', { info: { mode: 'embedding' } }),
  deployment('picture', 'openai/dall-e-2', 'good', { info: { mode: 'image_generation' } }),
  deployment('wild/*', 'openai/*', 'good', { id: 'wild' }),
  deployment('dear', 'openai/gpt-4o'),
  deployment('cheap', 'openai/gpt-4o-mini'),
  deployment('unpriced', 'openai/some-model-of-our-own'),
];

/** What the chat probe asks, whom, and how it reads the answer. */
export function chatProbe(version: string): void {
  const bench = withRig({
    version,
    deployments: DEPLOYMENTS,
    config: { router_settings: { fallbacks: [{ cheap: ['dear'] }] } },
  });

  async function probe(options: TapOptions = {}): Promise<{ snapshot: Snapshot; asked: TappedRequest[] }> {
    const { rig, account } = bench();
    const tap = await startTap(rig.url, options);
    rig.upstream.forget();
    try {
      const args = ['--pid', String(rig.pid), '--no-state'];
      const { snapshot } = await look(tap.url, { account, key: MASTER_KEY }, args);
      return { snapshot, asked: tap.requests().filter((one) => one.path === '/v1/chat/completions') };
    } finally {
      await tap.stop();
      for (const { id } of DEPLOYMENTS) rig.upstream.set(id, 'good');
    }
  }

  test('asks the cheapest priced chat model once: 16 tokens, no cache, no fallbacks, no stream', async () => {
    const { snapshot, asked } = await probe();
    expect(asked).toHaveLength(1);
    const body = JSON.parse(asked[0]?.body ?? '{}') as Record<string, unknown>;
    expect(body).toMatchObject({ model: 'cheap', disable_fallbacks: true, cache: { 'no-cache': true } });
    expect([body.max_tokens, body.max_completion_tokens]).toContain(16);
    expect(body.stream).not.toBe(true);
    expect(snapshot.gateway.chat).toMatchObject({ model: 'cheap', state: 'OK', status: 200, failure: null });
    const limits = bench()
      .rig.upstream.calls()
      .filter((one) => one.deployment === 'cheap')
      .map((one) => one.maxTokens);
    expect(limits).toContain(16);
  });

  test('two prompts in a row differ, so that no cache can answer', async () => {
    const prompts = [await probe(), await probe()].map(({ asked }) =>
      JSON.stringify(JSON.parse(asked[0]?.body ?? '{}').messages),
    );
    expect(prompts[0]).not.toBe(prompts[1]);
  });

  test('a reply that was cut by its length is OK', async () => {
    bench().rig.upstream.set('cheap', 'length');
    const { snapshot } = await probe();
    expect(snapshot.gateway.chat).toMatchObject({ state: 'OK', status: 200, failure: null });
  });

  test('a failing model is DOWN although a fallback is configured for it', async () => {
    bench().rig.upstream.set('cheap', '500');
    const { snapshot } = await probe();
    expect(snapshot.gateway.chat).toMatchObject({ model: 'cheap', state: 'DOWN', status: 500 });
  });

  test("a fallback's answer is not taken for the model's own", async () => {
    bench().rig.upstream.set('cheap', '500');
    // A gateway that ignores the wish for no fallbacks.
    const { snapshot, asked } = await probe({ rewrite: (body) => body.replace('"disable_fallbacks":true', '"x":1') });
    expect(asked[0]?.status).toBe(200);
    expect(snapshot.gateway.chat).toMatchObject({ model: 'cheap', state: 'DEGRADED', status: 200 });
    expect(snapshot.gateway.chat.why).toMatch(/fallback/);
  });

  test('--chat-model is asked instead', async () => {
    const { rig, account } = bench();
    const { snapshot } = await look(rig.url, { account, key: MASTER_KEY }, ['--chat-model', 'dear', '--no-state']);
    expect(snapshot.gateway.chat).toMatchObject({ model: 'dear', state: 'OK' });
  });
}
