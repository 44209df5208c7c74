/** One deployment of the demo gateway, as an operator would have configured it. */
export interface Deployment {
  id: string;
  /** The public name. */
  name: string;
  /** The provider string. */
  model: string;
  provider: string;
  /** Who pays: deployments of one account fail together. */
  account: string;
  mode: 'chat' | 'embedding';
  apiBase: string | null;
  /** USD a token. */
  inputCost: number;
  outputCost: number;
}

const MILLION = 1_000_000;

function chat(id: string, name: string, model: string, input: number, output: number): Deployment {
  const provider = model.split('/', 1)[0] ?? model;
  return {
    id,
    name,
    model,
    provider,
    account: provider,
    mode: 'chat',
    apiBase: null,
    inputCost: input / MILLION,
    outputCost: output / MILLION,
  };
}

/** Eleven models on twelve deployments and seven accounts: three models share one OpenRouter account. Prices are list prices. */
export const FLEET: readonly Deployment[] = [
  chat('dep-claude-sonnet', 'claude-sonnet', 'openrouter/anthropic/claude-sonnet-4.5', 3, 15),
  chat('dep-deepseek-chat', 'deepseek-chat', 'openrouter/deepseek/deepseek-chat-v3.1', 0.27, 1),
  chat('dep-llama-70b', 'llama-70b', 'openrouter/meta-llama/llama-3.3-70b-instruct', 0.13, 0.4),
  chat('dep-claude-opus', 'claude-opus', 'anthropic/claude-opus-4-1', 15, 75),
  chat('dep-claude-haiku', 'claude-haiku', 'anthropic/claude-haiku-4-5', 1, 5),
  chat('dep-gpt-4o-a', 'gpt-4o', 'openai/gpt-4o', 2.5, 10),
  { ...chat('dep-gpt-4o-b', 'gpt-4o', 'azure/gpt-4o', 2.5, 10), apiBase: 'https://demo.openai.azure.com' },
  chat('dep-gpt-4o-mini', 'gpt-4o-mini', 'openai/gpt-4o-mini', 0.15, 0.6),
  chat('dep-gemini-flash', 'gemini-flash', 'gemini/gemini-2.5-flash', 0.3, 2.5),
  chat('dep-mistral-small', 'mistral-small', 'mistral/mistral-small-latest', 0.1, 0.3),
  chat('dep-command-r', 'command-r', 'cohere/command-r-08-2024', 0.15, 0.6),
  { ...chat('dep-embedding', 'text-embedding', 'openai/text-embedding-3-small', 0.02, 0), mode: 'embedding' },
];

/** The public names, each once, in the order of the config. */
export const MODEL_NAMES: readonly string[] = [...new Set(FLEET.map((one) => one.name))];

/** The config file that stands beside the demo gateway: what LiteLLM would have been given. */
export function configText(): string {
  const models = FLEET.map((one) => {
    const base = one.apiBase === null ? '' : `, api_base: ${one.apiBase}`;
    const params = `{model: ${one.model}, api_key: os.environ/${one.account.toUpperCase()}_API_KEY${base}}`;
    return `  - model_name: ${one.name}\n    litellm_params: ${params}\n    model_info: {id: ${one.id}, mode: ${one.mode}}\n`;
  });
  return `# The config of the watchtower's demo gateway. No provider is called.
model_list:
${models.join('')}general_settings:
  master_key: os.environ/LITELLM_MASTER_KEY
  database_url: os.environ/DATABASE_URL
  background_health_checks: true
  health_check_interval: ${HEALTH_CHECK_INTERVAL_S}
`;
}

/** LiteLLM's default distance between two rounds of background checks, s. The demo makes one more at each turn of its story. */
export const HEALTH_CHECK_INTERVAL_S = 300;
