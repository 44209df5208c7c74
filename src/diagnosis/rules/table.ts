import { AUTH_RULES, PERMISSION_RULES, TYPE_RULES } from './access.ts';
import { BUDGET_RULES, CREDIT_RULES } from './money.ts';
import { PLATFORM_RULES, SERVER_RULES, TARGET_RULES } from './platform.ts';
import { ARTEFACT_RULES, BLOCKED_RULES, CONTEXT_RULES, POLICY_RULES, REQUEST_RULES, WINDOW_RULES } from './request.ts';
import type { Rule } from './rule.ts';
import { DOWN_RULES, MODEL_RULES, RATE_RULES, ROUTING_RULES, TRAFFIC_RULES } from './traffic.ts';

/** All rules; the first that matches decides. The order is the knowledge: see docs/diagnosis.md. */
export const RULES: readonly Rule[] = [
  ...TYPE_RULES,
  ...PLATFORM_RULES,
  ...BUDGET_RULES,
  ...ROUTING_RULES,
  ...BLOCKED_RULES,
  ...CREDIT_RULES,
  ...POLICY_RULES,
  ...RATE_RULES,
  ...ARTEFACT_RULES,
  ...CONTEXT_RULES,
  ...MODEL_RULES,
  ...AUTH_RULES,
  ...PERMISSION_RULES,
  ...TARGET_RULES,
  ...SERVER_RULES,
  ...TRAFFIC_RULES,
  ...WINDOW_RULES,
  ...REQUEST_RULES,
  ...DOWN_RULES,
];
