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
  let made = '';
  for (const part of templateOf(facts.fix)) made += typeof part === 'string' ? part : PLACES[part.place](item, name);
  return made;
}

type Place = keyof typeof PLACES;
const PLACES = {
  '{billing}': ({ provider }: Case) => (provider?.billing ? ` at ${page(provider.billing.url)}` : ''),
  '{keys}': ({ provider }: Case) => (provider?.keys ? ` (from ${page(provider.keys.url)})` : ''),
  '{env}': ({ provider }: Case) => provider?.env[0] ?? 'API key',
  '{wait}': ({ retryAfterS }: Case) => (retryAfterS === null ? '' : `; retry after ${Math.ceil(retryAfterS)} s`),
  'the {provider} account': ({ provider }: Case, name: string) =>
    provider ? `the ${name} account` : "the provider's account",
  '{provider}': (_: Case, name: string) => name,
  '{model}': ({ model }: Case) => model ?? 'the model',
  'Redis {entity}': ({ entity }: Case) => (entity ? `Redis ${entity}` : 'Redis'),
  'Client {entity} uses': ({ entity }: Case) => (entity ? `Client ${entity} uses` : 'A client uses'),
  '{entity}': ({ entity, class: of }: Case) => entity ?? DEFAULT_ENTITY[of as KnownClass] ?? 'it',
} as const;
const PLACE = /(the \{provider\} account|Redis \{entity\}|Client \{entity\} uses|\{[a-z]{2,10}\})/;

const templates = new Map<string, readonly (string | { place: Place })[]>();

/** A sentence of the catalogue cut at its places, once. */
function templateOf(fix: string): readonly (string | { place: Place })[] {
  const known = templates.get(fix);
  if (known) return known;
  const made = fix.split(PLACE).map((part) => (part in PLACES ? { place: part as Place } : part));
  templates.set(fix, made);
  return made;
}

function page(url: string): string {
  return url.replace(/^https:\/\//, '');
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
