import type { SafeText, Scrub } from '../text/safe-text.ts';
import type { DeploymentInfo } from './types.ts';

/** A row of `/v1/model/info` as read, with the id as it came. */
export interface Row {
  rawId: string | null;
  info: DeploymentInfo;
}

/**
 * One entry for each deployment. From 1.74 on a wildcard deployment is listed once for every name it could serve, all
 * with its id: 204 rows for `wild/*` in 1.83.14, which still has the wildcard's own row, 211 in 1.106.2, which has not
 * (measured). Such rows become one. Other rows that share an id, or have the same made one, are numbered apart.
 */
export function collapse(
  rows: readonly Row[],
  scrub: Scrub,
): { deployments: DeploymentInfo[]; expanded: { id: string; index: number }[] } {
  const deployments: DeploymentInfo[] = [];
  const expanded: { id: string; index: number }[] = [];
  for (const [id, group] of Map.groupBy(rows, (row) => row.info.id)) {
    const infos = group.map((row) => row.info);
    const own = infos.find((info) => info.wildcard);
    const rawId = group[0]?.rawId ?? null;
    if (infos.length === 1) deployments.push(...infos);
    else if (own !== undefined) deployments.push(own);
    else if (rawId !== null && infos.every(isExpansion)) {
      expanded.push({ id: rawId, index: deployments.length });
      deployments.push(wildcardOf(infos, scrub));
    } else deployments.push(...infos.map((info, index) => numbered(info, id, index, scrub)));
  }
  return { deployments, expanded };
}

/** An expansion carries its public name in the place of its provider string. */
function isExpansion(info: DeploymentInfo): boolean {
  return info.name === info.model;
}

function wildcardOf(infos: readonly DeploymentInfo[], scrub: Scrub): DeploymentInfo {
  const names = infos.map((info) => info.name);
  const shared = sharedPrefix(names);
  const pattern = scrub(`${shared.slice(0, shared.lastIndexOf('/') + 1)}*`, 300);
  const first = infos[0] as DeploymentInfo;
  return {
    ...first,
    name: pattern,
    model: pattern,
    provider: null,
    mode: null,
    wildcard: true,
    inputCostPerToken: null,
    outputCostPerToken: null,
    costPerRequest: null,
  };
}

function sharedPrefix(names: readonly string[]): string {
  let shared = names[0] ?? '';
  for (const name of names) {
    let length = 0;
    while (length < shared.length && name[length] === shared[length]) length += 1;
    shared = shared.slice(0, length);
  }
  return shared;
}

function numbered(info: DeploymentInfo, id: SafeText, index: number, scrub: Scrub): DeploymentInfo {
  return index === 0 ? info : { ...info, id: scrub(`${id} #${index + 1}`, 300) };
}
