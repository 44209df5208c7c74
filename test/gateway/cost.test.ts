import { describe, expect, it } from 'vitest';
import {
  backgroundUsdPerDay,
  quoteChat,
  quoteHealth,
  UNKNOWN_CALL_USD,
  UNKNOWN_MEDIA_CALL_USD,
} from '../../src/gateway/cost.ts';
import { pickChatModel } from '../../src/gateway/pick-chat-model.ts';
import { pricesOf } from '../../src/gateway/prices.ts';
import { entry, info, safe } from './support.ts';

const cheap = { inputCostPerToken: 1e-7, outputCostPerToken: 4e-7 };
const dear = { inputCostPerToken: 1e-5, outputCostPerToken: 4e-5 };
const free = { inputCostPerToken: 0, outputCostPerToken: 0 };

describe('the model that is probed', () => {
  const pick = (...list: Parameters<typeof info>[0][]) => pickChatModel(list.map((part) => info(part)));

  it('is the cheapest one', () => {
    expect(pick({ name: 'a', ...dear }, { name: 'b', ...cheap }, { name: 'c', ...dear })).toBe('b');
  });

  it('is priced by the dearest deployment of its name', () => {
    expect(
      pick({ name: 'a', ...cheap }, { name: 'a', ...dear }, { name: 'b', ...cheap, outputCostPerToken: 1e-6 }),
    ).toBe('b');
  });

  it('has a known price if any has, even a high one', () => {
    expect(pick({ name: 'a' }, { name: 'b', ...dear })).toBe('b');
    expect(pick({ name: 'b' }, { name: 'a' })).toBe('a');
  });

  it.each([
    ['a wildcard', { name: 'openai/*', wildcard: true }],
    ['a :free route', { name: 'a', model: 'openrouter/meta/llama-3:free' }],
    ['a :free name', { name: 'llama:free' }],
    ['an embedding', { name: 'a', mode: 'embedding' }],
    ['an image model', { name: 'a', mode: 'image_generation' }],
    ['a responses model', { name: 'a', mode: 'responses' }],
    ['a speech model', { name: 'a', mode: 'audio_speech' }],
    ['a reranker without a mode', { name: 'rerank-v3', mode: null }],
    ['an embedding without a mode', { name: 'a', model: 'openai/text-embedding-3-small', mode: null }],
    ['a whisper without a mode', { name: 'a', model: 'groq/whisper-large', mode: null }],
    ['a moderation model that calls itself chat', { name: 'omni-moderation-latest' }],
    ['an audio model that calls itself chat', { name: 'gpt-4o-audio-preview' }],
    ['an image model that calls itself chat', { name: 'a', model: 'openai/dall-e-3' }],
  ])('is never %s', (_what, part) => {
    expect(pick({ ...part, ...free })).toBeNull();
    expect(pick({ ...part, ...free }, { name: 'plain', ...dear })).toBe('plain');
  });

  it('is not a name with one deployment of another kind: the router could choose that', () => {
    expect(pick({ name: 'a', ...cheap }, { name: 'a', mode: 'embedding', ...cheap })).toBeNull();
  });

  it('is the wished one, whatever it is', () => {
    expect(pickChatModel([info({ name: 'a', ...cheap })], safe('my/own'))).toBe('my/own');
  });

  it('is none where there is none, and the same whatever the order', () => {
    expect(pick()).toBeNull();
    expect(pick({ name: 'b', ...cheap }, { name: 'a', ...cheap })).toBe(
      pick({ name: 'a', ...cheap }, { name: 'b', ...cheap }),
    );
  });
});

describe('what a question will cost', () => {
  it('a round of health checks is one call a deployment', () => {
    const quote = quoteHealth([info({ id: 'a', ...cheap }), info({ id: 'b', ...cheap }), info({ id: 'c', ...free })]);
    expect(quote).toMatchObject({ calls: 3, unpriced: 0, repeated: 0 });
    expect(quote.usd).toBeCloseTo(2 * (20 * 1e-7 + 64 * 4e-7), 12);
  });

  it('an unknown price counts as a fixed high one, a picture as a higher one, a wildcard as unknown', () => {
    expect(quoteHealth([info({})])).toMatchObject({ usd: UNKNOWN_CALL_USD, unpriced: 1 });
    expect(quoteHealth([info({ mode: 'image_generation' })])).toMatchObject({
      usd: UNKNOWN_MEDIA_CALL_USD,
      unpriced: 1,
    });
    expect(quoteHealth([info({ wildcard: true, ...cheap })])).toMatchObject({ usd: UNKNOWN_CALL_USD, unpriced: 1 });
    expect(quoteHealth([info({ mode: 'image_generation', costPerRequest: 0.04 })]).usd).toBeCloseTo(0.04);
  });

  it('a deployment that fails with 429 or 5xx is asked three times by LiteLLM, and counted apart', () => {
    const both = [info({ id: 'a', ...dear }), info({ id: 'b', ...dear })];
    const last = new Map([
      ['a', entry({ healthy: false, status: 429 })],
      ['b', entry({ healthy: false, status: 401 })],
    ]);
    const calm = quoteHealth(both);
    const again = quoteHealth(both, last);
    expect(again).toMatchObject({ calls: 2, repeated: 1 });
    expect(again.usd).toBeCloseTo(calm.usd * 2, 12);
  });

  it('a chat probe is one call at the price of the dearest deployment of the name', () => {
    const list = [info({ name: 'a', ...cheap }), info({ name: 'a', ...dear }), info({ name: 'b', ...free })];
    expect(quoteChat(list, 'a')).toMatchObject({ calls: 1, unpriced: 0 });
    expect(quoteChat(list, 'a').usd).toBeCloseTo(20 * 1e-5 + 16 * 4e-5, 12);
    expect(quoteChat(list, 'b').usd).toBe(0);
    expect(quoteChat(list, 'nobody')).toMatchObject({ usd: UNKNOWN_CALL_USD, unpriced: 1 });
  });

  it("LiteLLM's own background checks have a price a day", () => {
    const list = [info({ ...cheap })];
    expect(backgroundUsdPerDay(list, 300)).toBeCloseTo(quoteHealth(list).usd * 288, 10);
    expect(backgroundUsdPerDay(list, 0)).toBe(0);
  });
});

describe('prices of a deployment', () => {
  it.each([
    ['null is unknown', {}, {}, [null, null, null]],
    ['0 without limits is unknown', { input_cost_per_token: 0, output_cost_per_token: 0 }, {}, [null, null, null]],
    [
      '0 with limits is nothing',
      { input_cost_per_token: 0, output_cost_per_token: 0, max_tokens: 8192 },
      {},
      [0, 0, null],
    ],
    ['0 set by the operator is nothing', {}, { input_cost_per_token: 0, output_cost_per_token: 0 }, [0, 0, null]],
    [
      '0 beside a list of overrides is nothing',
      { input_cost_per_token: 0, output_cost_per_token: 0, pricing_overrides: [] },
      {},
      [0, 0, null],
    ],
    [
      'a price in text is read',
      { input_cost_per_token: '1.5e-07', output_cost_per_token: 6e-7 },
      {},
      [1.5e-7, 6e-7, null],
    ],
    [
      "the operator's price beats the list",
      { input_cost_per_token: 1 },
      { input_cost_per_token: 2e-6 },
      [2e-6, null, null],
    ],
    ['an image has a price a piece', { input_cost_per_image: 0.04 }, {}, [null, null, 0.04]],
    ['pixels add up to an image', { input_cost_per_pixel: 1e-8 }, {}, [null, null, 1e-8 * 1024 * 1024]],
    ['a second of audio is counted as ten', { input_cost_per_second: 0.0001 }, {}, [null, null, 0.001]],
    ['a query has a price a piece', { input_cost_per_query: 0.002 }, {}, [null, null, 0.002]],
    ['nonsense is unknown', { input_cost_per_token: 'free', output_cost_per_token: -1 }, {}, [null, null, null]],
  ])('%s', (_what, row, params, expected) => {
    const found = pricesOf(row, params, 'openai');
    const got = [found.inputCostPerToken, found.outputCostPerToken, found.costPerRequest];
    got.forEach((one, index) => {
      const wanted = (expected as (number | null)[])[index] ?? null;
      if (wanted === null || one === null) expect(one).toBe(wanted);
      else expect(one).toBeCloseTo(wanted, 12);
    });
  });

  it('an engine that one runs oneself costs nothing by the token', () => {
    expect(pricesOf({}, {}, 'hosted_vllm')).toMatchObject({ inputCostPerToken: 0, outputCostPerToken: 0 });
  });
});
