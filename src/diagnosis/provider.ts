import { PROVIDERS, type ProviderFacts } from './provider-facts.ts';

const BY_ID = new Map<string, ProviderFacts>(PROVIDERS.map((provider) => [squeeze(provider.id), provider]));
const ALIASES: Record<string, string> = {
  vertexai: 'vertex_ai',
  vertex: 'vertex_ai',
  vertexaibeta: 'vertex_ai',
  palm: 'gemini',
  google: 'gemini',
  googleaistudio: 'gemini',
  togetherai: 'together_ai',
  together: 'together_ai',
  fireworks: 'fireworks_ai',
  azureopenai: 'azure',
  azuretext: 'azure',
  amazonbedrock: 'bedrock',
  aws: 'bedrock',
  coherechat: 'cohere',
  anthropictext: 'anthropic',
  claude: 'anthropic',
  ollamachat: 'ollama',
  sagemakerchat: 'sagemaker',
  sagemakernova: 'sagemaker',
  nvidia: 'nvidia_nim',
  nim: 'nvidia_nim',
  zhipu: 'zai',
  zhipuai: 'zai',
  glm: 'zai',
  bigmodel: 'zai',
  kimi: 'moonshot',
  alibaba: 'dashscope',
  qwen: 'dashscope',
  textcompletionopenai: 'openai',
  textcompletioncodestral: 'codestral',
  watsonxtext: 'watsonx',
  grok: 'xai',
  hf: 'huggingface',
  perplexityai: 'perplexity',
  mistralai: 'mistral',
  nlpcloud: 'nlp_cloud',
  jina: 'jina_ai',
  ai21chat: 'ai21',
  ark: 'volcengine',
  doubao: 'volcengine',
  hunyuan: 'tencent',
  qianfan: 'baidu',
  ernie: 'baidu',
  workersai: 'cloudflare',
  friendli: 'friendliai',
  featherless: 'featherless_ai',
  lambda: 'lambda_ai',
  vercel: 'vercel_ai_gateway',
  githubmodels: 'github',
  copilot: 'github_copilot',
  venice: 'veniceai',
  nebiusai: 'nebius',
  novitaai: 'novita',
  stabilityai: 'stability',
  fal: 'fal_ai',
  litellmproxy: 'litellm_proxy',
};
const ENV = new Map<string, ProviderFacts>(
  PROVIDERS.flatMap((provider) => provider.env.map((name) => [name, provider] as const)),
);
const HOSTS = new Map<string, ProviderFacts>(
  PROVIDERS.flatMap((provider) =>
    provider.hosts.filter((host) => host.includes('.')).map((host) => [host, provider] as const),
  ).reverse(),
);
const AMBIGUOUS_ENV = new Set(['AWS_ACCESS_KEY_ID', 'GITHUB_TOKEN']);

function squeeze(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** What is known of a provider by any of its spellings (`Openrouter`, `vertex_ai`, `VertexAI`); null when unknown. */
export function providerNamed(name: string | null | undefined): ProviderFacts | null {
  if (!name) return null;
  const key = squeeze(name);
  const alias = ALIASES[key];
  return BY_ID.get(key) ?? (alias ? (BY_ID.get(squeeze(alias)) ?? null) : null);
}

/** The provider that owns a host, by its end: `eu.api.openai.com` is OpenAI's. */
export function providerOfHost(host: string): ProviderFacts | null {
  const name = host.toLowerCase();
  if (name.startsWith('bedrock')) return BY_ID.get('bedrock') ?? null;
  if (name.startsWith('runtime.sagemaker')) return BY_ID.get('sagemaker') ?? null;
  if (name.includes('aiplatform.googleapis.com')) return BY_ID.get('vertexai') ?? null;
  // the longest end first: `eu.api.openai.com`, `api.openai.com`, `openai.com`
  for (let at = 0; at >= 0; at = name.indexOf('.', at) + 1 || -1) {
    const own = name.slice(at);
    const provider = HOSTS.get(own);
    if (provider) return own === 'amazonaws.com' ? null : provider;
  }
  return null;
}

const MODEL_PREFIX = /(?<![\w-])([a-z][a-z0-9_-]{1,30})\/[\w.:@-]/g;
const BUDGET_FOR = /for provider ([\w-]{2,40})/;
const ENV_NAME = /\b([A-Z][A-Z0-9]{1,20}(?:_[A-Z0-9]{1,20}){1,4})\b/g;
const BARE_HOST =
  /\b(?:host(?:=|name )?|to|from|at|resolve|endpoint)\s?['"`]?((?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,12})\b/gi;

export interface ProviderClues {
  /** `Openrouter` of `OpenrouterException`. */
  token: string | null;
  /** `openrouter/x` of a router line. */
  routed: string | null;
  urls: readonly string[];
  text: string;
  /** What the caller knows. */
  known: string | null;
  knownModel: string | null;
}

/**
 * Whose failure it is, surest clue first: LiteLLM's exception prefix, the caller's knowledge, the provider's host, the name
 * of its variable, the model's prefix. Null where nothing says so: a wrong provider in a fix is worse than none.
 */
export function readProvider(clues: ProviderClues): ProviderFacts | null {
  const token = clues.token === 'openai_sdk' ? null : providerNamed(clues.token);
  const routed = providerOfModel(clues.routed) ?? providerOfModel(clues.knownModel);
  // any OpenAI-compatible server can be behind `OpenAIException`: the caller's knowledge and hosts are surer
  if (token && token.id !== 'openai') return token;
  const budget = BUDGET_FOR.exec(clues.text)?.[1];
  const sdk = clues.token === 'openai_sdk' ? (BY_ID.get('openai') ?? null) : null;
  return (
    providerNamed(clues.known) ??
    routed ??
    byUrl(clues.urls) ??
    providerNamed(budget) ??
    byEnv(clues.text) ??
    token ??
    byHost(clues.text) ??
    sdk ??
    byPrefix(clues.text)
  );
}

/** The provider of a model string such as `openrouter/anthropic/claude`; null when its first part is none. */
export function providerOfModel(model: string | null): ProviderFacts | null {
  if (!model) return null;
  const slash = model.indexOf('/');
  return slash > 0 ? providerNamed(model.slice(0, slash)) : null;
}

function byUrl(urls: readonly string[]): ProviderFacts | null {
  for (const url of urls) {
    const host = /^[a-z]{2,12}:\/\/(?:[^@/]{0,200}@)?([^/:?#]{1,255})/i.exec(url)?.[1];
    const found = host ? providerOfHost(host) : null;
    if (found) return found;
  }
  return null;
}

function byEnv(text: string): ProviderFacts | null {
  if (!text.includes('_')) return null;
  ENV_NAME.lastIndex = 0;
  for (let match = ENV_NAME.exec(text); match; match = ENV_NAME.exec(text)) {
    const found = AMBIGUOUS_ENV.has(match[1] as string) ? null : ENV.get(match[1] as string);
    if (found) return found;
  }
  return null;
}

function byHost(text: string): ProviderFacts | null {
  if (!text.includes('.')) return null;
  BARE_HOST.lastIndex = 0;
  for (let match = BARE_HOST.exec(text); match; match = BARE_HOST.exec(text)) {
    const found = providerOfHost(match[1] as string);
    if (found) return found;
  }
  return null;
}

function byPrefix(text: string): ProviderFacts | null {
  if (!text.includes('/')) return null;
  MODEL_PREFIX.lastIndex = 0;
  for (let match = MODEL_PREFIX.exec(text); match; match = MODEL_PREFIX.exec(text)) {
    if (match.index > 0 && text[match.index - 1] === '/') continue;
    const found = providerNamed(match[1]);
    if (found) return found;
  }
  return null;
}
