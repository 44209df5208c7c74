import type { Scenario } from './scenarios.ts';
import { freePort, type Upstream } from './upstream.ts';

/** One deployment of the proxy under test, and what the fake provider behind it does. */
export interface Deployment {
  /** Public model name; several deployments may share one. */
  name: string;
  /** `model_info.id`, and the first part of the path at the fake provider. */
  id: string;
  /** LiteLLM's provider string. */
  model: string;
  /** `refused`: its port has no listener. */
  scenario: Scenario | 'refused';
  /** More of `litellm_params`. */
  params?: Record<string, unknown>;
  /** More of `model_info`. */
  info?: Record<string, unknown>;
}

/** A deployment in one line; its id is its name unless the caller gives one. */
export function deployment(
  name: string,
  model: string,
  scenario: Deployment['scenario'] = 'good',
  more: Partial<Deployment> = {},
): Deployment {
  return { name, id: name.replace(/\W+/g, '-'), model, scenario, ...more };
}

/** The scenarios that the fake provider must know before the proxy starts. */
export function scenariosOf(deployments: readonly Deployment[]): Record<string, Scenario> {
  return Object.fromEntries(
    deployments.flatMap(({ id, scenario }) => (scenario === 'refused' ? [] : [[id, scenario] as const])),
  );
}

/** The `model_list` of the proxy's config file. Provider keys are obvious fakes. */
export async function modelList(deployments: readonly Deployment[], upstream: Upstream): Promise<unknown[]> {
  const closed = `http://127.0.0.1:${await freePort()}/v1`;
  return deployments.map(({ name, id, model, scenario, params, info }) => ({
    model_name: name,
    litellm_params: {
      model,
      api_base: scenario === 'refused' ? closed : upstream.base(id, !model.startsWith('anthropic/')),
      api_key: 'fake-key-0000',
      ...params,
    },
    model_info: { id, ...info },
  }));
}

/** Everything fine: chat models of three providers, an embedding, a wildcard. */
export const HEALTHY: readonly Deployment[] = [
  deployment('gpt-4o-mini', 'openai/gpt-4o-mini'),
  deployment('claude-sonnet', 'openrouter/anthropic/claude-3.5-sonnet'),
  deployment('haiku', 'anthropic/claude-3-haiku-20240307'),
  deployment('embed', 'openai/text-embedding-3-small', 'good', { info: { mode: 'embedding' } }),
  deployment('wild/*', 'openai/*', 'good', { id: 'wild' }),
];

/**
 * One deployment of each fault that a provider can have, beside a few that work. No Llama model: LiteLLM would fetch its
 * tokenizer from the internet at the first chat, and wait 20 s for it where there is none.
 */
export const FAULTS: readonly Deployment[] = [
  ...HEALTHY,
  deployment('empty-a', 'openrouter/openai/gpt-4o', 'openrouter-402'),
  deployment('empty-b', 'openrouter/mistralai/mistral-large', 'openrouter-402-empty'),
  deployment('empty-c', 'openrouter/google/gemini-2.0-flash-001', 'openrouter-402'),
  deployment('credit-anthropic', 'anthropic/claude-3-5-sonnet-20240620', 'anthropic-400-credit'),
  deployment('credit-deepseek', 'deepseek/deepseek-chat', 'deepseek-402'),
  deployment('badkey-openai', 'openai/gpt-4o', 'openai-401', { params: { api_key: 'fake-key-0001' } }),
  deployment('forbidden', 'openai/gpt-4.1', '403'),
  deployment('gone', 'openai/gpt-4.1-nano', '404'),
  deployment('late', 'openai/gpt-4.1-mini', '408'),
  deployment('rate', 'openai/gpt-3.5-turbo', '429-rate'),
  deployment('quota', 'openai/gpt-4-turbo', '429-quota', { params: { api_key: 'fake-key-0002' } }),
  deployment('broken', 'openai/gpt-4', '500'),
  deployment('overloaded', 'anthropic/claude-3-opus-20240229', '529'),
  deployment('silent', 'openai/o1', 'hang', { params: { timeout: 3 } }),
  deployment('cut-off', 'openai/o1-mini', 'reset'),
  deployment('no-listener', 'openai/o3-mini', 'refused'),
  deployment('portal', 'openai/gpt-5-mini', 'html-200'),
  deployment('lame', 'openai/gpt-5-nano', 'slow'),
  deployment('torn', 'openai/gpt-5', 'cut'),
  deployment('half', 'openai/gpt-4o-mini', 'good', { id: 'half-good' }),
  deployment('half', 'openai/gpt-4o-mini', '500', { id: 'half-bad' }),
];
