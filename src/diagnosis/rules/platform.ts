import type { Rule } from './rule.ts';

/** The gateway, its host and the services beside it. Tested first: their trouble wears other classes' words. */
export const PLATFORM_RULES: readonly Rule[] = [
  {
    class: 'STARTUP',
    near: ['noModule'],
    without: ['@said', '@health', 'sinkSure', 'loggingFailed'],
    confidence: 'high',
  },
  {
    class: 'STARTUP',
    near: ['noModule'],
    with: ['@importError|bootFailed'],
    without: ['@said', '@health', 'loggingFailed'],
    confidence: 'high',
  },
  {
    class: 'STARTUP',
    near: ['refusesStart'],
    without: ['@said', '@health', '@chat', 'connection', 'timeoutSure', 'allAttempts'],
    confidence: 'high',
  },
  {
    class: 'STARTUP',
    near: ['moduleWord', 'noAttribute'],
    within: 12,
    without: ['@said', '@health', '@chat', 'loggingFailed'],
  },
  {
    class: 'STARTUP',
    near: ['k8sObject', 'notThere'],
    within: 6,
    with: ['podWords'],
    without: ['@said'],
    confidence: 'high',
  },
  // host: memory, files, disk, threads
  { class: 'RESOURCE', near: ['oom'], without: ['redis', '@said', 'rateHard'], confidence: 'high' },
  { class: 'RESOURCE', near: ['oom'], with: ['@said'], without: ['redis', 'rateHard'] },
  { class: 'RESOURCE', near: ['cuda', 'oom'], within: 12, without: ['redis'] },
  {
    class: 'RESOURCE',
    near: ['memWord', 'memOver'],
    within: 5,
    with: ['@error'],
    without: ['redis', '@said', '@class', 'dbSure', 'cacheWord', 'contextSure'],
  },
  { class: 'RESOURCE', near: ['files'], confidence: 'high' },
  { class: 'RESOURCE', near: ['disk'], without: ['redis', '@said'], confidence: 'high' },
  { class: 'RESOURCE', near: ['evicted', 'podWords'], within: 6, without: ['@said', 'cacheWord'], confidence: 'high' },
  { class: 'RESOURCE', near: ['threads'], without: ['redis', '@said', 'dbSure'], confidence: 'high' },
  { class: 'RESOURCE', near: ['hungWorker'], confidence: 'high' },
  { class: 'RESOURCE', near: ['@shellKilled'], without: ['@said', '@health', '@chat'], confidence: 'high' },

  { class: 'RESOURCE', near: ['worker', 'diedWord'], within: 4, without: ['@said', 'redis'], confidence: 'high' },

  { class: 'SERVER', near: ['gatewayFull'], without: ['@said', '@health'], confidence: 'high' },

  // redis and other caches
  { class: 'CACHE', near: ['redisSure'], without: ['@said'], confidence: 'high' },
  { class: 'CACHE', near: ['redis'], with: ['fail|down|timeout|@error'], without: ['@said'], confidence: 'high' },
  {
    class: 'CACHE',
    near: ['cacheWord', 'fail|timeout|connection'],
    within: 10,
    without: ['@said', 'promptCache', 'gatewayKey', '@keyCheck', '@gatewayHead', 'sinkSure', 'dbSure'],
  },

  {
    class: 'CACHE',
    near: ['@fileCache'],
    with: ['fail|timeout|denied|@error'],
    without: ['@said'],
    confidence: 'high',
  },

  // sinks: logging, tracing, metrics, alerting
  { class: 'CALLBACK', near: ['loggingFailed'], confidence: 'high' },
  {
    class: 'CALLBACK',
    near: ['sinkSure'],
    with: ['fail|whoFails|down|@error'],
    without: ['@said'],
    confidence: 'high',
  },
  { class: 'CALLBACK', near: ['sinkSure'], with: ['rate|denied|timeout'], without: ['@said'], confidence: 'high' },
  {
    class: 'CALLBACK',
    near: ['sink', 'fail|whoFails|timeout'],
    within: 14,
    without: ['@said', 'dbSure', '@keyCheck', 'startSure', 'configFile'],
  },
  {
    class: 'CALLBACK',
    near: ['sink', 'denied|rate|down'],
    within: 14,
    without: ['@said', 'dbSure', '@keyCheck', 'startSure', 'configFile'],
  },

  {
    class: 'CALLBACK',
    near: ['@fileSink'],
    with: ['fail|timeout|denied|@error'],
    without: ['@said'],
    confidence: 'high',
  },

  // database
  // a setting that is refused may be named after anything
  { class: 'STARTUP', near: ['configInvalid'], without: ['@said', '@health', '@chat'], confidence: 'high' },
  { class: 'DATABASE', near: ['@typeDatabase'], confidence: 'high' },
  {
    class: 'DATABASE',
    near: ['@fileDatabase'],
    with: ['fail|timeout|connection|lack|down'],
    without: ['@said'],
    confidence: 'high',
  },
  { class: 'DATABASE', near: ['@databaseFatal'], confidence: 'high' },
  { class: 'DATABASE', near: ['dbSure'], with: ['fail|lack|down|@error'], without: ['@said'], confidence: 'high' },
  {
    class: 'DATABASE',
    near: ['dbSure'],
    with: ['timeout|connection|exceeded'],
    without: ['@said'],
    confidence: 'high',
  },
  { class: 'DATABASE', near: ['database', 'fail|connection|timeout'], within: 10, without: ['@said', 'notInDb'] },
  { class: 'DATABASE', near: ['database', 'down|notThere|lack'], within: 8, without: ['@said', 'notInDb'] },
  {
    class: 'DATABASE',
    near: ['dbObject', 'notThere|fail'],
    within: 8,
    with: ['@log|@probe|@chat'],
    without: ['@said', 'badRequest'],
  },
  {
    class: 'DATABASE',
    near: ['dbThing', 'notThere'],
    within: 5,
    with: ['@error'],
    without: ['@said', '@class', '@keyCheck', 'redis', 'sinkSure', 'model'],
  },
  {
    class: 'DATABASE',
    near: ['dbBackoff', 'fail'],
    within: 14,
    with: ['@log'],
    without: ['@said', '@class', '@fileError'],
  },
  {
    class: 'DATABASE',
    near: ['allAttempts'],
    with: ['@log|@probe'],
    without: ['@said', '@gatewayTarget', '@classConnection', '@hasUrl'],
  },

  // the key check cannot reach its database: valid keys are refused
  {
    class: 'DATABASE',
    near: ['connection|allAttempts|timeoutSure'],
    with: ['@gatewayHead|@keyCheck'],
    without: ['@said', 'received'],
  },

  // boot
  {
    class: 'STARTUP',
    near: ['startSure'],
    without: ['@said', '@health', '@chat'],
    confidence: 'high',
  },
  {
    class: 'STARTUP',
    near: ['exitWord', 'configFile|config'],
    within: 4,
    without: ['@said', '@health', '@chat', '@class'],
  },
  { class: 'STARTUP', near: ['portWord', 'takenWord'], within: 4, without: ['@said', '@health', '@chat'] },
  {
    class: 'STARTUP',
    near: ['noSuchFile'],
    with: ['@log|@system'],
    without: ['@said', '@class', 'redis', 'sinkSure', '@reverseProxy'],
  },
  { class: 'STARTUP', near: ['@fileError'], without: ['@said', '@health', '@chat', 'redis', 'sinkSure'] },
  { class: 'STARTUP', near: ['@atImport'], without: ['@said', '@health', '@chat'], confidence: 'high' },
  {
    class: 'STARTUP',
    near: ['startGeneric'],
    without: ['@said', '@health', '@chat', '@internal'],
    confidence: 'high',
  },
  {
    class: 'STARTUP',
    near: ['configFile', 'fail|notThere|denied'],
    within: 12,
    without: ['@said', '@health', '@chat', '@class'],
  },
  {
    class: 'STARTUP',
    near: ['config', 'fail|notThere|denied'],
    within: 8,
    without: ['@said', '@health', '@chat', '@internal', '@class', 'noDeployments'],
  },
  {
    class: 'STARTUP',
    near: ['startWords', 'fail|lack'],
    within: 5,
    without: [
      '@said',
      '@health',
      '@chat',
      '@class',
      'timeoutSure',
      'connection',
      'model',
      'apiKey',
      'down',
      'policySure',
      'contextWindow',
      '@gatewayHead',
      '@keyCheck',
      'badRequest',
      '@internal',
    ],
  },
];

/** The gateway is the target: its own words come before those of transport and of the request. */
export const TARGET_RULES: readonly Rule[] = [
  { class: 'SERVER', near: ['@gatewayTarget', 'connection|timeout|fail'], within: 999, confidence: 'medium' },
  { class: 'SERVER', near: ['@gatewayTarget', 'down'], within: 999 },
  { class: 'SERVER', near: ['@reverseProxy', 'connection|timeout|down'], within: 999, confidence: 'high' },
  { class: 'SERVER', near: ['connection|timeout|down'], with: ['@probe'], without: ['@said'] },
  { class: 'SERVER', near: ['down'], with: ['@plainText'], without: ['@said'] },
  { class: 'SERVER', near: ['html5xx'], with: ['@html'], without: ['@said', '@health'] },
];

/** The gateway itself: after everything that names another culprit. */
export const SERVER_RULES: readonly Rule[] = [
  { class: 'SERVER', near: ['serverSure'], without: ['@said'], confidence: 'high' },
  // a fault of the proxy's own program: no provider and no class of LiteLLM is named
  {
    class: 'SERVER',
    near: ['pythonBug'],
    with: ['@status5xx|@log|@probe|@internalType'],
    without: ['@said', '@health', '@class', '@keyCheck', '@gatewayHead', 'sinkSure', 'loggingFailed', 'configFile'],
  },
  { class: 'SERVER', near: ['gatewayUnit', 'exitBad'], within: 12, without: ['@said'] },
];
