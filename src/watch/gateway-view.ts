import type { Answer } from '../gateway/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import { literal } from '../text/scrub.ts';
import { gatewayCondition, keyState } from './gateway-state.ts';
import { ageOf } from './models.ts';
import { cacheOf, databaseStateOf } from './path.ts';
import type { ChatView, GatewayView, HealthView, LiveView, ProbeState } from './snapshot.ts';
import { failureOf, type Probe, type State } from './state.ts';
import { failureView, type View } from './view.ts';

/** The gateway and each of its endpoints as faces show them. */
export function gatewayView(state: State, view: View, now: number): GatewayView {
  return {
    name: view.name,
    url: view.url,
    ...gatewayCondition(state, now),
    version: versionOf(state),
    key: { state: keyState(state, view.hasKey), from: view.keyFrom },
    live: liveView(state, now),
    ready: {
      state: probeState(state.ready),
      ...measured(state.ready, now),
      database: databaseStateOf(state),
      cache: cacheOf(state),
    },
    modelsList: { count: state.models.good?.value.names.length ?? null, ...measured(state.models, now) },
    health: healthView(state, now),
    chat: chatView(state, now),
  };
}

function measured(probe: Probe<unknown>, now: number) {
  const { last } = probe;
  return {
    status: statusOf(last),
    latencyMs: last === null ? null : Math.round(last.latencyMs),
    ageS: ageOf(last?.at ?? null, now),
    failure: failureView(failureOf(probe)),
  };
}

function statusOf(last: Answer<unknown> | null): number | null {
  return last?.status ?? null;
}

function probeState(probe: Probe<unknown>): ProbeState {
  if (probe.last === null || probe.last.kind === 'absent') return 'UNKNOWN';
  return probe.last.kind === 'answered' ? 'OK' : 'DOWN';
}

function liveView(state: State, now: number): LiveView {
  const ordered = [...state.latencies].sort((a, b) => a - b);
  const at = (share: number): number | null => {
    const found = ordered[Math.min(ordered.length - 1, Math.floor(share * ordered.length))];
    return found === undefined ? null : Math.round(found);
  };
  return { state: probeState(state.live), ...measured(state.live, now), p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}

function healthView(state: State, now: number): HealthView {
  const { health } = state;
  const good = health.good?.value ?? null;
  const shown = good === null || good.pending ? null : good;
  return {
    healthy: shown?.healthy ?? null,
    unhealthy: shown?.unhealthy ?? null,
    from: health.last === null ? 'NOT_ASKED' : health.from === 'NOT_ASKED' ? 'PROBED' : health.from,
    asking: health.asking,
    why: health.last === null ? (health.resting ?? literal('not asked yet')) : health.resting,
    ...measured(health, now),
    ageS: ageOf(health.good?.at ?? health.last?.at ?? null, now),
  };
}

function chatView(state: State, now: number): ChatView {
  const { chat } = state;
  const answered = chat.last?.kind === 'answered' ? chat.last.value : null;
  const fallback =
    answered !== null && answered.modelGroup !== null && chat.model !== null && answered.modelGroup !== chat.model;
  const fellBack = fallback || (answered?.attemptedFallbacks ?? 0) > 0;
  const why = fellBack ? literal('a fallback answered, not the model itself') : chat.resting;
  return {
    model: chat.model,
    state: fellBack ? 'DEGRADED' : probeState(chat),
    why: chat.last === null && why === null ? literal('not asked yet') : why,
    ...measured(chat, now),
  };
}

/** The first source that tells: readiness and the hub need no key. */
function versionOf(state: State): { value: SafeText; from: string } | null {
  const found: [SafeText | null | undefined, string][] = [
    [state.ready.good?.value.version, '/health/readiness'],
    [state.hub.good?.value.version, '/public/model_hub/info'],
    [state.details.good?.value.version, '/health/readiness/details'],
    [state.chat.good?.value.version, 'x-litellm-version'],
  ];
  for (const [value, from] of found) if (value) return { value, from };
  return null;
}
