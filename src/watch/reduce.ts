import { observe } from '../alerts/machine.ts';
import type { Observation } from '../alerts/types.ts';
import type { Diagnose } from '../diagnosis/types.ts';
import { joinHealth } from '../gateway/join.ts';
import type { Answer, ChatReply, HealthEntry, HealthReport } from '../gateway/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import { identityOf } from './gateway-state.ts';
import { afterAnswer, afterLines } from './hearing.ts';
import { withEvents } from './log-events.ts';
import { chatObservations, healthObservations, logObservations } from './observations.ts';
import { databaseObservations, keyObservations, restartObservations, serverObservations } from './part-observations.ts';
import { type DeploymentHealth, type Happening, LATENCIES_KEPT, type Probe, type State } from './state.ts';

/** What the reducer is told once: who the gateway is and how texts are understood. */
export interface Frame {
  gateway: SafeText;
  keyFrom: SafeText | null;
  diagnose: Diagnose;
}

/** One happening in, the next state out. Pure: `now` (wall clock, ms) and the frame are arguments. */
export function reduce(state: State, happening: Happening, frame: Frame, now: number): State {
  switch (happening.kind) {
    case 'asking': {
      const asked = { ...state[happening.endpoint], asking: true };
      const model = happening.model === undefined ? {} : { model: happening.model };
      return { ...state, [happening.endpoint]: { ...asked, ...model } };
    }
    case 'resting':
      return resting(state, happening);
    case 'answer': {
      const { endpoint, answer } = happening;
      const heard = answer.status === null ? state : { ...state, hearing: afterAnswer(state.hearing, endpoint) };
      return answered(heard, happening, frame, now);
    }
    case 'processes': {
      const next = { ...state, processes: happening.sample };
      const server =
        state.live.last?.kind === 'answered' && state.processes !== null
          ? []
          : serverObservations(next, frame.gateway, now);
      return watched(next, [...restartObservations(state.processes, happening.sample), ...server], now);
    }
    case 'host':
      return { ...state, host: happening.sample };
    case 'settings':
      return { ...state, settings: happening.settings };
    case 'watchtowers':
      return { ...state, watchtowers: happening.list };
    case 'self':
      return { ...state, self: happening.sample };
    case 'logs':
      return logged(state, happening, frame, now);
    case 'wallet':
      return {
        ...state,
        purse: happening.purse,
        remembered: happening.remembered,
      };
    case 'refresh': {
      const startedAt = happening.started ? now : null;
      return { ...state, refresh: { startedAt, count: state.refresh.count + (happening.started ? 1 : 0) } };
    }
    case 'problem':
      return {
        ...state,
        problems: [...state.problems.filter((one) => one.code !== happening.problem.code), happening.problem],
      };
    case 'tick':
      return watched(state, [], now);
  }
}

function watched(state: State, observations: readonly Observation[], now: number): State {
  const incidents = observe(state.incidents, observations, now);
  return incidents === state.incidents ? state : { ...state, incidents };
}

function resting(state: State, { endpoint, why, model }: Extract<Happening, { kind: 'resting' }>): State {
  if (endpoint === 'health') return { ...state, health: { ...state.health, resting: why } };
  return { ...state, chat: { ...state.chat, resting: why, model: model ?? state.chat.model } };
}

/** The probe with one more answer; the last good one stays while others fail. */
function withAnswer<T>(probe: Probe<T>, answer: Answer<unknown>): Probe<T> {
  const last = answer as Answer<T>;
  // We ended it ourselves, or ran into a limit of our own: that says nothing of the gateway.
  if (last.kind === 'failed' && last.failure.code === 'ABORTED') return { ...probe, asking: false };
  return { last, good: last.kind === 'answered' ? last : probe.good, asking: false };
}

function answered(
  state: State,
  { endpoint, answer }: Extract<Happening, { kind: 'answer' }>,
  frame: Frame,
  now: number,
): State {
  const { gateway } = frame;
  switch (endpoint) {
    case 'live': {
      const latencies =
        answer.kind === 'answered' ? [...state.latencies, answer.latencyMs].slice(-LATENCIES_KEPT) : state.latencies;
      const master = state.processes?.processes[0];
      const servedBy = answer.kind === 'answered' && master !== undefined ? identityOf(master) : state.servedBy;
      const next = { ...state, live: withAnswer(state.live, answer), latencies, servedBy };
      return watched(next, serverObservations(next, gateway, now), now);
    }
    case 'ready': {
      const next = { ...state, ready: withAnswer(state.ready, answer) };
      return watched(next, [...databaseObservations(next), ...wedged(next, gateway, now)], now);
    }
    case 'models': {
      const next = { ...state, models: withAnswer(state.models, answer) };
      return watched(next, [...keyObservations(next, gateway, frame.keyFrom), ...wedged(next, gateway, now)], now);
    }
    case 'modelInfo': {
      const next = { ...state, modelInfo: withAnswer(state.modelInfo, answer) };
      return { ...next, deployments: joined(next, frame, now) };
    }
    case 'health':
      return healthAnswered(state, answer as Answer<HealthReport>, frame, now);
    case 'chat':
      return chatAnswered(state, answer as Answer<ChatReply>, frame, now);
    default:
      return { ...state, [endpoint]: withAnswer<unknown>(state[endpoint] as Probe<unknown>, answer) };
  }
}

/** That nothing but liveliness answers shows when the others have failed: then, not only at the next liveliness. */
function wedged(state: State, gateway: SafeText, now: number): Observation[] {
  return serverObservations(state, gateway, now).filter((one) => one.kind === 'bad');
}

/** Under this a `/health` with deployments cannot have called a provider; LiteLLM's cache answers in 4 to 8 ms. */
export const CACHED_MS = 50;

function healthAnswered(state: State, answer: Answer<HealthReport>, frame: Frame, now: number): State {
  const before = state.health.good;
  const probe = withAnswer(state.health, answer);
  if (answer.kind !== 'answered') return { ...state, health: { ...state.health, ...probe } };
  const from = isCached(state, before, answer) ? 'BACKGROUND' : 'PROBED';
  const next: State = { ...state, health: { ...state.health, ...probe, from } };
  const known = { ...next, deployments: joined(next, frame, now) };
  return watched(known, healthObservations(known, frame.gateway, answer.at), now);
}

/** Positive evidence only: the gateway's own settings, or two answers in a row that are fast and equal. */
function isCached(state: State, before: HealthAnswer | null, answer: HealthAnswer): boolean {
  if (state.settings?.backgroundHealthChecks === true || answer.value.pending) return true;
  if (answer.latencyMs > CACHED_MS) return false;
  if (state.health.from === 'BACKGROUND') return true;
  return before !== null && before.latencyMs <= CACHED_MS && before.value.bodyHash === answer.value.bodyHash;
}

type HealthAnswer = Answer<HealthReport> & { kind: 'answered' };

function joined(state: State, frame: Frame, now: number): DeploymentHealth[] {
  const report = state.health.good?.value ?? null;
  const rows = joinHealth(state.modelInfo.good?.value.deployments ?? [], report?.entries ?? []);
  return rows.map(({ info, entry }) => ({ info, entry, diagnosis: diagnosed(entry, info, frame, now) }));
}

function diagnosed(
  entry: HealthEntry | null,
  info: DeploymentHealth['info'],
  frame: Frame,
  now: number,
): DeploymentHealth['diagnosis'] {
  if (entry === null || entry.healthy) return null;
  // A failed entry without a text is a probe that hit its limit: releases before 1.83 leave the key out.
  const text = entry.error ?? 'Timeout exceeded';
  return frame.diagnose({
    text,
    source: 'health',
    failed: true,
    status: entry.status,
    provider: info.provider,
    model: info.name,
    now,
  });
}

function chatAnswered(state: State, answer: Answer<ChatReply>, frame: Frame, now: number): State {
  const { model } = state.chat;
  const failure = answer.kind === 'failed' ? answer.failure : null;
  const fromLitellm = failure !== null && failure.status !== null;
  const diagnosis = fromLitellm
    ? frame.diagnose({
        text: failure.detail ?? failure.text,
        source: 'chat',
        failed: true,
        status: failure.status,
        model,
        now,
      })
    : null;
  const onHold =
    [402, 429].includes(answer.status ?? 0) || diagnosis?.class === 'CREDITS' || diagnosis?.class === 'RATE_LIMIT';
  const chat = { ...state.chat, ...withAnswer(state.chat, answer), diagnosis, onHold };
  const next: State = { ...state, chat, deployments: afterChat(state.deployments, answer) };
  return model === null ? next : watched(next, chatObservations(next, model, frame.gateway), now);
}

/** A deployment that has just answered a chat works now, whatever the last round said of it. */
function afterChat(deployments: State['deployments'], answer: Answer<ChatReply>): State['deployments'] {
  const id = answer.kind === 'answered' ? answer.value.deploymentId : null;
  return deployments.map((one) => {
    if (id === null || one.info.id !== id || one.entry === null || one.entry.healthy) return one;
    return { ...one, entry: { ...one.entry, healthy: true, status: null, error: null }, diagnosis: null };
  });
}

/** What the log told since the last look. */
function logged(
  state: State,
  { events, sources, traffic }: Extract<Happening, { kind: 'logs' }>,
  { gateway }: Frame,
  now: number,
): State {
  const next = { ...state, sources, traffic, hearing: afterLines(state.hearing, sources) };
  if (events.length === 0) return watched(next, [], now);
  const observations = logObservations(state, events, gateway);
  return watched({ ...next, ...withEvents(state, events) }, observations, now);
}
