import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import {
  type Answer,
  backlog,
  badRequest,
  chatReply,
  HUB,
  healthLatest,
  LIVELINESS,
  MODELS,
  modelInfo,
  NOT_FOUND,
  readiness,
  readinessDetails,
} from './answers.ts';
import { checkKey } from './auth.ts';
import { faultOf } from './faults.ts';
import { type Deployment, FLEET } from './fleet.ts';
import { failureRecord, reconnectRecord, refusedKeyRecord } from './log-lines.ts';
import type { Scene } from './stories.ts';

export interface DialectDeps {
  masterKey: string;
  scene(): Scene;
  /** What the last round of background checks found. */
  health(): { answer: Answer; at: Date };
  inFlight(): number;
  now(): Date;
  /** Writes to standard error. */
  complain(text: string): void;
  /** Waits as a provider lets one wait. */
  think(): Promise<void>;
}

export interface Request {
  method: string;
  /** With its query string. */
  path: string;
  headers: IncomingHttpHeaders;
  address: string;
  /** Reads the body; only chat has one. */
  body(): Promise<string>;
}

type Route = {
  method: 'GET' | 'POST';
  keyed: boolean;
  answer: (request: Request, query: URLSearchParams) => Answer | Promise<Answer>;
};

/** Answers as a LiteLLM proxy with a database and background health checks does. */
export function createDialect(deps: DialectDeps): (request: Request) => Promise<Answer> {
  const routes = routesOf(deps);
  return async (request) => {
    const [path = '', query = ''] = request.path.split('?', 2);
    const route = routes.get(path);
    if (route === undefined) return NOT_FOUND;
    if (route.method !== request.method) {
      return { status: 405, body: { detail: 'Method Not Allowed' }, headers: { allow: route.method } };
    }
    const refusal = route.keyed ? checkKey(request.headers, deps.masterKey) : null;
    if (refusal !== null) {
      deps.complain(refusedKeyRecord(refusal.message, request.address, deps.now()));
      return refusal.answer;
    }
    return route.answer(request, new URLSearchParams(query));
  };
}

function routesOf(deps: DialectDeps): Map<string, Route> {
  const open = (answer: Route['answer']): Route => ({ method: 'GET', keyed: false, answer });
  const keyed = (answer: Route['answer']): Route => ({ method: 'GET', keyed: true, answer });
  const ready = (): Answer => {
    if (deps.scene().databaseLost) deps.complain(reconnectRecord(deps.now()));
    return readiness(deps.scene());
  };
  const info = keyed((_, query) => modelInfo(query.get('litellm_model_id')));
  const completions: Route = { method: 'POST', keyed: true, answer: createChat(deps) };
  return new Map([
    ['/health/liveliness', open(() => LIVELINESS)],
    ['/health/liveness', open(() => LIVELINESS)],
    ['/health/readiness', open(ready)],
    ['/public/model_hub/info', open(() => HUB)],
    ['/health/readiness/details', keyed(() => readinessDetails(deps.scene()))],
    ['/health/latest', keyed(() => healthLatest(deps.scene(), deps.health().at.toISOString()))],
    ['/health/backlog', keyed(() => backlog(deps.inFlight()))],
    ['/health', keyed(() => deps.health().answer)],
    ['/v1/models', keyed(() => MODELS)],
    ['/models', keyed(() => MODELS)],
    ['/v1/model/info', info],
    ['/model/info', info],
    ['/v1/chat/completions', completions],
    ['/chat/completions', completions],
  ]);
}

function createChat(deps: DialectDeps): Route['answer'] {
  let turn = 0;
  return async (request) => {
    let asked: { model?: unknown };
    try {
      asked = JSON.parse(await request.body());
    } catch {
      return badRequest('Invalid JSON payload: unexpected character: line 1 column 1 (char 0)', 'request_body');
    }
    const group = FLEET.filter((one) => one.name === asked.model && one.mode === 'chat');
    turn += 1;
    const deployment: Deployment | undefined = group[turn % group.length];
    if (deployment === undefined) {
      const path = request.path.replace(/^\/v1/, '');
      return badRequest(
        `${path}: Invalid model name passed in model=${String(asked.model)}. Call \`/v1/models\` to view available models for your key.`,
        null,
      );
    }
    await deps.think();
    const [callId, scene] = [randomUUID(), deps.scene()];
    const fault = faultOf(deployment, scene);
    if (fault !== null) deps.complain(failureRecord(fault, deployment.name, callId, deps.now()));
    return chatReply(deployment, scene, callId, deps.now().getTime());
  };
}
