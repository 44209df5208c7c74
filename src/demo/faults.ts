import type { Deployment } from './fleet.ts';
import type { Scene } from './stories.ts';

/** How a provider refuses a call, in LiteLLM's words (recorded from 1.106.2). */
export interface Fault {
  status: 402 | 429;
  /** LiteLLM's class of the error. */
  className: string;
  /** The message without what the router adds. */
  message: string;
  /** `error.type` of the answer. */
  type: string;
  /** The provider's address in the traceback. */
  url: string;
}

/** What a call of this deployment ends in; null when it works. */
export function faultOf(deployment: Deployment, scene: Scene): Fault | null {
  if (scene.openrouterDry && deployment.account === 'openrouter') {
    const said =
      '{"error": {"message": "Insufficient credits. Add more using https://openrouter.ai/settings/credits", "code": 402}}';
    return {
      status: 402,
      className: 'APIError',
      message: `litellm.APIError: APIError: OpenrouterException - ${said}`,
      type: 'invalid_request_error',
      url: 'https://openrouter.ai/api/v1/chat/completions',
    };
  }
  if (scene.openaiLimited && deployment.account === 'openai' && deployment.mode === 'chat') {
    const model = deployment.model.slice('openai/'.length);
    const limit = 'on requests per min (RPM): Limit 500, Used 500, Requested 1. Please try again in 20s.';
    return {
      status: 429,
      className: 'RateLimitError',
      message: `litellm.RateLimitError: RateLimitError: OpenAIException - Rate limit reached for ${model} in organization org-demo ${limit}`,
      type: 'throttling_error',
      url: 'https://api.openai.com/v1/chat/completions',
    };
  }
  return null;
}

/** The message as a caller gets it: with the router's remark. */
export function messageFor(fault: Fault, modelGroup: string): string {
  return `${fault.message}\n\nLiteLLM: model group '${modelGroup}' failed with the error above. No fallback was attempted.`;
}
