import type { Rule } from './rule.ts';

/** What a filter found in the content may be about money: `credit_card pattern detected`. */
export const BLOCKED_RULES: readonly Rule[] = [
  // a field may be called `rate_limit` or `credit`
  {
    class: 'BAD_REQUEST',
    near: ['unknownField'],
    with: ['@classBadRequest|@status400'],
    without: ['moneyGone', 'moneyHard', 'rateHard', 'contextSure', 'whoFails', '@typeBudget'],
  },
  {
    class: 'CONTENT_POLICY',
    near: ['policySure', 'refuseHard'],
    within: 6,
    without: [
      'moneyGone',
      'moneyHard',
      'moneyAct',
      'spendCap',
      'dataPolicy',
      'connection',
      'timeoutSure',
      'permissionStrong',
      'rateHard',
      '@status402',
      '@internal',
      '@gatewayHead',
      '@keyCheck',
    ],
  },
];

export const POLICY_RULES: readonly Rule[] = [
  { class: 'CONTENT_POLICY', near: ['@classPolicy'], confidence: 'high' },
  {
    class: 'CONTENT_POLICY',
    near: ['policySure'],
    without: [
      'connection',
      'timeoutSure',
      'permissionStrong',
      'badSchema',
      'dataPolicy',
      '@internal',
      '@gatewayHead',
      '@keyCheck',
    ],
  },
  { class: 'CONTENT_POLICY', near: ['policySure', 'refuseHard'], within: 12, without: ['dataPolicy', 'moneyAct'] },
  {
    class: 'CONTENT_POLICY',
    near: ['policySure', 'refuse'],
    within: 12,
    without: ['dataPolicy', 'moneyAct', '@internal'],
  },
  {
    class: 'CONTENT_POLICY',
    near: ['policy', 'refuse'],
    within: 10,
    without: [
      'apiKey',
      'permissionStrong',
      'connection',
      'badSchema',
      'iamWords',
      'dataPolicy',
      'moneyAct',
      '@internal',
    ],
  },
];

export const CONTEXT_RULES: readonly Rule[] = [
  { class: 'CONTEXT_WINDOW', near: ['@classContext'], confidence: 'high' },
  { class: 'CONTEXT_WINDOW', near: ['contextSure'], without: ['probeArtefact'] },
  {
    class: 'CONTEXT_WINDOW',
    near: ['contextWindow', 'tooMuch'],
    within: 12,
    // Too many tokens for now, or for ever: a wait mends only the first.
    without: ['probeArtefact', 'budgetThinking', 'waitHelps'],
  },
  {
    class: 'CONTEXT_WINDOW',
    near: ['promptWord', 'tooLong', 'tokenWord'],
    within: 9,
    without: [
      'probeArtefact',
      'budgetThinking',
      'waitHelps',
      'badSchema',
      'quota',
      'limitWhose',
      'timeoutSure',
      'connection',
    ],
  },
];

/** Tokens and a window, in a request that was refused for itself. */
export const WINDOW_RULES: readonly Rule[] = [
  {
    class: 'CONTEXT_WINDOW',
    near: ['tokenWord', 'windowWord'],
    within: 45,
    with: ['@classBadRequest|@status400|@status413'],
    without: [
      'probeArtefact',
      'rateHard',
      'waitHelps',
      'badSchema',
      'limitWhose',
      'budgetThinking',
      'parameterWords',
      'notThere',
    ],
  },
];

export const ARTEFACT_RULES: readonly Rule[] = [
  // a name may end in `-chat`
  {
    class: 'MODEL_NOT_FOUND',
    near: ['modelUnsupported'],
    with: ['@classNotFound|@status404'],
    without: ['whoFails', 'moneyGone', 'rateHard'],
  },
  {
    class: 'BAD_REQUEST',
    near: ['chatMode', 'notFit'],
    within: 6,
    with: ['model'],
    without: [
      'contextSure',
      'whoFails',
      'moneyGone',
      'rateHard',
      'notFound404',
      'modelGone',
      '@classNotFound',
      '@status404',
    ],
    artefact: true,
  },
  { class: 'BAD_REQUEST', near: ['probeArtefact'], without: ['contextSure', 'whoFails', 'moneyGone'], artefact: true },
];

export const REQUEST_RULES: readonly Rule[] = [
  {
    class: 'BAD_REQUEST',
    near: ['badRequest'],
    without: ['@classServer', '@status5xx', '@classAuth', '@classPermission', '@classRate', '@classNotFound'],
  },
  {
    class: 'BAD_REQUEST',
    near: ['parameterWords', 'notThere|lack'],
    within: 8,
    without: ['@classServer', '@status5xx'],
  },
  { class: 'BAD_REQUEST', near: ['@classBadRequest'], without: ['down', '@status401', '@status403', '@status429'] },
];
