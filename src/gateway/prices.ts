import { amount, field } from './json.ts';

export interface Prices {
  inputCostPerToken: number | null;
  outputCostPerToken: number | null;
  costPerRequest: number | null;
}

/** What one health check or probe uses of a model that is not paid by the token. */
const PIXELS_OF_AN_IMAGE = 1024 * 1024;
/** LiteLLM's own audio check sends a clip of a few seconds. */
const SECONDS_OF_AUDIO = 10;

/** Engines that an operator runs himself: their price of 0 is a price and no gap in LiteLLM's price list. */
const SELF_HOSTED = new Set([
  'ollama',
  'ollama_chat',
  'hosted_vllm',
  'vllm',
  'llamafile',
  'lm_studio',
  'xinference',
  'oobabooga',
  'triton',
  'infinity',
  'docker_model_runner',
  'lemonade',
]);

/**
 * Prices of a deployment from a row of `/v1/model/info`, USD. LiteLLM writes 0 and 0 for a model that its price list does
 * not know (measured 1.60.8-1.106.2); such a model has no token limits either, and its price is unknown, not nothing.
 */
export function pricesOf(info: unknown, params: unknown, provider: string | null): Prices {
  const price = (key: string) => amount(field(info, key)) ?? amount(field(params, key));
  const input = price('input_cost_per_token');
  const output = price('output_cost_per_token');
  const costPerRequest = perRequest(price);
  const gap =
    (input ?? 0) === 0 &&
    (output ?? 0) === 0 &&
    price('max_tokens') === null &&
    price('max_input_tokens') === null &&
    !SELF_HOSTED.has(provider ?? '');
  return {
    inputCostPerToken: gap ? null : input,
    outputCostPerToken: gap ? null : output,
    costPerRequest,
  };
}

function perRequest(price: (key: string) => number | null): number | null {
  const parts = [
    price('input_cost_per_request'),
    price('input_cost_per_query'),
    price('input_cost_per_image'),
    price('output_cost_per_image'),
    times(price('input_cost_per_pixel'), PIXELS_OF_AN_IMAGE),
    times(price('output_cost_per_pixel'), PIXELS_OF_AN_IMAGE),
    times(price('input_cost_per_second'), SECONDS_OF_AUDIO),
    times(price('output_cost_per_second'), SECONDS_OF_AUDIO),
  ].filter((part): part is number => part !== null && part > 0);
  return parts.length === 0 ? null : parts.reduce((sum, part) => sum + part, 0);
}

function times(unit: number | null, count: number): number | null {
  return unit === null ? null : unit * count;
}
