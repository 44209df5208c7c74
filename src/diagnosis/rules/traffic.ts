import type { Rule } from './rule.ts';

export const ROUTING_RULES: readonly Rule[] = [
  {
    class: 'MODEL_NOT_FOUND',
    near: ['youPassedModel', 'noDeployments'],
    within: 99,
    without: ['cooldown'],
    confidence: 'high',
  },
  { class: 'NO_DEPLOYMENTS', near: ['@typeNoDeployments'], confidence: 'high' },
  { class: 'NO_DEPLOYMENTS', near: ['noDeploymentsSure'], confidence: 'high' },
  { class: 'NO_DEPLOYMENTS', near: ['noDeployments', 'model|fail|lack'], within: 14, without: ['@said'] },
  {
    class: 'NO_DEPLOYMENTS',
    near: ['deploymentWord', 'allOrNone', 'outOfPlay'],
    within: 7,
    without: ['@said', '@health', 'dbSure', '@host', '@reverseProxy'],
  },
];

export const MODEL_RULES: readonly Rule[] = [
  { class: 'CONNECTION', near: ['proxyRefused'], without: ['@probe', '@gatewayTarget'] },
  { class: 'AUTH_PROVIDER', near: ['leaked', 'apiKey|keyWord'], within: 10 },
  // a code may still say model_not_found
  { class: 'PERMISSION', near: ['modelRefused'], without: ['orAccess', 'whoFails', 'gatewayKey', '@keyCheck'] },
  {
    class: 'PERMISSION',
    near: ['modelAccess', 'notThere|denied|lack'],
    within: 5,
    without: ['orAccess', 'whoFails', 'gatewayKey', '@keyCheck', 'moneyGone'],
  },
  { class: 'MODEL_NOT_FOUND', near: ['modelSure'], without: ['whoFails'] },
  {
    class: 'AUTH_PROVIDER',
    near: ['apiKey', 'credBad'],
    within: 6,
    with: ['@provider'],
    without: ['permissionStrong', 'badSchema', 'orAccess'],
  },
  {
    class: 'PERMISSION',
    near: ['permissionHard'],
    without: ['orAccess', 'whoFails', 'gatewayKey', '@keyCheck', 'modelMissing'],
  },
  {
    class: 'PERMISSION',
    near: ['right', 'rightless'],
    within: 5,
    with: ['@provider'],
    without: ['orAccess', 'gatewayKey', '@keyCheck', 'modelMissing', 'badSchema'],
  },
  { class: 'PERMISSION', near: ['planWhose', 'notThere|denied'], within: 7, without: ['whoFails'] },
  { class: 'MODEL_NOT_FOUND', near: ['modelGone'], notNear: ['parameterWords'] },
  {
    class: 'MODEL_NOT_FOUND',
    near: ['model', 'notThere'],
    within: 9,
    without: ['whoFails'],
    notNear: ['parameterWords', 'apiKey', 'denied'],
  },
  {
    class: 'MODEL_NOT_FOUND',
    near: ['model', 'notThere'],
    within: 9,
    with: ['@classNotFound|@status404|orAccess'],
    without: ['whoFails'],
  },
  {
    class: 'MODEL_NOT_FOUND',
    near: ['notFound404'],
    with: ['@provider'],
    without: ['whoFails', 'apiKey', 'badSchema'],
  },
];

/** Time, transport, weather: the last to be asked. */
export const TRAFFIC_RULES: readonly Rule[] = [
  { class: 'PROVIDER_DOWN', near: ['upstreamError'], with: ['@provider'], without: ['originSlow'] },
  // who answers with a body was reached
  { class: 'PROVIDER_DOWN', near: ['busyWord'], with: ['@provider', '@body'], without: ['timeoutSure'] },
  { class: 'CONNECTION', near: ['cannotConnect'], without: ['@probe', '@gatewayTarget', '@classTimeout'] },
  { class: 'TIMEOUT', near: ['timeoutSure'], without: ['@probe', '@gatewayTarget', 'badRequest'] },
  { class: 'TIMEOUT', near: ['@classTimeout'] },
  { class: 'TIMEOUT', near: ['timeout'], without: ['@probe', '@gatewayTarget', 'badRequest', 'down'] },
  { class: 'CONNECTION', near: ['connection'], without: ['@probe', '@gatewayTarget', '@html'] },
  { class: 'CONNECTION', near: ['allAttempts'], without: ['@probe', '@gatewayTarget'] },
  { class: 'TIMEOUT', near: ['timeoutSure'], without: ['@probe', '@gatewayTarget', '@classBadRequest', '@status400'] },
];

export const DOWN_RULES: readonly Rule[] = [
  { class: 'PROVIDER_DOWN', near: ['down|downSoft'], with: ['@provider'] },
  { class: 'PROVIDER_DOWN', near: ['down'], without: ['@gatewayTarget', '@probe', '@internalType', '@internal'] },
];

export const RATE_RULES: readonly Rule[] = [
  {
    class: 'PROVIDER_DOWN',
    near: ['downSure'],
    with: ['@classServer'],
    without: ['@status429', '@classRate', 'connection', 'timeoutSure'],
  },
  { class: 'RATE_LIMIT', near: ['rateHard'], without: ['notCharged', '@internal'] },
  { class: 'RATE_LIMIT', near: ['freeTier', 'exceeded|limit|rate'], within: 12 },
  { class: 'RATE_LIMIT', near: ['rate', 'exceeded'], within: 10, without: ['contextSure'] },
  { class: 'RATE_LIMIT', near: ['rate', 'limit|lack'], within: 10, without: ['contextSure', 'badSchema', '@internal'] },
  { class: 'RATE_LIMIT', near: ['rate'], with: ['@status429|@classRate|waitHelps'] },
  { class: 'RATE_LIMIT', near: ['quota', 'exceeded|lack|limit'], within: 8 },
  { class: 'RATE_LIMIT', near: ['limit', 'exceeded'], within: 6, with: ['waitHelps'], without: ['contextSure'] },
  { class: 'RATE_LIMIT', near: ['@classRate'], without: ['contextSure', 'down'] },
  { class: 'RATE_LIMIT', near: ['atOnce', 'limitWords'], within: 8, without: ['badSchema', '@classBadRequest'] },
  { class: 'RATE_LIMIT', near: ['usage', 'exceeded'], within: 5, with: ['@status429'] },
];
