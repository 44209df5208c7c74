import type { SafeText } from '../text/safe-text.ts';
import { providerOf } from './identity.ts';
import type { DeploymentInfo, HealthEntry } from './types.ts';

export interface JoinedDeployment {
  info: DeploymentInfo;
  /** null: the check did not cover it, or an old release does not say which of several twins it means. */
  entry: HealthEntry | null;
}

export interface Join {
  rows: JoinedDeployment[];
  /** Entries that belong to no known deployment. */
  unmatched: HealthEntry[];
}

/**
 * Which entry of `/health` speaks of which deployment of `/v1/model/info`. By id from 1.83 on; before, entries have
 * none and the pair (provider string, api_base) decides, which is not unique: twins that agree share their state, twins
 * that differ inside one public name are dealt out (its counts stay right), and twins that differ across names stay
 * unknown, because any other answer would be a guess. Pure. Without deployments the entries themselves are the rows.
 */
export function joinHealth(
  deployments: readonly DeploymentInfo[],
  entries: readonly HealthEntry[],
): JoinedDeployment[] {
  return matchHealth(deployments, entries).rows;
}

/** `joinHealth`, with the entries that found no deployment. */
export function matchHealth(deployments: readonly DeploymentInfo[], entries: readonly HealthEntry[]): Join {
  if (deployments.length === 0) return { rows: deploymentsOf(entries), unmatched: [] };
  const found = new Map<DeploymentInfo, HealthEntry>();
  const open = new Set(entries);
  const take = (info: DeploymentInfo, entry: HealthEntry) => {
    found.set(info, entry);
    open.delete(entry);
  };
  byId(deployments, entries, take);
  const waiting = () => deployments.filter((info) => !found.has(info));
  const anonymous = () => [...open].filter((entry) => entry.id === null);
  deal(
    waiting().filter((info) => !info.wildcard),
    anonymous(),
    sameBackend,
    take,
  );
  // A wildcard is checked with a model that LiteLLM picks from its price list, so only its api_base tells.
  deal(
    waiting().filter((info) => info.wildcard),
    anonymous(),
    sameHost,
    take,
  );
  return { rows: deployments.map((info) => ({ info, entry: found.get(info) ?? null })), unmatched: [...open] };
}

type Take = (info: DeploymentInfo, entry: HealthEntry) => void;

function byId(deployments: readonly DeploymentInfo[], entries: readonly HealthEntry[], take: Take): void {
  const byIdOf = new Map<string, DeploymentInfo>();
  for (const info of deployments) if (!byIdOf.has(info.id)) byIdOf.set(info.id, info);
  for (const entry of entries) {
    const info = entry.id === null ? undefined : byIdOf.get(entry.id);
    if (info === undefined) continue;
    byIdOf.delete(info.id);
    take(info, entry);
  }
}

type Part = { model: string | null; host: string | null; backend?: string | null };
const sameHost = (part: Part) => part.backend ?? part.host ?? '';
const sameBackend = (part: Part) => `${part.model ?? ''} ${sameHost(part)}`;

/** Deals the entries of each backend to its deployments, as long as that is no guess. */
function deal(
  waiting: readonly DeploymentInfo[],
  entries: readonly HealthEntry[],
  keyOf: (part: DeploymentInfo | HealthEntry) => string,
  take: Take,
): void {
  const offered = Map.groupBy(entries, keyOf);
  for (const [key, twins] of Map.groupBy(waiting, keyOf)) {
    const candidates = offered.get(key) ?? [];
    const oneName = new Set(twins.map((info) => info.name)).size === 1;
    const agreed = new Set(candidates.map((entry) => entry.healthy)).size === 1;
    // Fewer entries than twins: some were not checked, and which is only clear when it does not matter.
    if (!agreed && !(oneName && candidates.length === twins.length)) continue;
    if (candidates.length < twins.length && !oneName) continue;
    twins.forEach((info, index) => {
      const entry = candidates[index];
      if (entry !== undefined) take(info, entry);
    });
  }
}

/** What `/health` alone tells of the deployments, where `/v1/model/info` is not to be had: no public names, no prices. */
function deploymentsOf(entries: readonly HealthEntry[]): JoinedDeployment[] {
  const counts = new Map<string, number>();
  return entries.map((entry) => {
    const model = entry.model ?? ('unnamed model' as SafeText);
    const base = entry.id ?? `${entry.model ?? ''} ${entry.host ?? ''}`;
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    const info: DeploymentInfo = {
      id: (count === 1 ? base : `${base} #${count}`) as SafeText,
      name: model,
      model,
      provider: providerOf(model) as SafeText | null,
      host: entry.host,
      mode: null,
      wildcard: model.includes('*'),
      inputCostPerToken: null,
      outputCostPerToken: null,
      costPerRequest: null,
    };
    return { info, entry };
  });
}
