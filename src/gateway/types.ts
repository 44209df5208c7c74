import type { SafeText } from '../text/safe-text.ts';

/**
 * How a request failed, by phase. `HTTP_STATUS` is an answer of LiteLLM itself with an unexpected status;
 * `BAD_GATEWAY` is a 502, 503 or 504 of something in front of it; `NOT_LITELLM` an answer that LiteLLM never gives.
 */
export type FailureCode =
  | 'DNS'
  | 'REFUSED'
  | 'CONNECT_TIMEOUT'
  | 'TLS'
  | 'RESET'
  | 'FIRST_BYTE_TIMEOUT'
  | 'BODY_TIMEOUT'
  | 'DEADLINE'
  | 'BODY_TOO_LARGE'
  | 'PROTOCOL'
  | 'REDIRECT'
  | 'NOT_LITELLM'
  | 'BAD_GATEWAY'
  | 'OVERLOADED'
  | 'SHUTTING_DOWN'
  | 'DATABASE_DOWN'
  | 'KEY_REJECTED'
  | 'KEY_MISSING'
  | 'HTTP_STATUS'
  | 'BAD_BODY'
  | 'ABORTED';

export interface GatewayFailure {
  code: FailureCode;
  /** One sentence for a person: what happened. */
  text: SafeText;
  /** What the gateway said, scrubbed, without stack trace: what a diagnosis reads; null where it said nothing. */
  detail: SafeText | null;
  /** One sentence: what to do. */
  next: SafeText;
  status: number | null;
  retryAfterS: number | null;
  /** LiteLLM's own class of the error, e.g. `budget_exceeded`, `all_deployments_in_cooldown`. */
  type?: SafeText | null;
  /** `x-litellm-call-id`: joins a failed probe with its record in the gateway's log. */
  callId?: SafeText | null;
}

interface AnswerBase {
  /** Wall clock when the answer was complete, ms. */
  at: number;
  latencyMs: number;
  status: number | null;
}

/** `absent`: this release or installation does not have the endpoint; a calm state, never an alert. */
export type Answer<T> =
  | (AnswerBase & { kind: 'answered'; value: T })
  | (AnswerBase & { kind: 'absent'; why: SafeText })
  | (AnswerBase & { kind: 'failed'; failure: GatewayFailure });

export type DatabaseState = 'CONNECTED' | 'DISCONNECTED' | 'NONE' | 'UNKNOWN';

export interface Readiness {
  database: DatabaseState;
  /** null: the answer does not say; 'none': it says that there is none. */
  cache: SafeText | null;
  version: SafeText | null;
  detailedDebug: boolean | null;
}

export interface DeploymentInfo {
  /** `model_info.id`, or one made of name, model and api_base where the release gives none. */
  id: SafeText;
  /** Public model name. */
  name: SafeText;
  /** Provider string, e.g. `openrouter/anthropic/claude-sonnet-4.5`. */
  model: SafeText;
  provider: SafeText | null;
  /** Host of the api_base; no userinfo, path or query. */
  host: SafeText | null;
  /** Mark of the whole `api_base`, to join with where there is no id. */
  backend?: string | null;
  /** `chat`, `embedding`, `image_generation`, ...; null where the gateway does not say. */
  mode: SafeText | null;
  wildcard: boolean;
  /** USD a token; null = unknown. */
  inputCostPerToken: number | null;
  outputCostPerToken: number | null;
  /** USD a probe where the price is per request, image or second; null otherwise. */
  costPerRequest: number | null;
}

/** One entry of `/health`. */
export interface HealthEntry {
  healthy: boolean;
  id: SafeText | null;
  model: SafeText | null;
  host: SafeText | null;
  /** Mark of the whole `api_base`, to join with where there is no id. */
  backend?: string | null;
  status: number | null;
  /** The head of the error without stack trace, raw enough for a diagnosis yet scrubbed; null on healthy entries. */
  error: SafeText | null;
}

export interface HealthReport {
  entries: HealthEntry[];
  healthy: number;
  unhealthy: number;
  /** `{}`: background checks whose first cycle has not ended. */
  pending: boolean;
  /** Hash of the raw body: two equal ones in a row, both fast, mean LiteLLM's background cache. */
  bodyHash: string;
}

export interface ChatReply {
  /** Public name that answered, from the header; null where the release does not say. */
  modelGroup: SafeText | null;
  deploymentId: SafeText | null;
  attemptedFallbacks: number | null;
  attemptedRetries: number | null;
  costUsd: number | null;
  callId: SafeText | null;
  finishReason: SafeText | null;
  version: SafeText | null;
}

export interface GatewayClient {
  liveliness(signal: AbortSignal): Promise<Answer<{ alive: true }>>;
  readiness(signal: AbortSignal): Promise<Answer<Readiness>>;
  readinessDetails(signal: AbortSignal): Promise<Answer<Readiness>>;
  /** `/public/model_hub/info`: the version, without a key. */
  hub(signal: AbortSignal): Promise<Answer<{ version: SafeText | null }>>;
  models(signal: AbortSignal): Promise<Answer<{ names: SafeText[] }>>;
  modelInfo(signal: AbortSignal): Promise<Answer<{ deployments: DeploymentInfo[] }>>;
  /** Paid: one provider call or more per deployment, unless the gateway checks in the background. */
  health(signal: AbortSignal): Promise<Answer<HealthReport>>;
  /** Paid: one provider call. */
  chat(model: string, signal: AbortSignal): Promise<Answer<ChatReply>>;
  latest(signal: AbortSignal): Promise<Answer<{ rows: number }>>;
  backlog(signal: AbortSignal): Promise<Answer<{ inFlight: number; queued: number | null; rejected: number | null }>>;
  /** `/metrics/`: only whether it is there. */
  metrics(signal: AbortSignal): Promise<Answer<{ bytes: number }>>;
  close(): Promise<void>;
}
