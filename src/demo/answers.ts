import { faultOf, messageFor } from './faults.ts';
import { type Deployment, FLEET, MODEL_NAMES } from './fleet.ts';
import type { Scene } from './stories.ts';

/*
 * Bodies as LiteLLM 1.106.2 with a database gives them (recorded): only values differ.
 */

/** The release whose dialect the demo gateway speaks. */
const VERSION = '1.106.2';

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

export const LIVELINESS: Answer = { status: 200, body: "I'm alive!" };
export const NOT_FOUND: Answer = { status: 404, body: { detail: 'Not Found' } };
export const HUB: Answer = {
  status: 200,
  body: { docs_title: 'LiteLLM API', custom_docs_description: null, litellm_version: VERSION, useful_links: {} },
};

/** `status` says healthy whatever happens: only the code and `db` tell. */
export function readiness(scene: Scene): Answer {
  return scene.databaseLost
    ? { status: 503, body: { status: 'healthy', db: 'disconnected' } }
    : { status: 200, body: { status: 'healthy', db: 'connected' } };
}

export function readinessDetails(scene: Scene): Answer {
  const { status, body } = readiness(scene);
  const more = {
    cache: null,
    litellm_version: VERSION,
    success_callbacks: [
      'sync_deployment_callback_on_success',
      '_PROXY_MaxParallelRequestsHandler_v3',
      'ServiceLogging',
    ],
    use_aiohttp_transport: true,
    log_level: 'WARNING',
    is_detailed_debug: false,
    show_no_redis_warning: true,
    show_env_credential_login_warning: false,
  };
  return { status, body: { ...(body as object), ...more } };
}

export const MODELS: Answer = {
  status: 200,
  body: {
    data: MODEL_NAMES.map((id) => ({
      id,
      object: 'model',
      created: 1_677_610_602,
      owned_by: 'openai',
      mode: FLEET.find((one) => one.name === id)?.mode,
    })),
    object: 'list',
  },
};

/** One row a deployment, or the one that was asked for by id. */
export function modelInfo(id: string | null): Answer {
  const rows = FLEET.filter((one) => id === null || one.id === id).map((one) => ({
    model_name: one.name,
    litellm_params: {
      ...(one.apiBase !== null && { api_base: one.apiBase }),
      use_in_pass_through: false,
      use_litellm_proxy: false,
      merge_reasoning_content_in_choices: false,
      model: one.model,
    },
    model_info: {
      id: one.id,
      db_model: false,
      mode: one.mode,
      key: one.model,
      max_tokens: null,
      max_input_tokens: null,
      max_output_tokens: null,
      input_cost_per_token: one.inputCost,
      output_cost_per_token: one.outputCost,
      input_cost_per_image: null,
      input_cost_per_second: null,
      litellm_provider: one.provider,
      supports_function_calling: one.mode === 'chat',
    },
  }));
  return { status: 200, body: { data: rows } };
}

/** What the background checks found. */
export function health(scene: Scene): Answer {
  const base = (one: Deployment) => (one.apiBase === null ? {} : { api_base: one.apiBase });
  const healthy: object[] = [];
  const unhealthy: object[] = [];
  for (const one of FLEET) {
    const fault = faultOf(one, scene);
    if (fault === null) healthy.push({ ...base(one), model: one.model, model_id: one.id });
    else {
      unhealthy.push({
        ...base(one),
        model: one.model,
        error: `${fault.message}\nstack trace: Traceback (most recent call last):\n  File "/usr/lib/python3.13/site-packages/litellm/llms/custom_httpx/llm_http_handler.py", line 528, in _make_common_async_call\n    response = await async_httpx_client.post(`,
        raw_request_typed_dict: {
          raw_request_api_base: fault.url,
          raw_request_body: {
            model: one.model,
            messages: [{ role: 'user', content: "What's 1 + 1?" }],
            max_tokens: 16,
          },
          raw_request_headers: { Authorization: 'Be****00', 'Content-Type': 'application/json' },
          error: null,
        },
        model_id: one.id,
        exception_status: fault.status,
      });
    }
  }
  const counts = { healthy_count: healthy.length, unhealthy_count: unhealthy.length };
  return { status: 200, body: { healthy_endpoints: healthy, unhealthy_endpoints: unhealthy, ...counts } };
}

/** Before the first round of background checks has ended. */
export const HEALTH_PENDING: Answer = { status: 200, body: {} };

export function healthLatest(scene: Scene, checkedAt: string): Answer {
  if (scene.databaseLost) return { status: 500, body: { detail: { error: 'Database not initialized' } } };
  const rows = FLEET.map((one) => {
    const fault = faultOf(one, scene);
    const row = {
      health_check_id: `check-${one.id}`,
      model_name: one.name,
      model_id: one.id,
      status: fault === null ? 'healthy' : 'unhealthy',
      healthy_count: fault === null ? 1 : 0,
      unhealthy_count: fault === null ? 0 : 1,
      error_message: fault?.message.slice(0, 500) ?? null,
      response_time_ms: 412.5,
      details: null,
      checked_by: 'background_health_check',
      checked_at: checkedAt,
      created_at: checkedAt,
    };
    return [one.id, row] as const;
  });
  return { status: 200, body: { latest_health_checks: Object.fromEntries(rows), total_models: rows.length } };
}

export function backlog(inFlight: number): Answer {
  return {
    status: 200,
    body: { in_flight_requests: inFlight, admitted_requests: 0, queued_requests: 0, rejected_requests: 0 },
  };
}

function envelope(status: number, message: string, type: string, param: string | null): Answer {
  return { status, body: { error: { message, type, param, code: String(status) } } };
}

export function authError(message: string, type = 'auth_error', param = 'None'): Answer {
  return envelope(401, `Authentication Error, ${message}`, type, param);
}

export function badRequest(message: string, param: string | null): Answer {
  return envelope(400, message, 'invalid_request_error', param);
}

/** One chat call: through `deployment`, whose provider may refuse. */
export function chatReply(deployment: Deployment, scene: Scene, callId: string, at: number): Answer {
  const fault = faultOf(deployment, scene);
  if (fault !== null) {
    const headers = { 'x-litellm-call-id': callId, 'x-litellm-response-cost': '0', 'x-litellm-key-spend': '0.0' };
    return { ...envelope(fault.status, messageFor(fault, deployment.name), fault.type, null), headers };
  }
  const usage = { completion_tokens: 2, prompt_tokens: 14, total_tokens: 16 };
  const cost = usage.prompt_tokens * deployment.inputCost + usage.completion_tokens * deployment.outputCost;
  return {
    status: 200,
    headers: {
      'x-litellm-call-id': callId,
      'x-litellm-model-id': deployment.id,
      'x-litellm-model-name': deployment.model,
      'x-litellm-version': VERSION,
      'x-litellm-response-cost': String(cost),
      'x-litellm-key-spend': '0.0',
      'x-litellm-model-group': deployment.name,
      'x-litellm-attempted-retries': '0',
      'x-litellm-attempted-fallbacks': '0',
    },
    body: {
      id: `chatcmpl-${callId}`,
      created: Math.floor(at / 1000),
      model: deployment.name,
      object: 'chat.completion',
      choices: [{ finish_reason: 'stop', index: 0, message: { content: 'pong', role: 'assistant' } }],
      usage,
    },
  };
}
