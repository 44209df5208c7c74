import { isErrorLine, withoutZeroes } from './benign.ts';
import type { Opened } from './context.ts';
import type { DiagnosisInput, KnownClass } from './types.ts';
import type { ContextConcept } from './words/context.ts';
import { isHit } from './words/hits.ts';
import { conceptIndex } from './words/lexicon.ts';
import type { Scan } from './words/scan.ts';

/** What LiteLLM's class or the HTTP status suggests when no words decided; null where they say nothing. */
export function weakClass(facts: readonly ContextConcept[]): { class: KnownClass; why: string } | null {
  const provider = facts.includes('@provider');
  for (const [fact, name] of BY_CLASS) if (facts.includes(fact)) return { class: name, why: `class ${fact.slice(6)}` };
  if (facts.includes('@internalType') && !provider) return { class: 'SERVER', why: 'internal_server_error' };
  for (const [fact, withProvider, without] of BY_STATUS) {
    const name = provider ? withProvider : without;
    if (facts.includes(UNPLACED) && fact === '@status5xx') continue;
    if (facts.includes(fact) && name !== null) return { class: name, why: `status ${fact.slice(7)}` };
  }
  if (facts.includes(UNPLACED))
    return { class: provider && facts.includes('@body') ? 'PROVIDER_DOWN' : 'CONNECTION', why: 'class Connection' };
  if (facts.includes('@classServer')) return { class: 'PROVIDER_DOWN', why: 'class server error' };
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

/** Concepts of which every word says that something failed, in each language of the lexicon. */
const FAILURES = [
  'trouble',
  'fail',
  'denied',
  'whoFails',
  'badRequest',
  'down',
  'connection',
  'timeout',
  'modelGone',
  'moneyGone',
  'moneyHard',
  'contextSure',
  'rateHard',
  'serverSure',
  'startSure',
  'oom',
  'exitBad',
  'diedWord',
  'notEnough',
  'noDeployments',
].map(conceptIndex);
/** Letters of scripts that are neither Latin nor, in part, in the lexicon: what they say is not known. */
const FOREIGN_LETTER = /[^\p{Script=Latin}\P{L}]/u;

/** True where an answer that no rule knows says that something failed: without that it is none of our business. */
export function saysFailure(input: DiagnosisInput, opened: Opened, words: Scan, text: string, signs: number): boolean {
  const { message, level } = opened;
  if (input.failed === true || (input.status ?? 0) >= 400 || opened.errorBody) return true;
  if (level === 'ERROR' || level === 'CRITICAL') return true;
  if (message.classes.length > 0 || message.providerToken !== null || message.router === 'failed') return true;
  if (opened.flat.statuses.length > 0 || isErrorLine(withoutZeroes(text, signs))) return true;
  if (FAILURES.some((concept) => isHit(words.hits, concept))) return true;
  return input.source === 'health' && FOREIGN_LETTER.test(text);
}
