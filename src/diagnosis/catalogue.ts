import type { Family, KnownClass, Severity } from './types.ts';

export interface ClassFacts {
  family: Family;
  severity: Severity;
  /** One sentence for an operator. */
  meaning: string;
  /** What ends it. */
  clears: string;
  /** One line: what to do where. `{provider}`, `{model}`, `{entity}`, `{keys}`, `{billing}`, `{env}` and `{wait}` are filled in where known. */
  fix: string;
}

/** The twenty classes and UNKNOWN: what each means, how bad it is, what to do and what ends it. */
export const CATALOGUE: Record<KnownClass, ClassFacts> = {
  CREDITS: {
    family: 'MONEY',
    severity: 'crit',
    meaning:
      'The provider account has no money, prepaid credit, paid quota or valid payment, or hit a spend cap set at the provider.',
    clears: 'a successful call with that provider account',
    fix: 'Top up or raise the cap of the {provider} account{billing}; retries cannot help. Until then route {model} to another provider.',
  },
  BUDGET: {
    family: 'MONEY',
    severity: 'warn',
    meaning:
      "LiteLLM's own budget stopped it: of a key, team, user, organisation, end user, tag, model, deployment or provider.",
    clears: 'the budget is raised or its period ends, and a call passes',
    fix: 'Raise `max_budget` of {entity} or wait for its `budget_duration` to reset (/key/update, /team/update or the admin UI).',
  },
  AUTH_PROVIDER: {
    family: 'ACCESS',
    severity: 'crit',
    meaning:
      'The credential that LiteLLM sends to the provider is missing, wrong, revoked, expired or cannot be loaded.',
    clears: 'a successful call with that credential',
    fix: 'Set a valid {env} for {provider} where LiteLLM runs{keys}, restart it, then press r.',
  },
  AUTH_GATEWAY: {
    family: 'ACCESS',
    severity: 'info',
    meaning:
      "The caller's key was refused by LiteLLM: missing, malformed, unknown, expired, blocked, or not allowed that model or route.",
    clears: 'no refused call for a while, or the same key passes',
    fix: 'Client {entity} uses a bad LiteLLM key: make one with /key/generate, or widen its models and routes.',
  },
  PERMISSION: {
    family: 'ACCESS',
    severity: 'warn',
    meaning:
      'The provider knows the caller but refuses: model not enabled, IAM, region, network rule, organisation, licence or data policy.',
    clears: 'a successful call of that model',
    fix: 'Enable {model} for the {provider} account or region (console, IAM, licence, privacy settings); the key itself is valid.',
  },
  RATE_LIMIT: {
    family: 'TRAFFIC',
    severity: 'warn',
    meaning: "Too many requests or tokens in a time, at the provider or in LiteLLM's own limits; waiting helps.",
    clears: 'a successful call, or the time named in the answer has passed',
    fix: 'Lower the rate to {provider}, add deployments or fallbacks for {model}, or ask for a higher tier{wait}.',
  },
  TIMEOUT: {
    family: 'TRAFFIC',
    severity: 'warn',
    meaning: 'An upstream was reachable but did not answer in the time allowed.',
    clears: 'a successful call of that model',
    fix: 'Check the latency of {provider}; raise `timeout` or `stream_timeout` for {model}, or put it behind a fallback.',
  },
  CONNECTION: {
    family: 'TRAFFIC',
    severity: 'crit',
    meaning: 'Transport from the gateway to the provider failed: DNS, refused, reset, TLS or a proxy.',
    clears: 'a successful call to that host',
    fix: 'On the gateway host test DNS, TLS and port of {entity}; for a local server check that it runs and listens there.',
  },
  PROVIDER_DOWN: {
    family: 'TRAFFIC',
    severity: 'warn',
    meaning: 'The provider answered with 5xx, overloaded, busy or loading.',
    clears: 'a successful call of that model',
    fix: 'Trouble on the side of {provider}: look at its status page and let fallbacks carry the load of {model}.',
  },
  MODEL_NOT_FOUND: {
    family: 'ROUTING',
    severity: 'warn',
    meaning: 'A model or deployment name is wrong, retired or not routed, in LiteLLM or at the provider.',
    clears: 'a successful call of that name, or the name is gone from the configuration',
    fix: 'Correct `model_name` or `litellm_params.model` of {model} (provider prefix, deployment name, region profile), or choose a current model.',
  },
  NO_DEPLOYMENTS: {
    family: 'ROUTING',
    severity: 'crit',
    meaning: 'Every deployment of a model group is in cooldown or filtered out.',
    clears: 'a successful call of that group',
    fix: 'All deployments of {model} are cooling down: mend the underlying error of the same time, or add a fallback.',
  },
  BAD_REQUEST: {
    family: 'REQUEST',
    severity: 'info',
    meaning: 'The request or its parameters are not acceptable for the model; from a health probe often an artefact.',
    clears: 'by itself: it belongs to the request',
    fix: 'Set `drop_params: true`, `model_info.mode` or a health-check token cap for {model}; the model may be fine.',
  },
  CONTEXT_WINDOW: {
    family: 'REQUEST',
    severity: 'info',
    meaning: 'The input, with the output asked for, is longer than the model takes.',
    clears: 'by itself: it belongs to the request',
    fix: 'Set `context_window_fallbacks` for {model}, use a model with a longer context, or trim the input.',
  },
  CONTENT_POLICY: {
    family: 'REQUEST',
    severity: 'info',
    meaning: "A provider's safety filter or a guardrail of LiteLLM blocked the content.",
    clears: 'by itself: it belongs to the request',
    fix: 'Nothing is broken: review the prompt or the guardrail, or set `content_policy_fallbacks` for {model}.',
  },
  DATABASE: {
    family: 'PLATFORM',
    severity: 'crit',
    meaning:
      'Postgres or Prisma: unreachable, connections used up, migration or schema trouble. Valid keys may be refused meanwhile.',
    clears: 'readiness says that the database is connected',
    fix: 'Check DATABASE_URL, that Postgres is up and has free connections, and its migrations; the keys are not the problem.',
  },
  CACHE: {
    family: 'PLATFORM',
    severity: 'warn',
    meaning: 'Redis or another cache is unreachable, refuses, times out, is read-only or full.',
    clears: 'no such error for a while',
    fix: 'Check host, password and memory of Redis {entity}; LiteLLM still serves, but limits and caching may be off.',
  },
  CALLBACK: {
    family: 'PLATFORM',
    severity: 'warn',
    meaning: 'A logging, tracing, metrics or alerting sink failed; requests still succeed.',
    clears: 'no such error for a while',
    fix: "Mend the keys or the host of {entity}, or take it out of the callbacks; callers' traffic is not affected.",
  },
  RESOURCE: {
    family: 'PLATFORM',
    severity: 'crit',
    meaning: 'The host or container ran out: memory (OOM kill), a worker killed or hung, open files, disk, GPU memory.',
    clears: 'no such event for a while',
    fix: 'Memory: raise the limit or run fewer workers; open files: raise LimitNOFILE; disk: free space and rotate logs.',
  },
  STARTUP: {
    family: 'PLATFORM',
    severity: 'crit',
    meaning: 'The gateway cannot start: bad configuration, a missing file or package, a port in use.',
    clears: 'the gateway answers',
    fix: 'Mend what the message names (file, package, port) and restart the gateway.',
  },
  SERVER: {
    family: 'PLATFORM',
    severity: 'crit',
    meaning:
      'The gateway does not answer or crashes: refused, a 502 of the proxy before it, exit, unhandled exception.',
    clears: 'two good probes of the gateway',
    fix: 'Restart the gateway and read the last log lines before it died.',
  },
  UNKNOWN: {
    family: 'REQUEST',
    severity: 'info',
    meaning: 'Clearly an error, but none of the rules knows it.',
    clears: 'by itself',
    fix: 'Read the text; where it comes again, name it with a rule of your own in the config file.',
  },
};

const FAMILY_OF = new Map(Object.entries(CATALOGUE).map(([name, facts]) => [name, facts]));

/** Facts of a known class; null for a class of the user's own. */
export function classFacts(name: string): ClassFacts | null {
  return FAMILY_OF.get(name) ?? null;
}
