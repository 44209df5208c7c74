import type { SafeText } from '../text/safe-text.ts';
import { literal } from '../text/scrub.ts';
import type { DeploymentView, ModelState, ModelView } from './snapshot.ts';
import type { DeploymentHealth, State } from './state.ts';

/** After this long without a fresh round a model is UNKNOWN: three rounds missed, and never less than a minute. */
export const staleAfterMs = (intervalMs: number): number => Math.max(3 * intervalMs, 60_000);

/** State of one deployment by the last `/health`; UNKNOWN where that said nothing of it or is too old. */
export function deploymentState(one: DeploymentHealth, fresh: boolean): ModelState {
  if (!fresh || one.entry === null) return 'UNKNOWN';
  if (one.entry.healthy) return 'OK';
  if (one.diagnosis?.probeArtefact === true) return 'PROBE_ARTEFACT';
  return one.diagnosis?.class === 'NO_DEPLOYMENTS' ? 'COOLING' : 'DOWN';
}

/** All up OK, some up DEGRADED, none up DOWN; an artefact of the probe is no failure, and no data is UNKNOWN. */
function modelState(states: readonly ModelState[]): ModelState {
  const has = (state: ModelState): boolean => states.includes(state);
  const all = (state: ModelState): boolean => states.length > 0 && states.every((one) => one === state);
  if (all('OK')) return 'OK';
  if (states.length === 0 || all('UNKNOWN')) return 'UNKNOWN';
  if (has('OK')) return has('DOWN') || has('COOLING') ? 'DEGRADED' : 'OK';
  if (has('PROBE_ARTEFACT')) return 'PROBE_ARTEFACT';
  if (has('UNKNOWN')) return 'UNKNOWN';
  return has('DOWN') ? 'DOWN' : 'COOLING';
}

const WORST_FIRST: readonly ModelState[] = ['DOWN', 'COOLING', 'DEGRADED', 'UNKNOWN', 'PROBE_ARTEFACT', 'OFF', 'OK'];

/** Whether what the probes told last may still be shown as the present. */
export interface Fresh {
  health: boolean;
  chat: boolean;
}

/** One row a public model name, worst first, then by name. */
export function modelViews(state: State, fresh: Fresh, now: number): ModelView[] {
  const groups = new Map<SafeText, DeploymentHealth[]>();
  for (const one of state.deployments) {
    const group = groups.get(one.info.name);
    if (group === undefined) groups.set(one.info.name, [one]);
    else group.push(one);
  }
  const ageS = ageOf(state.health.good?.at ?? null, now);
  const views = [...groups].map(([name, deployments]) => modelView(name, deployments, state, fresh, ageS, now));
  const rank = (view: ModelView): number => WORST_FIRST.indexOf(view.state);
  return views.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}

function modelView(
  name: SafeText,
  behind: readonly DeploymentHealth[],
  state: State,
  fresh: Fresh,
  ageS: number | null,
  now: number,
): ModelView {
  const deployments = behind.map((one) => deploymentView(one, fresh.health, ageS));
  const states = deployments.map((one) => one.state);
  const known = states.some((one) => one !== 'UNKNOWN');
  const chat = state.chat.model === name ? state.chat.last : null;
  const probed = chat !== null && fresh.chat && !known;
  return {
    name,
    state: probed && chat.kind === 'answered' ? 'OK' : modelState(states),
    up: known ? states.filter((one) => one === 'OK').length : null,
    total: deployments.length,
    class: deployments.find((one) => one.class !== null && one.state !== 'OK')?.class ?? null,
    latencyMs: chat === null ? null : Math.round(chat.latencyMs),
    ageS: probed ? ageOf(chat.at, now) : known ? ageS : null,
    deployments,
  };
}

function deploymentView(one: DeploymentHealth, fresh: boolean, ageS: number | null): DeploymentView {
  const state = deploymentState(one, fresh);
  const bad = one.entry?.healthy === false ? one.entry : null;
  return {
    id: one.info.id,
    model: one.info.model,
    provider: one.info.provider,
    host: one.info.host,
    state,
    class: bad !== null ? (one.diagnosis?.class ?? 'UNKNOWN') : null,
    status: bad?.status ?? null,
    text: bad === null ? null : (one.diagnosis?.text ?? bad.error ?? literal('the gateway gave no reason')),
    ageS: one.entry === null ? null : ageS,
  };
}

/** Names that callers have lost: no deployment of theirs works. */
export function lostModels(state: State): SafeText[] {
  const alive = new Map<SafeText, boolean>();
  for (const one of state.deployments) {
    const down = ['DOWN', 'COOLING'].includes(deploymentState(one, true));
    alive.set(one.info.name, (alive.get(one.info.name) ?? false) || !down);
  }
  return [...alive].filter(([, up]) => !up).map(([name]) => name);
}

/** Whole seconds since `at`, never negative; null where there was none. */
export function ageOf(at: number | null, now: number): number | null {
  return at === null ? null : Math.max(0, Math.round((now - at) / 1000));
}
