import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Behaviour, behaviourOf, goodAnswer, isScenario, type Scenario, streamEvents } from './scenarios.ts';

/** One request that the fake provider received. */
interface UpstreamCall {
  at: number;
  /** First part of the path: which deployment's `api_base` was used. */
  deployment: string;
  scenario: Scenario;
  path: string;
  model: string;
  stream: boolean;
  maxTokens: number | null;
  /** The SDK's own `x-stainless-retry-count`: above 0 for a repeat inside LiteLLM; null where the client sends none. */
  retry: number | null;
}

export interface Upstream {
  port: number;
  /** The `api_base` of a deployment; without `/v1` for Anthropic, whose path LiteLLM adds itself. */
  base(deployment: string, version?: boolean): string;
  /** Changes what a deployment answers from now on, so that an incident can begin or clear. */
  set(deployment: string, scenario: Scenario): void;
  /** Every call for an answer (POST) so far, oldest first; LiteLLM's looks at a provider's list of models cost nothing. */
  calls(): readonly UpstreamCall[];
  /** Calls of one deployment: all of them, and those that were no repeat of the SDK's. */
  count(deployment: string): { all: number; first: number };
  forget(): void;
  stop(): Promise<void>;
}

/**
 * A provider for every dialect on a free loopback port. Path: `/<deployment>/...`; what it answers is the scenario set for
 * that deployment, else the scenario of that name, else `good`.
 */
export async function startUpstream(scenarios: Readonly<Record<string, Scenario>> = {}): Promise<Upstream> {
  const current = new Map(Object.entries(scenarios));
  let calls: UpstreamCall[] = [];
  const server = createServer((request, response) => {
    receive(request)
      .then(async ({ deployment, path, body }) => {
        if (request.method === 'GET') {
          response.writeHead(200, { 'content-type': 'application/json' }).end('{"object":"list","data":[]}');
          return;
        }
        const scenario = current.get(deployment) ?? (isScenario(deployment) ? deployment : 'good');
        calls.push(describeCall(request, deployment, scenario, path, body));
        await reply(behaviourOf(scenario), request, response, path, body);
      })
      .catch(() => request.destroy());
  });
  const port = await listen(server);
  return {
    port,
    base: (deployment, version = true) => `http://127.0.0.1:${port}/${deployment}${version ? '/v1' : ''}`,
    set: (deployment, scenario) => void current.set(deployment, scenario),
    calls: () => calls,
    count: (deployment) => {
      const mine = calls.filter((call) => call.deployment === deployment);
      return { all: mine.length, first: mine.filter((call) => !call.retry).length };
    },
    forget: () => {
      calls = [];
    },
    stop: () => close(server),
  };
}

/** Listens on a free port of the loopback interface and returns it. */
export async function listen(server: Server | import('node:net').Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Closes a server with the connections that hang on it. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** A loopback port on which nobody listens: a connection to it is refused. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await close(server);
  return port;
}

async function receive(request: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const path = new URL(request.url ?? '/', 'http://upstream').pathname;
  return { deployment: path.split('/')[1] ?? '', path, body: parse(Buffer.concat(chunks).toString()) };
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function describeCall(
  request: IncomingMessage,
  deployment: string,
  scenario: Scenario,
  path: string,
  body: Record<string, unknown>,
): UpstreamCall {
  const retry = request.headers['x-stainless-retry-count'];
  const limit = body.max_tokens ?? body.max_completion_tokens;
  return {
    at: Date.now(),
    deployment,
    scenario,
    path,
    model: String(body.model ?? ''),
    stream: body.stream === true,
    maxTokens: typeof limit === 'number' ? limit : null,
    retry: typeof retry === 'string' ? Number(retry) : null,
  };
}

async function reply(
  behaviour: Behaviour,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  body: Record<string, unknown>,
): Promise<void> {
  switch (behaviour.kind) {
    case 'hang':
      return;
    case 'reset':
      request.socket.resetAndDestroy();
      return;
    case 'cut':
      cut(response, path, body);
      return;
    case 'answer':
      await sleep(behaviour.delayMs ?? 0);
      response.writeHead(behaviour.status, behaviour.headers).end(behaviour.body);
      return;
    case 'good':
      await sleep(behaviour.delayMs ?? 0);
      good(response, path, body, behaviour.finishReason ?? 'stop');
  }
}

function good(response: ServerResponse, path: string, body: Record<string, unknown>, finish: 'stop' | 'length'): void {
  if (body.stream === true && path.endsWith('/chat/completions')) {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(streamEvents(body).join(''));
    return;
  }
  const text = goodAnswer(path, body, finish);
  const status = text === null ? 404 : 200;
  const headers = { 'content-type': 'application/json', 'x-ratelimit-remaining-requests': '999' };
  response.writeHead(status, headers).end(text ?? JSON.stringify({ error: { message: `no such path: ${path}` } }));
}

/** Ends the connection in the middle of an answer: after one event of a stream, or after half of a whole body. */
function cut(response: ServerResponse, path: string, body: Record<string, unknown>): void {
  const stream = body.stream === true;
  const text = (stream ? streamEvents(body)[0] : goodAnswer(path, body, 'stop')) ?? '';
  const headers = stream
    ? { 'content-type': 'text/event-stream' }
    : { 'content-type': 'application/json', 'content-length': String(text.length) };
  response.writeHead(200, headers);
  response.write(stream ? text : text.slice(0, text.length / 2), () => response.socket?.destroy());
}
