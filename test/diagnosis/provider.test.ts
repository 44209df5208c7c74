import { describe, expect, test } from 'vitest';
import { createDiagnose } from '../../src/diagnosis/diagnose.ts';
import { providerNamed, providerOfHost, providerOfModel } from '../../src/diagnosis/provider.ts';
import { PROVIDERS } from '../../src/diagnosis/provider-facts.ts';
import type { DiagnosisInput } from '../../src/diagnosis/types.ts';

const diagnose = createDiagnose();

/** Text of a failure (chat) and whose it is; null where the text does not say. */
const TABLE: readonly (readonly [text: string, provider: string | null, more?: Partial<DiagnosisInput>])[] = [
  // LiteLLM's prefix
  [
    'litellm.APIError: APIError: OpenrouterException - {"error":{"message":"Insufficient credits","code":402}}',
    'openrouter',
  ],
  ['litellm.BadRequestError: DeepseekException - {"error":{"message":"Insufficient Balance"}}', 'deepseek'],
  ['litellm.RateLimitError: AnthropicException - rate limit', 'anthropic'],
  ['litellm.InternalServerError: AnthropicError - Overloaded', 'anthropic'],
  ['litellm.RateLimitError: litellm.RateLimitError: geminiException - quota', 'gemini'],
  ['litellm.RateLimitError: litellm.RateLimitError: GeminiException - quota', 'gemini'],
  ['litellm.BadRequestError: Vertex_aiException BadRequestError - [{"error":{"code":403}}]', 'vertex_ai'],
  ['litellm.NotFoundError: VertexAIException - Publisher Model was not found', 'vertex_ai'],
  ['litellm.InternalServerError: VertexException - internal error', 'vertex_ai'],
  [
    'litellm.AuthenticationError: AzureException AuthenticationError - Access denied due to invalid subscription key',
    'azure',
  ],
  ['litellm.RateLimitError: BedrockException: Rate Limit Error - {"message":"Too many tokens"}', 'bedrock'],
  ['litellm.Timeout: BedrockException: Timeout Error - Connect timeout on endpoint URL', 'bedrock'],
  ['litellm.AuthenticationError: AuthenticationError: GroqException - invalid', 'groq'],
  ['litellm.AuthenticationError: AuthenticationError: MistralException - {"detail":"Unauthorized"}', 'mistral'],
  ['litellm.AuthenticationError: AuthenticationError: Nvidia_nimException - unauthorized', 'nvidia_nim'],
  ['litellm.InternalServerError: InternalServerError: Hosted_vllmException - Connection error.', 'hosted_vllm'],
  ['litellm.APIConnectionError: OllamaException - model not found', 'ollama'],
  ['litellm.APIConnectionError: Ollama_chatException - refused', 'ollama'],
  ['litellm.APIError: APIError: Together_aiException - Error code: 402', 'together_ai'],
  ['litellm.APIError: APIError: Fireworks_aiException - suspended', 'fireworks_ai'],
  ['litellm.APIError: HuggingfaceException - loading', 'huggingface'],
  ['litellm.RateLimitError: RateLimitError: XaiException - credits', 'xai'],
  ['litellm.AuthenticationError: CohereException - invalid api token', 'cohere'],
  ['litellm.RateLimitError: RateLimitError: PerplexityException - slow down', 'perplexity'],
  ['litellm.APIError: APIError: CerebrasException - Payment required', 'cerebras'],
  ['litellm.RateLimitError: RateLimitError: MoonshotException - suspended', 'moonshot'],
  ['litellm.APIError: ZaiException - 余额不足', 'zai'],
  ['litellm.BadRequestError: DashscopeException - Arrearage', 'dashscope'],
  ['litellm.APIError: VolcengineException - overdue', 'volcengine'],
  ['litellm.APIError: ReplicateException - insufficient credit', 'replicate'],
  ['litellm.APIError: DeepinfraException - payment', 'deepinfra'],
  ['litellm.APIError: SambanovaException - model not found', 'sambanova'],
  ['litellm.APIError: WatsonxException - timeout', 'watsonx'],
  ['litellm.APIError: DatabricksException - denied', 'databricks'],
  ['litellm.AuthenticationError: Litellm_proxyException - Authentication Error', 'litellm_proxy'],
  // OpenAI's prefix is worn by every OpenAI-compatible server: what the caller knows and hosts are surer
  ['litellm.AuthenticationError: AuthenticationError: OpenAIException - Incorrect API key provided', 'openai'],
  [
    'litellm.AuthenticationError: OpenAIException - You can find your API key at https://platform.openai.com/account/api-keys',
    'openai',
  ],
  ['litellm.APIError: OpenAIException - balance low, see https://cloud.siliconflow.cn/expensebill', 'siliconflow'],
  ['litellm.APIError: OpenAIException - balance low', 'siliconflow', { provider: 'siliconflow' }],
  ['litellm.APIError: OpenAIException - balance low', 'deepinfra', { model: 'deepinfra/meta-llama/x' }],
  ["openai.RateLimitError: Error code: 429 - {'error': {'message': 'no credits'}}", 'openai'],
  [
    "openai.APIStatusError: Error code: 402 - {'error': {'message': 'Add more at https://openrouter.ai/settings/credits'}}",
    'openrouter',
  ],
  // the router's line
  ['litellm.acompletion(model=openrouter/deepseek/deepseek-r1) Exception Connection error.', 'openrouter'],
  ['litellm.acompletion(model=bedrock/anthropic.claude) Exception litellm.Timeout: timed out', 'bedrock'],
  ['litellm.acompletion(model=my-group) Exception litellm.Timeout: timed out', null],
  // hosts
  ['error: top up at https://console.groq.com/settings/billing', 'groq'],
  ['error: see https://docs.claude.com/en/api/rate-limits', 'anthropic'],
  ['error: limits at https://ai.google.dev/gemini-api/docs/rate-limits', 'gemini'],
  ['error: https://eu-west.openai.azure.com/openai/deployments/x timed out', 'azure'],
  ['error: endpoint URL: "https://bedrock-runtime.eu-central-1.amazonaws.com/model/x"', 'bedrock'],
  ['error: Failed to connect to host api.deepseek.com port 443', 'deepseek'],
  ['error: could not resolve api.x.ai', 'xai'],
  ["error: HTTPSConnectionPool(host='api.mistral.ai', port=443): Max retries exceeded", 'mistral'],
  ['error: https://us-central1-aiplatform.googleapis.com/v1/projects timed out', 'vertex_ai'],
  ['error: https://s3.eu-west-1.amazonaws.com/bucket AccessDenied', null],
  ['error: https://notopenai.com/x failed', null],
  ['error: https://api.openai.com.evil.example/x failed', null],
  // the name of its variable
  ['litellm.AuthenticationError: Missing key. Please set `ANTHROPIC_API_KEY` in your environment', 'anthropic'],
  ['litellm.AuthenticationError: set the GROQ_API_KEY environment variable', 'groq'],
  ['litellm.AuthenticationError: set WATSONX_APIKEY', 'watsonx'],
  // budgets
  ['No deployments available - crossed budget: Exceeded budget for provider openai: 0.363 >= 0.3', 'openai'],
  ['Exceeded budget for provider vertex_ai: 40.1 >= 40.0', 'vertex_ai'],
  // nothing says whose it is
  ['Budget has been exceeded! Current cost: 26.075, Max budget: 25.0', null],
  ['litellm.Timeout: APITimeoutError - Request timed out.', null],
  ['Insufficient credits', null],
  ['model `anthropics-best` not found', null],
  ['Error: connect ECONNREFUSED 127.0.0.1:4000', null],
  ['redis.exceptions.ConnectionError: Error 111 connecting to redis:6379', null],
];

test('the table holds at least 60 texts', () => {
  expect(TABLE.length).toBeGreaterThanOrEqual(60);
});

const ROWS = TABLE.map(([text, provider, more = {}]) => ({ text, provider, more }));

test.each(ROWS)('$text', ({ text, provider, more }) => {
  const found = diagnose({ text, source: 'chat', ...more });
  expect(found).not.toBeNull();
  expect(found?.provider ?? null).toBe(provider);
});

describe('the data file of providers', () => {
  test('each id is there once, and each link is https with a host of its own', () => {
    expect(new Set(PROVIDERS.map(({ id }) => id)).size).toBe(PROVIDERS.length);
    for (const { billing, keys } of PROVIDERS) {
      for (const page of [billing, keys]) {
        if (page === null) continue;
        expect(page.url).toMatch(/^https:\/\/[\w-]+(?:\.[\w-]+)+/);
        expect(page.checked === null || /^\d{4}-\d\d-\d\d$/.test(page.checked)).toBe(true);
      }
    }
  });

  test('no host belongs to two providers', () => {
    const hosts = PROVIDERS.flatMap((provider) => provider.hosts);
    expect(hosts.filter((host, at) => hosts.indexOf(host) !== at && host !== 'models.inference.ai.azure.com')).toEqual(
      [],
    );
  });

  test('an id is found in every spelling that LiteLLM prints', () => {
    for (const { id } of PROVIDERS) {
      expect(providerNamed(id)?.id).toBe(id);
      expect(providerNamed(id.charAt(0).toUpperCase() + id.slice(1))?.id).toBe(id);
    }
  });

  test('a host is its owner only from the end, at a dot', () => {
    expect(providerOfHost('api.openai.com')?.id).toBe('openai');
    expect(providerOfHost('eu.api.openai.com')?.id).toBe('openai');
    expect(providerOfHost('api.openai.com.evil.example')).toBeNull();
    expect(providerOfHost('xapi.openai.com')).toBeNull();
  });

  test('the provider of a model is its first part, where that is one', () => {
    expect(providerOfModel('openrouter/anthropic/claude')?.id).toBe('openrouter');
    expect(providerOfModel('gpt-4o')).toBeNull();
    expect(providerOfModel('my-team/gpt-4o')).toBeNull();
  });
});
