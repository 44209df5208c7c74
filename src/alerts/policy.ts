import type { DiagnosisClass } from '../diagnosis/types.ts';

/** When an incident of a class fires and when it clears. Counts are observations, times are ms. */
export interface Policy {
  /** Consecutive bad level observations (probes) that make it fire. */
  levels: number;
  /** Edges (log records) within a window that make it fire. */
  edges: { count: number; withinMs: number };
  /** Consecutive good observations that resolve it. */
  goods: number;
  /** Resolves by itself after this long without a bad one; null: only a good observation does. */
  quietMs: number | null;
}

const MINUTE = 60_000;

const DEFAULT: Policy = { levels: 2, edges: { count: 3, withinMs: 5 * MINUTE }, goods: 1, quietMs: 10 * MINUTE };

/*
 * Money and credentials clear on a success with them, never on silence; a rate clears with time; the gateway needs two
 * good answers, for one may come from a worker that is about to go.
 */
const POLICIES: Record<string, Policy> = {
  SERVER: { levels: 3, edges: { count: 3, withinMs: 5 * MINUTE }, goods: 2, quietMs: null },
  DATABASE: { levels: 1, edges: { count: 2, withinMs: MINUTE }, goods: 2, quietMs: 10 * MINUTE },
  CREDITS: { levels: 1, edges: { count: 2, withinMs: 5 * MINUTE }, goods: 1, quietMs: null },
  AUTH_PROVIDER: { levels: 1, edges: { count: 2, withinMs: 10 * MINUTE }, goods: 1, quietMs: null },
  AUTH_GATEWAY: { levels: 1, edges: { count: 10, withinMs: 5 * MINUTE }, goods: 1, quietMs: 10 * MINUTE },
  PERMISSION: { levels: 1, edges: { count: 2, withinMs: 10 * MINUTE }, goods: 1, quietMs: null },
  MODEL_NOT_FOUND: { levels: 1, edges: { count: 5, withinMs: 10 * MINUTE }, goods: 1, quietMs: 30 * MINUTE },
  RATE_LIMIT: { levels: 2, edges: { count: 5, withinMs: 2 * MINUTE }, goods: 1, quietMs: 5 * MINUTE },
  TIMEOUT: { levels: 2, edges: { count: 3, withinMs: 5 * MINUTE }, goods: 2, quietMs: 10 * MINUTE },
  CONNECTION: { levels: 2, edges: { count: 2, withinMs: MINUTE }, goods: 2, quietMs: 10 * MINUTE },
  PROVIDER_DOWN: { levels: 3, edges: { count: 3, withinMs: 5 * MINUTE }, goods: 2, quietMs: 10 * MINUTE },
  NO_DEPLOYMENTS: { levels: 2, edges: { count: 2, withinMs: MINUTE }, goods: 1, quietMs: 5 * MINUTE },
  BUDGET: { levels: 1, edges: { count: 1, withinMs: MINUTE }, goods: 1, quietMs: 60 * MINUTE },
  CACHE: { levels: 3, edges: { count: 3, withinMs: 5 * MINUTE }, goods: 2, quietMs: 10 * MINUTE },
  CALLBACK: { levels: 3, edges: { count: 5, withinMs: 15 * MINUTE }, goods: 1, quietMs: 30 * MINUTE },
  RESOURCE: { levels: 1, edges: { count: 1, withinMs: MINUTE }, goods: 1, quietMs: 10 * MINUTE },
  STARTUP: { levels: 1, edges: { count: 1, withinMs: MINUTE }, goods: 1, quietMs: 10 * MINUTE },
  RESTART: { levels: 1, edges: { count: 1, withinMs: MINUTE }, goods: 1, quietMs: 10 * MINUTE },
  BAD_REQUEST: { levels: 2, edges: { count: 20, withinMs: 10 * MINUTE }, goods: 1, quietMs: 10 * MINUTE },
  CONTEXT_WINDOW: { levels: 2, edges: { count: 10, withinMs: 10 * MINUTE }, goods: 1, quietMs: 10 * MINUTE },
  CONTENT_POLICY: { levels: 2, edges: { count: 10, withinMs: 10 * MINUTE }, goods: 1, quietMs: 10 * MINUTE },
  UNKNOWN: { levels: 3, edges: { count: 10, withinMs: 10 * MINUTE }, goods: 1, quietMs: 10 * MINUTE },
};

/** A class of the user's own fires at its first edge: they asked for it by name. */
const OWN: Policy = { levels: 1, edges: { count: 1, withinMs: MINUTE }, goods: 1, quietMs: 10 * MINUTE };

export function policyOf(name: DiagnosisClass): Policy {
  return POLICIES[name] ?? (/^[A-Z_]+$/.test(name) ? { ...DEFAULT, ...OWN } : OWN);
}
