import { type CostEstimate, quoteHealth } from '../gateway/cost.ts';
import type { State } from './state.ts';

/** What the next round of `/health` would cost, by what the last one told; null while the deployments are not known. */
export function quoteOfRound(state: State): CostEstimate | null {
  const deployments = state.modelInfo.good?.value.deployments;
  if (deployments === undefined) return null;
  const last = state.deployments.flatMap(({ info, entry }) => (entry === null ? [] : [[info.id, entry] as const]));
  return quoteHealth(deployments, new Map(last));
}
