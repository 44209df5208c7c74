import type { FailureCode } from '../gateway/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import { safe } from '../text/scrub.ts';
import { formatAge } from '../text/units.ts';
import type { GatewayState, KeyState } from './snapshot.ts';
import { failureOf, type Probe, type State } from './state.ts';

/** A process that has no listener yet counts as starting this long; then it is an outage with a process. */
const BOOT_GRACE_MS = 90_000;

/** The port itself, not what answers behind it: liveliness, which is asked more often, is the judge of that. */
const OF_THE_PORT: readonly FailureCode[] = ['REFUSED', 'RESET', 'CONNECT_TIMEOUT', 'DNS', 'TLS'];
const SILENT: readonly FailureCode[] = ['FIRST_BYTE_TIMEOUT', 'BODY_TIMEOUT', 'DEADLINE'];

export interface GatewayCondition {
  state: GatewayState;
  why: SafeText | null;
}

/** What the gateway is doing, from liveliness first, then from what else answers and from its process. */
export function gatewayCondition(state: State, now: number): GatewayCondition {
  const failure = failureOf(state.live);
  if (state.live.last === null) return { state: 'UNKNOWN', why: safe`not asked yet` };
  if (failure === null) return whileAlive(state);
  if (failure.code === 'SHUTTING_DOWN') return { state: 'DRAINING', why: failure.text };
  if (failure.code === 'REFUSED') return whenRefused(state, failure.text, now);
  if (failure.code === 'OVERLOADED') return { state: 'DEGRADED', why: failure.text };
  return { state: 'DOWN', why: failure.text };
}

function whileAlive(state: State): GatewayCondition {
  const others: Probe<unknown>[] = [state.ready, state.models];
  const asked = others.filter((probe) => probe.last !== null);
  const silent = asked.filter((probe) => SILENT.includes(failureOf(probe)?.code as FailureCode));
  if (asked.length > 0 && silent.length === asked.length) {
    return {
      state: 'WEDGED',
      why: safe`liveliness answers, nothing else does: a worker waits for something that never comes`,
    };
  }
  const ready = failureOf(state.ready);
  // A database that is away is a hop of its own: the gateway itself answers.
  if (ready !== null && ready.code !== 'DATABASE_DOWN' && !OF_THE_PORT.includes(ready.code))
    return { state: 'DEGRADED', why: ready.text };
  return { state: 'OK', why: null };
}

/** The port is closed: gone, on its way up, or on its way out with requests still in flight. */
function whenRefused(state: State, text: SafeText, now: number): GatewayCondition {
  const master = state.processes?.processes[0];
  if (master === undefined) return { state: 'DOWN', why: text };
  const age = now - master.startedAt;
  const served = state.servedBy === identityOf(master) || (state.processes?.connections ?? 0) > 0;
  if (served) {
    return { state: 'DRAINING', why: safe`process ${master.pid} takes no new connections and finishes what it has` };
  }
  if (age < BOOT_GRACE_MS) {
    return {
      state: 'STARTING',
      why: safe`process ${master.pid} started ${formatAge(age)} ago and does not listen yet`,
    };
  }
  return {
    state: 'DOWN',
    why: safe`process ${master.pid} runs since ${formatAge(age)} but nothing listens on the port`,
  };
}

export function identityOf(process: { pid: number; startTicks: number }): string {
  return `${process.pid}:${process.startTicks}`;
}

/** What the gateway thinks of our key, by the answers of the routes that need one. */
export function keyState(state: State, hasKey: boolean): KeyState {
  const answers = [state.models, state.modelInfo, state.health, state.details];
  const codes = answers.map((probe) => failureOf(probe)?.code);
  const open = state.settings?.runsWithoutKey === true;
  if (codes.includes('KEY_REJECTED')) return 'REJECTED';
  if (answers.some((probe) => probe.last?.kind === 'answered')) return hasKey && !open ? 'OK' : 'NOT_NEEDED';
  if (codes.includes('KEY_MISSING') || !hasKey) return open ? 'UNKNOWN' : 'MISSING';
  return 'UNKNOWN';
}
