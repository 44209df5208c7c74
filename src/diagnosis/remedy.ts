import { CATALOGUE, classFacts } from './catalogue.ts';
import { providerOfHost } from './provider.ts';
import type { ProviderFacts } from './provider-facts.ts';
import type { DiagnosisClass, KnownClass, Severity } from './types.ts';

export interface Case {
  class: DiagnosisClass;
  provider: ProviderFacts | null;
  model: string | null;
  entity: string | null;
  retryAfterS: number | null;
  urls: readonly string[];
  probeArtefact: boolean;
  /** It is our own key that was refused. */
  ownKey: boolean;
}

const PAGE_PATH =
  /billing|credit|settings|account|keys|quota|usage|limits|privacy|payment|subscription|top-?up|recharge|console/i;
const MONEY_OR_ACCESS = new Set<DiagnosisClass>(['CREDITS', 'AUTH_PROVIDER', 'PERMISSION', 'RATE_LIMIT']);

/** One line: what to do where. Unknown parts are left out, never guessed. */
export function fixFor(item: Case): string {
  if (item.class === 'AUTH_GATEWAY' && item.ownKey)
    return 'Give the watchtower the master key or an admin viewer key (LITELLM_MASTER_KEY in .env, or WATCHTOWER_KEY).';
  if (item.class === 'BAD_REQUEST' && item.probeArtefact)
    return `The health probe does not fit ${item.model ?? 'this model'}: set \`model_info.mode\` or \`model_info.health_check_max_tokens\`; the model may be fine.`;
  const facts = classFacts(item.class) ?? CATALOGUE.UNKNOWN;
  const name = item.provider?.name ?? 'the provider';
  const page = (url: string | undefined, before: string) => (url ? `${before}${url.replace(/^https:\/\//, '')}` : '');
  return facts.fix
    .replace('{billing}', page(item.provider?.billing?.url, ' at '))
    .replace('{keys}', page(item.provider?.keys?.url, ' (from ').replace(/(.)$/, '$1)'))
    .replace('{env}', item.provider?.env[0] ?? 'API key')
    .replace('{wait}', item.retryAfterS === null ? '' : `; retry after ${Math.ceil(item.retryAfterS)} s`)
    .replaceAll('the {provider} account', item.provider ? `the ${name} account` : "the provider's account")
    .replaceAll('{provider}', name)
    .replaceAll('{model}', item.model ?? 'the model')
    .replaceAll('Redis {entity}', item.entity ? `Redis ${item.entity}` : 'Redis')
    .replaceAll('Client {entity} uses', item.entity ? `Client ${item.entity} uses` : 'A client uses')
    .replaceAll('{entity}', item.entity ?? DEFAULT_ENTITY[item.class as KnownClass] ?? 'it');
}

const DEFAULT_ENTITY: Partial<Record<KnownClass, string>> = {
  BUDGET: 'the key, team or user',
  CONNECTION: "the provider's host",
  CALLBACK: 'the integration',
};

/**
 * The page to open: the one that the provider itself named, when it is https and its host is the provider's; else the one
 * of the data file. With an unknown provider only a page whose path speaks of billing, keys or settings.
 */
export function linkFor(item: Case): string | null {
  if (!MONEY_OR_ACCESS.has(item.class)) return null;
  for (const url of item.urls) {
    const parts = /^https:\/\/([^/:?#\s]{1,255})(\/[^\s?#]{0,300})?/.exec(url);
    if (!parts) continue;
    const owner = providerOfHost(parts[1] as string);
    const fits = PAGE_PATH.test(parts[2] ?? '') && !/\/v\d|\/docs\b/.test(parts[2] ?? '');
    if (fits && (item.provider === null || owner?.id === item.provider.id)) return url;
  }
  if (item.provider === null) return null;
  if (item.class === 'CREDITS') return item.provider.billing?.url ?? null;
  if (item.class === 'AUTH_PROVIDER') return item.provider.keys?.url ?? null;
  return null;
}

/** Severity by class; worse where it is about everybody or about ourselves. */
export function severityFor(item: Case): Severity {
  if (item.class === 'AUTH_GATEWAY' && item.ownKey) return 'crit';
  if (item.class === 'BUDGET' && item.entity !== null && /^provider|^global|^proxy/i.test(item.entity)) return 'crit';
  return classFacts(item.class)?.severity ?? 'info';
}
