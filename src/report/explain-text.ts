import type { Diagnosis } from '../diagnosis/types.ts';
import { toJson } from './json.ts';

/** A diagnosis as one JSON object a line; `id` where the question had one. `class` is null where nothing is wrong. */
export function explainJson(diagnosis: Diagnosis | null, id: string | null): string {
  const body = {
    id,
    class: diagnosis?.class ?? null,
    family: diagnosis?.family ?? null,
    severity: diagnosis?.severity ?? null,
    confidence: diagnosis?.confidence ?? null,
    provider: diagnosis?.provider ?? null,
    model: diagnosis?.model ?? null,
    entity: diagnosis?.entity ?? null,
    retryAfterS: diagnosis?.retryAfterS ?? null,
    resetAt: diagnosis?.resetAt ?? null,
    fix: diagnosis?.fix ?? null,
    url: diagnosis?.url ?? null,
    fingerprint: diagnosis?.fingerprint ?? null,
    why: diagnosis?.why ?? null,
  };
  return `${toJson(body)}\n`;
}

/** For a person at 3 a.m.: what it is, what to do where, and which words decided. */
export function explainText(diagnosis: Diagnosis | null, meaning: string | null): string {
  if (diagnosis === null) return 'Nothing is wrong: this text reports no failure.\n';
  const about = [
    diagnosis.provider === null ? null : `provider ${diagnosis.provider}`,
    diagnosis.model === null ? null : `model ${diagnosis.model}`,
    diagnosis.entity === null ? null : `about ${diagnosis.entity}`,
    diagnosis.retryAfterS === null ? null : `retry after ${diagnosis.retryAfterS} s`,
    diagnosis.resetAt === null ? null : `resets at ${diagnosis.resetAt}`,
  ].filter((part) => part !== null);
  const lines = [
    `${diagnosis.class}${meaning === null ? '' : `: ${meaning}`}`,
    `severity ${diagnosis.severity}, confidence ${diagnosis.confidence}, family ${diagnosis.family}`,
    ...(about.length === 0 ? [] : [about.join(', ')]),
    `fix:  ${diagnosis.fix}`,
    ...(diagnosis.url === null ? [] : [`link: ${diagnosis.url}`]),
    `why:  ${diagnosis.why}`,
  ];
  return `${lines.join('\n')}\n`;
}
