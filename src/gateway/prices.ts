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

/** Engines that an operator runs himself: no price by the token, whatever LiteLLM's price list says or does not say. */
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
 * Prices of a deployment from a row of `/v1/model/info`, USD; null = unknown. For a model that its price list does not
 * know LiteLLM writes null in 1.106.2 but 0 up to 1.95.1 (measured), so there 0 is a price only where the operator set it
 * in `litellm_params` or where the row has token limits, which come from the same list.
 */
export function pricesOf(info: unknown, params: unknown, provider: string | null): Prices {
  const price = (key: string) => amount(field(params, key)) ?? amount(field(info, key));
  const free = SELF_HOSTED.has(provider ?? '') ? 0 : null;
  const input = price('input_cost_per_token');
  const output = price('output_cost_per_token');
  const gap = (input ?? 0) === 0 && (output ?? 0) === 0 && !isZeroMeant(info, params);
  return {
    inputCostPerToken: (gap ? null : input) ?? free,
    outputCostPerToken: (gap ? null : output) ?? free,
    costPerRequest: perRequest(price),
  };
}

function isZeroMeant(info: unknown, params: unknown): boolean {
  if (amount(field(params, 'input_cost_per_token')) !== null) return true;
  // The list of what the operator overrode: a release that has it writes null for what it does not know.
  if (Array.isArray(field(info, 'pricing_overrides'))) return true;
  return amount(field(info, 'max_tokens')) !== null || amount(field(info, 'max_input_tokens')) !== null;
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
