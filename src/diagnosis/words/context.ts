/** Facts about where a text stands, which rules can ask for beside its words. */
export const ownConcepts = [
  /** A provider said it: `<Name>Exception`, a provider's host, an entry of `/health`. */
  '@provider',
  /** `Litellm_proxyException`: another LiteLLM is the provider. */
  '@upstreamProxy',
  /** The provider is named by LiteLLM's prefix, a router line or the caller. */
  '@said',
  /** Google's Gemini or Vertex: the same quota sentence is a metered limit there. */
  '@google',
  /** Gemini's "exceeded your current quota, check your plan and billing": metered, not money. */
  '@googleQuota',
  '@health',
  '@chat',
  '@probe',
  '@log',
  '@system',
  /** A line that carries no level and has no form of an error. */
  '@bare',
  /** Written by the kernel, systemd or a container runtime. */
  '@host',
  /** The target of a failed connection is the gateway itself. */
  '@gatewayTarget',
  /** Written by a reverse proxy: what it cannot reach is the gateway. */
  '@reverseProxy',
  /** PostgreSQL or its pooler refused somebody or ended: FATAL or PANIC. */
  '@databaseFatal',
  '@html',
  /** Written by the proxy's key check. */
  '@keyCheck',
  '@hasUrl',
  /** A record of LiteLLM's own bookkeeping: a level, and neither provider, exception class, status nor key check. */
  '@internal',
  /** The line's level is ERROR or worse. */
  '@error',
  /** Begins as LiteLLM's own refusals do: `Authentication Error, ...`. */
  '@gatewayHead',
  /** An answer that is no JSON and names nobody: the gateway's own. */
  '@plainText',
  /** The source file of LiteLLM that wrote the record is a cache's, a sink's; or the text holds a sink's address. */
  '@fileCache',
  '@fileSink',
  '@fileDatabase',
  /** A traceback that ends where a module is read: nothing has started yet. */
  '@atImport',
  /** LiteLLM's `internal_server_error` without a provider: the gateway itself. */
  '@internalType',
  /** A shell says that what it ran was killed. */
  '@shellKilled',
  '@status400',
  '@status401',
  '@status402',
  '@status403',
  '@status404',
  '@status408',
  '@status412',
  '@status413',
  '@status429',
  '@status5xx',
  /** What failed answered with a body of its own. */
  '@body',
  /** LiteLLM printed a class of exception, whichever. */
  '@class',
  /** The failure is that a module or a name could not be imported. */
  '@importError',
  /** The failure is that a file is missing, closed or no file. */
  '@fileError',
  /** Class names that LiteLLM printed: weak evidence, kept apart from the words. */
  '@classAuth',
  '@classPermission',
  '@classNotFound',
  '@classRate',
  '@classTimeout',
  '@classConnection',
  '@classContext',
  '@classPolicy',
  '@classBudget',
  '@classBadRequest',
  '@classServer',
  /** `type` of LiteLLM's own refusals. */
  '@typeBudget',
  '@typeDatabase',
  '@typeGatewayKey',
  '@typeNoDeployments',
] as const;

export type ContextConcept = (typeof ownConcepts)[number];
