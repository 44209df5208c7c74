import type { DeploymentInfo, HealthEntry } from './types.ts';

/*
 * What a paid question will cost, before it is asked, for the wallet. Estimates err upwards.
 */

/** A price before it is paid; `what` begins a sentence. */
export interface CostEstimate {
  what: string;
  /** Provider calls as the wallet counts them: one for each deployment or probe. */
  calls: number;
  usd: number;
  /** Deployments whose price nobody knows: each call to them counts as a fixed high one. */
  unpriced: number;
  /** Deployments that LiteLLM's provider client will ask up to three times, and that are estimated so. */
  repeated: number;
}

/** LiteLLM's prompts and ours are 5 to 15 tokens. */
const INPUT_TOKENS = 20;
/** 16 are asked for from 1.95 on, 5 in 1.83; 1.60 and 1.74 set no limit on a check that says hello. */
const OUTPUT_TOKENS_OF_CHECK = 64;
const OUTPUT_TOKENS_OF_CHAT = 16;

/** A call whose price nobody knows: 20 tokens in and 16 out at 15 and 75 USD a million, the dearest class in common use. */
export const UNKNOWN_CALL_USD = 0.0015;

/** The same for an image, a clip or a video: DALL-E 3, 0.04 USD an image, has no price in 1.106.2 (measured). */
export const UNKNOWN_MEDIA_CALL_USD = 0.05;
const MEDIA_MODES = new Set([
  'image_generation',
  'image_edit',
  'video_generation',
  'audio_speech',
  'audio_transcription',
  'realtime',
]);

/** The OpenAI client inside LiteLLM repeats these twice on the path of `/health` (measured 1.106.2). */
const ATTEMPTS_WHEN_FAILING = 3;

/**
 * One round of `/health`: every deployment once. `entries` by deployment id, from the last round, tell which
 * deployments answer 408, 429 or 5xx and will be asked three times by LiteLLM.
 */
export function quoteHealth(
  deployments: readonly DeploymentInfo[],
  last: ReadonlyMap<string, HealthEntry> = new Map(),
): CostEstimate {
  let usd = 0;
  let repeated = 0;
  for (const info of deployments) {
    const again = isRepeated(last.get(info.id));
    if (again) repeated += 1;
    usd += callUsd(info, OUTPUT_TOKENS_OF_CHECK) * (again ? ATTEMPTS_WHEN_FAILING : 1);
  }
  const unpriced = deployments.filter((info) => !isPriced(info)).length;
  return { what: 'a round of health checks', calls: deployments.length, usd, unpriced, repeated };
}

/** One chat probe of the public name `model`: the dearest of its deployments may be the one that answers. */
export function quoteChat(deployments: readonly DeploymentInfo[], model: string): CostEstimate {
  const own = deployments.filter((info) => info.name === model);
  const usd =
    own.length === 0 ? UNKNOWN_CALL_USD : Math.max(...own.map((info) => callUsd(info, OUTPUT_TOKENS_OF_CHAT)));
  const unpriced = own.length === 0 || own.some((info) => !isPriced(info)) ? 1 : 0;
  return { what: 'a chat probe', calls: 1, usd, unpriced, repeated: 0 };
}

/** What LiteLLM's own background checks cost in a day, USD: one round every `intervalS` seconds. */
export function backgroundUsdPerDay(deployments: readonly DeploymentInfo[], intervalS: number): number {
  return intervalS <= 0 ? 0 : (quoteHealth(deployments).usd * 86_400) / intervalS;
}

/** Whether the gateway tells a price that can be trusted for the call that will be made. */
export function isPriced(info: DeploymentInfo): boolean {
  // A wildcard is checked with a model that LiteLLM picks, so its own price says nothing.
  if (info.wildcard) return false;
  return info.inputCostPerToken !== null || info.outputCostPerToken !== null || info.costPerRequest !== null;
}

/** USD of one call; an unknown price is a fixed high one. */
export function callUsd(info: DeploymentInfo, outputTokens: number): number {
  if (!isPriced(info)) return MEDIA_MODES.has(info.mode ?? '') ? UNKNOWN_MEDIA_CALL_USD : UNKNOWN_CALL_USD;
  const input = (info.inputCostPerToken ?? 0) * INPUT_TOKENS;
  const output = (info.outputCostPerToken ?? 0) * outputTokens;
  return input + output + (info.costPerRequest ?? 0);
}

function isRepeated(entry: HealthEntry | undefined): boolean {
  if (entry === undefined || entry.healthy || entry.status === null) return false;
  return entry.status === 408 || entry.status === 429 || entry.status >= 500;
}
