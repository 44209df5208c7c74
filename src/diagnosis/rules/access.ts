import type { RuleWord } from '../words/lexicon.ts';
import type { Rule } from './rule.ts';

/** `type` of LiteLLM's own refusals: the surest sign there is. */
export const TYPE_RULES: readonly Rule[] = [
  { class: 'BUDGET', near: ['@typeBudget'], confidence: 'high' },
  { class: 'DATABASE', near: ['@typeDatabase'], confidence: 'high' },
  { class: 'AUTH_GATEWAY', near: ['@typeGatewayKey'], without: ['@said'], confidence: 'high' },
  // LiteLLM's own words for what a key may not do: a route may be called as a table is
  { class: 'AUTH_GATEWAY', near: ['keyRefused'], without: ['@said'], confidence: 'high' },
  { class: 'NO_DEPLOYMENTS', near: ['@typeNoDeployments'], without: ['youPassedModel'], confidence: 'high' },
];

const NOBODY: readonly RuleWord[] = [
  '@said',
  '@class',
  '@hasUrl',
  '@plainText',
  'cloudCredentials',
  'envKey',
  'permissionStrong',
  'badSchema',
];

/** Who are you. */
export const AUTH_RULES: readonly Rule[] = [
  { class: 'AUTH_GATEWAY', near: ['@typeGatewayKey'], without: ['@upstreamProxy', '@provider'], confidence: 'high' },
  { class: 'AUTH_GATEWAY', near: ['gatewayKey'], without: ['@provider', 'cloudCredentials'], confidence: 'high' },
  { class: 'AUTH_GATEWAY', near: ['@gatewayHead'], without: ['@said', 'cloudCredentials'] },
  { class: 'AUTH_GATEWAY', near: ['@keyCheck'], without: ['@provider', 'cloudCredentials'], confidence: 'medium' },
  // an answer that names neither a provider nor a class of LiteLLM is the gateway's own
  { class: 'AUTH_GATEWAY', near: ['whoFails'], with: ['@chat|@probe'], without: NOBODY },
  { class: 'AUTH_GATEWAY', near: ['apiKey', 'notWho'], within: 6, with: ['@chat|@probe'], without: NOBODY },
  { class: 'AUTH_PROVIDER', near: ['cloudCredentials', 'notWho'], within: 12 },
  { class: 'AUTH_PROVIDER', near: ['whoFails'], without: ['permissionStrong', 'badSchema'] },
  {
    class: 'AUTH_PROVIDER',
    near: ['apiKey', 'notWho'],
    within: 8,
    without: ['permissionStrong', 'badSchema', '@internal'],
    notNear: ['denied'],
  },
  {
    class: 'AUTH_PROVIDER',
    near: ['apiKey', 'envKey|notWho'],
    within: 12,
    without: ['permissionStrong', 'denied', 'badSchema', 'badRequest', '@internal'],
  },
  { class: 'AUTH_PROVIDER', near: ['authzFailed'], with: ['@status401|@classAuth'] },
  {
    class: 'AUTH_PROVIDER',
    near: ['keyWord', 'notWho'],
    within: 4,
    with: ['@status401|@classAuth'],
    without: ['permissionStrong'],
  },
];

/** You may not. */
export const PERMISSION_RULES: readonly Rule[] = [
  { class: 'PERMISSION', near: ['denied'], without: ['orAccess', 'badSchema'], notNear: ['parameterWords'] },
  { class: 'PERMISSION', near: ['denied'], with: ['@status403|@classPermission|@status401'] },
];
