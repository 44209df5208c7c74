import type { KnownClass } from './types.ts';
import type { ContextConcept } from './words/context.ts';

/** What LiteLLM's class or the HTTP status suggests when no words decided; null where they say nothing. */
export function weakClass(facts: ReadonlySet<ContextConcept>): { class: KnownClass; why: string } | null {
  const provider = facts.has('@provider');
  for (const [fact, name] of BY_CLASS) if (facts.has(fact)) return { class: name, why: `class ${fact.slice(6)}` };
  if (facts.has('@internalType') && !provider) return { class: 'SERVER', why: 'internal_server_error' };
  for (const [fact, withProvider, without] of BY_STATUS) {
    const name = provider ? withProvider : without;
    if (facts.has(UNPLACED) && fact === '@status5xx') continue;
    if (facts.has(fact) && name !== null) return { class: name, why: `status ${fact.slice(7)}` };
  }
  if (facts.has(UNPLACED))
    return { class: provider && facts.has('@body') ? 'PROVIDER_DOWN' : 'CONNECTION', why: 'class Connection' };
  if (facts.has('@classServer')) return { class: 'PROVIDER_DOWN', why: 'class server error' };
  return null;
}

const BY_CLASS: readonly (readonly [ContextConcept, KnownClass])[] = [
  ['@classAuth', 'AUTH_PROVIDER'],
  ['@classPermission', 'PERMISSION'],
  ['@classRate', 'RATE_LIMIT'],
  ['@classTimeout', 'TIMEOUT'],
  ['@classNotFound', 'MODEL_NOT_FOUND'],
  ['@classBadRequest', 'BAD_REQUEST'],
];
/** LiteLLM gives this class to whatever it cannot place: any status says more. */
const UNPLACED: ContextConcept = '@classConnection';

const BY_STATUS: readonly (readonly [ContextConcept, KnownClass, KnownClass | null])[] = [
  ['@status402', 'CREDITS', 'CREDITS'],
  ['@status401', 'AUTH_PROVIDER', 'AUTH_GATEWAY'],
  ['@status403', 'PERMISSION', 'AUTH_GATEWAY'],
  ['@status429', 'RATE_LIMIT', 'RATE_LIMIT'],
  ['@status404', 'MODEL_NOT_FOUND', 'MODEL_NOT_FOUND'],
  ['@status408', 'TIMEOUT', 'TIMEOUT'],
  ['@status413', 'CONTEXT_WINDOW', 'CONTEXT_WINDOW'],
  ['@status400', 'BAD_REQUEST', 'BAD_REQUEST'],
  ['@status5xx', 'PROVIDER_DOWN', 'SERVER'],
];
