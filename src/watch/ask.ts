import { quoteChat } from '../gateway/cost.ts';
import { pickChatModel } from '../gateway/pick-chat-model.ts';
import type { Answer, GatewayClient } from '../gateway/types.ts';
import { literal } from '../text/scrub.ts';
import type { Core, EngineDeps, EngineOptions } from './core.ts';
import { quoteOfRound } from './quote.ts';
import { CACHED_MS } from './reduce.ts';
import type { EndpointName, State } from './state.ts';
import type { Quote } from './wallet.ts';

/** The questions that the engine asks: each puts its answer into the state and never throws. */
export interface Ask {
  live(signal: AbortSignal): Promise<void>;
  ready(signal: AbortSignal): Promise<void>;
  hub(signal: AbortSignal): Promise<void>;
  models(signal: AbortSignal): Promise<void>;
  modelInfo(signal: AbortSignal): Promise<void>;
  /** Details, latest, backlog, metrics: each may be absent. */
  extras(signal: AbortSignal): Promise<void>;
  /** Paid, through the wallet. */
  health(signal: AbortSignal): Promise<void>;
  /** Paid, through the wallet; `byHand` asks even after a 402 or 429. */
  chat(signal: AbortSignal, byHand: boolean): Promise<void>;
  processes(): Promise<void>;
  host(): Promise<void>;
  surroundings(): Promise<void>;
  logs(): Promise<void>;
}

export function createAsk(core: Core, options: EngineOptions, deps: EngineDeps): Ask {
  const { client, host, logs } = deps;
  const mayUseKey = (): boolean => options.hasKey || core.state().settings?.runsWithoutKey === true;

  const put = async (
    endpoint: EndpointName,
    question: Promise<Answer<unknown>>,
    signal: AbortSignal,
  ): Promise<void> => {
    const answer = await question;
    if (!signal.aborted) core.dispatch({ kind: 'answer', endpoint, answer });
  };
  const keyed = async (endpoint: keyof GatewayClient & EndpointName, signal: AbortSignal): Promise<void> => {
    if (mayUseKey()) await put(endpoint, (client[endpoint] as KeyedQuestion)(signal), signal);
  };
  const pay = (quote: Quote): string | null => {
    const result = deps.wallet.pay(quote, options.view.limits, deps.clock.now());
    core.dispatch({ kind: 'wallet', purse: result.purse, remembered: deps.wallet.remembered });
    return result.allowed ? null : result.why;
  };
  const rest = (endpoint: 'health' | 'chat', why: string): void => {
    core.dispatch({ kind: 'resting', endpoint, why: literal(why) });
  };

  return {
    live: (signal) => put('live', client.liveliness(signal), signal),
    ready: (signal) => put('ready', client.readiness(signal), signal),
    hub: (signal) => put('hub', client.hub(signal), signal),
    models: (signal) => keyed('models', signal),
    modelInfo: (signal) => keyed('modelInfo', signal),
    async extras(signal) {
      if (!mayUseKey()) return;
      const one = (endpoint: EndpointName, question: Promise<Answer<unknown>>) => put(endpoint, question, signal);
      await Promise.all([
        one('details', client.readinessDetails(signal)),
        one('latest', client.latest(signal)),
        one('backlog', client.backlog(signal)),
        one('metrics', client.metrics(signal)),
      ]);
    },
    async health(signal) {
      const state = core.state();
      const barred = whyNoPaidProbe(state, mayUseKey());
      if (barred !== null) return rest('health', barred);
      const quote = quoteOfRound(state);
      if (quote === null) return rest('health', 'how many deployments there are, and so the price, is not known');
      const free = answersFromCache(state);
      const refused = free ? null : pay(quote);
      if (refused !== null) return rest('health', refused);
      core.dispatch({ kind: 'resting', endpoint: 'health', why: null });
      core.dispatch({ kind: 'asking', endpoint: 'health' });
      await put('health', client.health(signal), signal);
      // It was taken for the gateway's cache and was a real round after all: then it has cost what a round costs.
      if (free && core.state().health.from === 'PROBED') pay(quote);
    },
    async chat(signal, byHand) {
      const state = core.state();
      const deployments = state.modelInfo.good?.value.deployments ?? [];
      const barred = whyNoPaidProbe(state, mayUseKey());
      if (barred !== null) return rest('chat', barred);
      const pick = pickChatModel(deployments, options.chatModel);
      if (pick === null) return rest('chat', 'no priced chat model to probe; name one with --chat-model');
      const held = byHand ? null : whyOnHold(state);
      if (held !== null) return rest('chat', held);
      const refused = pay(quoteChat(deployments, pick));
      if (refused !== null) return rest('chat', refused);
      core.dispatch({ kind: 'resting', endpoint: 'chat', why: null, model: pick });
      core.dispatch({ kind: 'asking', endpoint: 'chat', model: pick });
      await put('chat', client.chat(pick, signal), signal);
    },
    async processes() {
      const sample = await host.processes();
      logs.gateway(sample.processes.map((one) => one.pid));
      core.dispatch({ kind: 'processes', sample });
      core.dispatch({ kind: 'self', sample: host.self() });
    },
    async host() {
      core.dispatch({ kind: 'host', sample: await host.host() });
    },
    async surroundings() {
      const [settings, list] = await Promise.all([host.settings(), host.watchtowers()]);
      core.dispatch({ kind: 'settings', settings });
      core.dispatch({ kind: 'watchtowers', list });
    },
    async logs() {
      core.dispatch({ kind: 'logs', events: logs.take(), sources: logs.sources(), traffic: logs.traffic() });
    },
  };
}

type KeyedQuestion = (signal: AbortSignal) => Promise<Answer<unknown>>;

/** True only on positive evidence: then `/health` makes no provider call for us. */
export function answersFromCache(state: State): boolean {
  if (state.settings?.backgroundHealthChecks === true) return true;
  return state.health.from === 'BACKGROUND' && (state.health.good?.latencyMs ?? Number.POSITIVE_INFINITY) <= CACHED_MS;
}

function whyNoPaidProbe(state: State, mayUseKey: boolean): string | null {
  if (!mayUseKey) return 'no key';
  if (state.models.last?.kind === 'failed' && state.models.last.failure.code === 'KEY_REJECTED')
    return 'the gateway refuses our key';
  if (state.live.last?.kind === 'failed') return 'the gateway does not answer';
  return null;
}

/** After a 402 or 429 the chat probe rests while an incident of that cause is open. */
function whyOnHold(state: State): string | null {
  const { onHold, model } = state.chat;
  if (!onHold || model === null) return null;
  const open = [...state.incidents.values()].filter((one) => one.state !== 'RESOLVED' && one.models.includes(model));
  return open.length > 0 ? `rests after ${open[0]?.class} until that clears` : null;
}
