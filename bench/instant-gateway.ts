import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface InstantGateway {
  url: string;
  /** Changes what the next `/health` says of the first model. */
  breakFirst(broken: boolean): void;
  close(): Promise<void>;
}

/** A gateway that answers at once from memory, with `count` models of five deployments each: what is left is our own time. */
export async function instantGateway(count: number, deployments = 5): Promise<InstantGateway> {
  const rows = Array.from({ length: count * deployments }, (_, n) => ({
    model_name: `model-${Math.floor(n / deployments)}`,
    litellm_params: { model: `openai/gpt-${n}`, api_base: 'http://provider.test/v1' },
    model_info: {
      id: `deployment-${n}`,
      mode: 'chat',
      litellm_provider: 'openai',
      input_cost_per_token: 1e-9,
      output_cost_per_token: 1e-9,
    },
  }));
  const models = JSON.stringify({
    object: 'list',
    data: Array.from({ length: count }, (_, n) => ({ id: `model-${n}`, object: 'model' })),
  });
  const info = JSON.stringify({ data: rows });
  let health = healthBody(rows, false);
  const answers = (path: string): [number, string] => {
    if (path === '/health/liveliness') return [200, '"I\'m alive!"'];
    if (path === '/health/readiness') return [200, '{"status":"healthy","db":"Not connected"}'];
    if (path === '/public/model_hub/info') return [200, '{"litellm_version":"1.106.2"}'];
    if (path === '/v1/models') return [200, models];
    if (path === '/v1/model/info') return [200, info];
    if (path === '/health') return [200, health];
    if (path === '/v1/chat/completions') {
      return [
        200,
        JSON.stringify({
          id: 'x',
          object: 'chat.completion',
          model: 'model-0',
          choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'ok' } }],
        }),
      ];
    }
    return [404, '{"detail":"Not Found"}'];
  };
  const server: Server = createServer((request, response) => {
    request.resume();
    const [status, body] = answers((request.url ?? '').split('?')[0] ?? '');
    response.writeHead(status, { 'content-type': 'application/json', 'x-litellm-model-group': 'model-0' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    breakFirst(broken) {
      health = healthBody(rows, broken);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function healthBody(
  rows: { litellm_params: { model: string; api_base: string }; model_info: { id: string } }[],
  broken: boolean,
): string {
  const entries = rows.map((row) => ({
    model: row.litellm_params.model,
    api_base: row.litellm_params.api_base,
    model_id: row.model_info.id,
  }));
  const unhealthy = broken
    ? entries
        .slice(0, 1)
        .map((entry) => ({ ...entry, error: 'litellm.RateLimitError: slow down', exception_status: 429 }))
    : [];
  const healthy = entries.slice(unhealthy.length);
  return JSON.stringify({
    healthy_endpoints: healthy,
    unhealthy_endpoints: unhealthy,
    healthy_count: healthy.length,
    unhealthy_count: unhealthy.length,
  });
}
