import type { DatabaseState } from '../gateway/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import { literal, safe } from '../text/scrub.ts';
import { gatewayCondition } from './gateway-state.ts';
import { databaseTrouble } from './part-observations.ts';
import type { Hop, HopState, ModelState, ModelView } from './snapshot.ts';
import type { State } from './state.ts';

/** client > gateway > database, redis > providers: where a request stops. */
export function pathOf(state: State, models: readonly ModelView[], now: number): Hop[] {
  return [gatewayHop(state, now), databaseHop(state), redisHop(state), ...providerHops(models)];
}

function gatewayHop(state: State, now: number): Hop {
  const { state: condition, why } = gatewayCondition(state, now);
  const down = condition === 'STARTING' || condition === 'DRAINING' || condition === 'WEDGED';
  return { hop: literal('gateway'), state: down ? 'DOWN' : condition, why };
}

function databaseHop(state: State): Hop {
  const hop = literal('database');
  const trouble = databaseTrouble(state);
  if (trouble !== null) return { hop, state: 'DOWN', why: trouble };
  const said = databaseStateOf(state);
  const states: Record<DatabaseState, HopState> = {
    CONNECTED: 'OK',
    DISCONNECTED: 'DOWN',
    NONE: 'NONE',
    UNKNOWN: 'UNKNOWN',
  };
  return { hop, state: states[said], why: said === 'UNKNOWN' ? literal('readiness has not told') : null };
}

/** The database by the newest readiness; not by an older one, for it may have gone since. */
export function databaseStateOf(state: State): DatabaseState {
  if (databaseTrouble(state) !== null) return 'DISCONNECTED';
  const last = state.ready.last;
  return last?.kind === 'answered' ? last.value.database : 'UNKNOWN';
}

function redisHop(state: State): Hop {
  const hop = literal('redis');
  const open = [...state.incidents.values()].find((one) => one.class === 'CACHE' && one.state !== 'RESOLVED');
  if (open !== undefined) return { hop, state: 'DEGRADED', why: open.title };
  const cache = cacheOf(state);
  const configured = state.settings?.redisConfigured;
  if (cache === 'none' || (cache === null && configured === false)) return { hop, state: 'NONE', why: null };
  if (cache === null && configured !== true)
    return { hop, state: 'UNKNOWN', why: literal('the gateway does not say without a key') };
  return { hop, state: 'UNKNOWN', why: literal('configured; no cheap check tells whether it answers') };
}

/** Type of the gateway's cache, `none` where it says that there is none, null where it does not say. */
export function cacheOf(state: State): SafeText | null {
  return state.details.good?.value.cache ?? state.ready.good?.value.cache ?? null;
}

function providerHops(models: readonly ModelView[]): Hop[] {
  const groups = new Map<SafeText, { states: ModelState[]; why: SafeText | null }>();
  for (const one of models.flatMap((model) => model.deployments)) {
    if (one.provider === null) continue;
    const group = groups.get(one.provider) ?? { states: [], why: null };
    group.states.push(one.state);
    if (group.why === null && one.class !== null) group.why = literal(one.class);
    groups.set(one.provider, group);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([provider, { states, why }]) => ({ hop: safe`provider:${provider}`, state: hopState(states), why }));
}

function hopState(states: readonly ModelState[]): HopState {
  const down = states.filter((one) => one === 'DOWN' || one === 'COOLING').length;
  if (down === 0) return states.includes('OK') ? 'OK' : 'UNKNOWN';
  return states.includes('OK') ? 'DEGRADED' : 'DOWN';
}
