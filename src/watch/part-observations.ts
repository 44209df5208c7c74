import type { Identity, Observation } from '../alerts/types.ts';
import type { GatewayFailure } from '../gateway/types.ts';
import type { GatewayProcess, ProcessRole, ProcessSample, Replacement } from '../host/types.ts';
import type { SafeText } from '../text/safe-text.ts';
import { literal, safe } from '../text/scrub.ts';
import { gatewayCondition } from './gateway-state.ts';
import { partObservation } from './observations.ts';
import { failureOf, type State } from './state.ts';
import { titleOf } from './titles.ts';

const NONE = literal('-');

/** SERVER: from every answer that liveliness and its neighbours give. Starting and draining are no outage. */
export function serverObservations(state: State, gateway: SafeText, now: number): Observation[] {
  const identity: Identity = { class: 'SERVER', scope: 'gateway', target: gateway, credential: NONE };
  const last = state.live.last;
  // Whether a closed port is a start, a drain or an outage is only known with the processes.
  if (last === null || state.processes === null) return [];
  const { state: condition, why } = gatewayCondition(state, now);
  if (condition === 'STARTING' || condition === 'DRAINING') {
    return [{ kind: 'no-data', identity, at: last.at, why: why ?? literal('on its way') }];
  }
  if (condition !== 'DOWN' && condition !== 'WEDGED') {
    return [partObservation(identity, last.at, null, 'probe', literal('liveliness answers'))];
  }
  const failure = failureOf(state.live);
  const gone =
    failure?.code === 'REFUSED' && state.processes?.processes.length === 0 && state.processes.foundBy === 'none';
  const bad = {
    family: 'PLATFORM',
    severity: 'crit',
    title: condition === 'WEDGED' ? safe`the gateway ${gateway} is wedged` : serverTitle(gateway, failure, gone),
    fix:
      condition === 'WEDGED'
        ? literal('look at Redis, the database and slow callbacks, then restart the gateway')
        : serverFix(failure, gone),
    url: null,
    text: why ?? literal('no answer'),
    // A closed port and no process are two witnesses: two rounds are enough.
    weight: gone ? 1.5 : 1,
  } as const;
  return [partObservation(identity, last.at, bad, 'probe', NONE)];
}

function serverTitle(gateway: SafeText, failure: GatewayFailure | null, gone: boolean): SafeText {
  if (gone) return safe`the gateway ${gateway} is not running: connection refused, no process`;
  return failure === null
    ? safe`the gateway ${gateway} does not answer`
    : safe`the gateway ${gateway} does not answer: ${failure.text}`;
}

function serverFix(failure: GatewayFailure | null, gone: boolean): SafeText {
  if (gone)
    return literal('start the gateway (systemctl start litellm, or as you run it) and read the last lines of its log');
  return failure?.next ?? literal('restart the gateway and read the last lines of its log');
}

/** DATABASE: readiness says so. `Not connected` is only wrong where a database is configured. */
export function databaseObservations(state: State): Observation[] {
  const identity: Identity = { class: 'DATABASE', scope: 'database', target: literal('database'), credential: NONE };
  const last = state.ready.last;
  if (last === null) return [];
  const text = databaseTrouble(state);
  if (text === null && last.kind !== 'answered')
    return [{ kind: 'no-data', identity, at: last.at, why: literal('readiness does not answer') }];
  const bad = {
    family: 'PLATFORM',
    severity: 'crit',
    title: titleOf(identity),
    fix: literal(
      'check that Postgres is up, DATABASE_URL and free connections; do not rotate keys: they cannot be checked now',
    ),
    url: null,
  } as const;
  return [
    partObservation(
      identity,
      last.at,
      text === null ? null : { ...bad, text },
      'probe',
      literal('readiness says the database is connected'),
    ),
  ];
}

/** Why the database is in trouble by readiness, or null. */
export function databaseTrouble(state: State): SafeText | null {
  const last = state.ready.last;
  if (last === null) return null;
  if (last.kind === 'failed') return last.failure.code === 'DATABASE_DOWN' ? last.failure.text : null;
  if (last.kind !== 'answered') return null;
  if (last.value.database === 'DISCONNECTED') return literal('readiness says the database is disconnected');
  const expected = state.settings?.databaseConfigured === true;
  return last.value.database === 'NONE' && expected
    ? literal('a database is configured and readiness says it is not connected')
    : null;
}

/** Our own key, refused: the watcher is half blind, the gateway is up. */
export function keyObservations(state: State, gateway: SafeText, keyFrom: SafeText | null): Observation[] {
  const identity: Identity = { class: 'AUTH_GATEWAY', scope: 'watcher', target: gateway, credential: keyFrom ?? NONE };
  const last = state.models.last;
  if (last === null) return [];
  const failure = failureOf(state.models);
  if (failure !== null && failure.code !== 'KEY_REJECTED')
    return [{ kind: 'no-data', identity, at: last.at, why: failure.text }];
  const bad =
    failure === null
      ? null
      : ({
          family: 'ACCESS',
          severity: 'warn',
          title: safe`the gateway refuses the watchtower's key (${keyFrom ?? literal('no key')})`,
          fix: literal(
            'give the watchtower the master key or an admin-viewer key: LITELLM_MASTER_KEY in .env or the environment, or --key-file',
          ),
          url: null,
          text: failure.text,
        } as const);
  return [partObservation(identity, last.at, bad, 'probe', literal('/v1/models accepts the key'))];
}

/** RESTART: a worker or the whole gateway was replaced, even when every HTTP check stayed green. */
export function restartObservations(before: ProcessSample | null, sample: ProcessSample): Observation[] {
  if (before === null) return sample.processes.filter((one) => isLate(one, sample)).map(lateObservation);
  const seen = new Set(before.replacements.map(replacementId));
  return sample.replacements.filter((one) => !seen.has(replacementId(one))).map(replacedObservation);
}

/** Workers of one start come within a second of each other; one that is so much younger took another's place, ms. */
const LATE_MS = 5_000;
/** Older starts are history, ms. */
const RECENT_MS = 10 * 60_000;

/** The first look saw no worker go: its successor's age tells that one did. */
function isLate(one: GatewayProcess, { at, processes }: ProcessSample): boolean {
  if (one.role !== 'worker' || at - one.startedAt > RECENT_MS) return false;
  return processes.some((other) => other.role === 'worker' && one.startedAt - other.startedAt >= LATE_MS);
}

function lateObservation({ role, pid, startedAt }: GatewayProcess): Observation {
  const title = safe`${literal(role)} ${pid} took the place of one that went before the first look`;
  return restartObservation(role, startedAt, title);
}

function replacementId(one: Replacement): string {
  return `${one.role}:${one.gonePid}:${one.newPid}`;
}

function replacedObservation({ role, gonePid, newPid, at }: Replacement): Observation {
  const became = newPid === null ? literal('nothing took its place yet') : safe`${newPid} took its place`;
  return restartObservation(role, at, safe`${literal(role)} ${gonePid} is gone, ${became}`);
}

function restartObservation(role: ProcessRole, at: number, text: SafeText): Observation {
  const identity: Identity = { class: 'RESTART', scope: 'process', target: literal(role), credential: NONE };
  const cause = {
    family: 'PLATFORM',
    severity: 'info',
    provider: null,
    models: [],
    modelsLost: [],
    deployments: [],
    title: text,
    fix: literal(
      'requests in flight on it were lost; look for an out-of-memory kill (journalctl -k) or a worker health-check timeout',
    ),
    url: null,
    evidence: { at, source: 'process', text },
  } as const;
  const lists = { ...cause, models: [], modelsLost: [], deployments: [] };
  return { kind: 'bad', nature: 'edge', identity, at, cause: lists, times: 1, weight: 1, whole: true };
}
