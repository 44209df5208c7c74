import type { Rule } from './rule.ts';

/** LiteLLM's own budgets. */
export const BUDGET_RULES: readonly Rule[] = [
  { class: 'BUDGET', near: ['@typeBudget'], confidence: 'high' },
  { class: 'BUDGET', near: ['@classBudget'], confidence: 'high' },
  {
    class: 'BUDGET',
    near: ['budgetLite'],
    with: ['exceeded|spent|budgetSure'],
    without: ['budgetThinking', 'softBudget'],
    confidence: 'high',
  },
  { class: 'BUDGET', near: ['budgetSure'], without: ['budgetThinking', 'softBudget', '@said'], confidence: 'high' },
  {
    class: 'BUDGET',
    near: ['budget', 'exceeded|spent'],
    within: 8,
    without: ['budgetThinking', 'softBudget', '@said', 'timeoutSure'],
  },
];

/** The provider's purse. Whatever the status or the class. */
export const CREDIT_RULES: readonly Rule[] = [
  {
    class: 'CREDITS',
    near: ['purse', 'zero'],
    within: 3,
    with: ['@provider'],
    without: ['rateHard', 'notCharged', 'freeTier', '@internal'],
  },
  {
    class: 'CREDITS',
    near: ['freeTier', 'exceeded'],
    within: 12,
    with: ['paidBasis'],
    without: ['rateHard', 'budgetLite'],
  },
  // of a purse there is not enough; of a rate it is exceeded
  {
    class: 'CREDITS',
    near: ['quota', 'notEnough'],
    within: 8,
    with: ['@provider'],
    without: ['@google', '@googleQuota', 'rateHard', 'rate', 'freeTier', 'notCharged', 'budgetLite'],
  },
  { class: 'CREDITS', near: ['keyLimit'], without: ['budgetLite', '@keyCheck'] },
  {
    class: 'CREDITS',
    near: ['subscription', 'subscriptionBad'],
    within: 6,
    without: ['rateHard', 'budgetLite', '@internal'],
    notNear: ['apiKey', 'keyWord'],
  },
  {
    class: 'CREDITS',
    near: ['quota', 'billingWords|moneyAct|planWords'],
    within: 12,
    without: ['@google', 'rateHard', 'freeTier', 'notCharged', 'budgetLite', '@googleQuota'],
  },
  { class: 'CREDITS', near: ['moneyHard'], without: ['freeTier', 'notCharged', 'budgetLite', '@internal'] },
  {
    class: 'CREDITS',
    near: ['moneyGone'],
    without: ['rateHard', 'freeTier', 'notCharged', 'budgetLite', '@googleQuota'],
    confidence: 'medium',
  },
  {
    class: 'CREDITS',
    near: ['moneyGone'],
    without: ['freeTier', 'notCharged', 'budgetLite', 'rate', '@googleQuota'],
    confidence: 'medium',
  },
  {
    class: 'CREDITS',
    near: ['money', 'lack'],
    within: 8,
    without: ['rateHard', 'freeTier', 'notCharged', 'budgetLite', '@googleQuota', '@internal'],
    notNear: ['rate', 'moderation'],
  },
  // where a provider refused with the status of a refusal, the words may stand further apart
  {
    class: 'CREDITS',
    near: ['money', 'lack'],
    within: 14,
    with: ['@provider', '@status401|@status403'],
    without: [
      'rateHard',
      'rate',
      'freeTier',
      'notCharged',
      'budgetLite',
      '@googleQuota',
      '@internal',
      'whoFails',
      'permissionHard',
      'denied',
      'moderation',
    ],
  },
  {
    class: 'CREDITS',
    near: ['spendCap', 'exceeded|lack'],
    within: 8,
    without: ['freeTier', 'rateHard', 'notCharged', 'budgetLite', 'contextSure', '@keyCheck', '@internal'],
  },
  {
    class: 'CREDITS',
    near: ['spendSure', 'exceeded|lack'],
    within: 8,
    with: ['@provider'],
    without: ['freeTier', 'notCharged', 'budgetLite', 'contextSure', '@keyCheck', '@internal'],
  },
  {
    class: 'CREDITS',
    near: ['spendCap', 'exceeded|lack'],
    within: 8,
    with: ['moneyAct|money'],
    without: ['freeTier', 'notCharged', 'budgetLite', '@googleQuota', '@internal'],
  },
  {
    class: 'CREDITS',
    near: ['moneyAct'],
    without: [
      'freeTier',
      'rateHard',
      'notCharged',
      'budgetLite',
      'rate',
      '@classContext',
      '@classPolicy',
      'policySure',
      'iamWords',
      '@googleQuota',
      '@internal',
    ],
  },
  {
    class: 'CREDITS',
    near: ['moneyGone'],
    with: ['moneyAct'],
    without: ['freeTier', 'notCharged', 'budgetLite', '@googleQuota'],
  },
  { class: 'CREDITS', near: ['@status412'], with: ['money|lack'], without: ['budgetLite', '@googleQuota'] },
  {
    class: 'CREDITS',
    near: ['budget', 'exceeded|lack'],
    within: 8,
    with: ['@said'],
    without: ['budgetThinking', 'budgetLite', 'timeoutSure', 'rateHard'],
  },
  // whatever the words: nothing else is answered with 402
  { class: 'CREDITS', near: ['@status402'], without: ['budgetLite', '@googleQuota'], confidence: 'high' },
];
