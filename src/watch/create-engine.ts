import { literal } from '../text/scrub.ts';
import { type Ask, answersFromCache, createAsk } from './ask.ts';
import { createCore, type EngineDeps, type EngineOptions } from './core.ts';
import type { Command, Engine } from './engine.ts';
import { gatewayCondition } from './gateway-state.ts';
import { CACHED_MS } from './reduce.ts';
import { type Job, startSchedule } from './schedule.ts';
import type { Snapshot } from './snapshot.ts';
import { failureOf, type State } from './state.ts';
import { createTeller } from './teller.ts';

/** A round by hand starts at most this often, however long `r` is held down. */
const REFRESH_FLOOR_MS = 2_000;
/** `/health` costs a provider call a deployment: no oftener than this where the gateway does not answer from its cache. */
export const PAID_HEALTH_FLOOR_MS = 300_000;
/** So many quick answers in a row are looked at again soon: they may come from LiteLLM's background cache. */
const CACHE_CHECKS = 3;

/** The engine in this thread. It starts at once and asks for ever, until `stop`. */
export function createEngine(options: EngineOptions, deps: EngineDeps): Engine {
  const { clock } = deps;
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let latest: Snapshot | null = null;
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<Error>((resolve) => {
    fail = resolve;
  });

  const core = createCore(options, deps, (before, after) => {
    latest = null;
    teller.changed(before, after);
  });
  const teller = createTeller(clock, () => {
    const snapshot = current();
    for (const listener of listeners) listener(snapshot);
  });
  const current = (): Snapshot => {
    latest ??= core.snapshot();
    return latest;
  };

  const ask = createAsk(core, options, deps);
  let cacheChecks = 0;
  deps.logs.start();
  const schedule = startSchedule(
    jobs(
      ask,
      options,
      () => core.state(),
      countChecks,
      (name) => schedule.now(name),
    ),
    clock,
    deps.random,
    (name, error) => {
      if (name === 'logs' || name === 'processes') {
        const text = literal(`the ${name} collector failed: ${error instanceof Error ? error.message : String(error)}`);
        core.dispatch({
          kind: 'problem',
          problem: { code: `COLLECTOR_${name.toUpperCase()}`, text, fix: literal('please report it') },
        });
      } else fail(error instanceof Error ? error : new Error(String(error)));
    },
  );

  function countChecks(): number {
    const good = core.state().health.good;
    if (good === null || good.latencyMs > CACHED_MS) return CACHE_CHECKS;
    cacheChecks += 1;
    return cacheChecks;
  }

  const ending = new AbortController();
  let refreshedAt = Number.NEGATIVE_INFINITY;
  const refresh = async (): Promise<void> => {
    if (clock.monotonic() - refreshedAt < REFRESH_FLOOR_MS || core.state().refresh.startedAt !== null) return;
    refreshedAt = clock.monotonic();
    core.dispatch({ kind: 'refresh', started: true });
    await round(schedule.now, () => ask.chat(ending.signal, true));
    core.dispatch({ kind: 'refresh', started: false });
  };

  return {
    current,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send(command: Command) {
      void refresh();
      if (command.kind === 'rediscover') void schedule.now('surroundings');
    },
    failed,
    async stop() {
      ending.abort();
      teller.stop();
      await schedule.stop();
      await deps.logs.stop();
      await deps.client.close();
    },
  };
}

/** Everything once more, what is free first, so that the paid questions know what they cost. */
async function round(now: (name: string) => Promise<void>, chat: () => Promise<void>): Promise<void> {
  await Promise.all(['live', 'ready', 'models', 'modelInfo', 'processes', 'logs'].map(now));
  await Promise.all([now('health'), chat()]);
}

const SECOND = 1000;

function jobs(
  ask: Ask,
  options: EngineOptions,
  state: () => State,
  cacheChecks: () => number,
  now: (name: string) => Promise<void>,
): Job[] {
  const { intervalMs, chatIntervalMs } = options;
  const minutely = Math.max(60 * SECOND, intervalMs);
  const gate = firstOf(options.hasKey);
  return [
    {
      name: 'surroundings',
      everyMs: () => 30 * SECOND,
      run: () => gate.seen.then(() => ask.surroundings()).finally(gate.open),
    },
    {
      name: 'processes',
      everyMs: () => 2 * SECOND,
      run: () => Promise.all([ask.processes().finally(gate.openSeen), ask.host()]).then(() => {}),
    },
    { name: 'logs', everyMs: () => SECOND, run: () => ask.logs() },
    {
      name: 'live',
      everyMs: () => (allWell(state()) ? 5 * SECOND : SECOND),
      run: (signal) => lookAlive(ask, state, now, signal),
    },
    { name: 'ready', everyMs: () => intervalMs, run: (signal) => lookReady(ask, state, now, signal) },
    {
      name: 'hub',
      everyMs: () => (state().hub.last?.kind === 'failed' ? intervalMs : 600 * SECOND),
      run: (signal) => ask.hub(signal),
    },
    { name: 'models', everyMs: () => intervalMs, run: (signal) => gate.passed.then(() => ask.models(signal)) },
    {
      name: 'modelInfo',
      everyMs: () => minutely,
      run: (signal) => gate.passed.then(() => ask.modelInfo(signal)).finally(gate.openPaid),
    },
    { name: 'extras', everyMs: () => minutely, run: (signal) => gate.passed.then(() => ask.extras(signal)) },
    {
      name: 'health',
      everyMs: () => healthEvery(state(), intervalMs, cacheChecks),
      run: (signal) => gate.paid.then(() => ask.health(signal)),
    },
    { name: 'chat', everyMs: () => chatIntervalMs, run: (signal) => gate.paid.then(() => ask.chat(signal, false)) },
  ];
}

/** The version too: what comes back is often another one. */
const WHEN_BACK = ['processes', 'ready', 'hub', 'models', 'modelInfo'];

/** Liveliness; and where it turned, at once what tells why: the processes when it went, what failed meanwhile when it is back. */
async function lookAlive(
  ask: Ask,
  state: () => State,
  now: (name: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const before = state().live.last?.kind;
  await ask.live(signal);
  const after = state().live.last?.kind;
  if (before === undefined || before === after) return;
  const unheard = state().health.last?.kind === 'answered' ? [] : ['health'];
  for (const name of after === 'answered' ? [...WHEN_BACK, ...unheard] : ['processes']) void now(name);
}

/** Readiness; a port that is closed to it is looked at again at once, by liveliness. */
async function lookReady(
  ask: Ask,
  state: () => State,
  now: (name: string) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  await ask.ready(signal);
  if (failureOf(state().ready)?.code === 'REFUSED' && state().live.last?.kind === 'answered') void now('live');
}

/**
 * The processes come first, then settings, which tell of keys, then, where we have none, what needs one; what costs waits
 * for settings and prices.
 */
function firstOf(hasKey: boolean) {
  const seen = Promise.withResolvers<void>();
  const settings = Promise.withResolvers<void>();
  const prices = Promise.withResolvers<void>();
  return {
    seen: seen.promise,
    passed: hasKey ? Promise.resolve() : settings.promise,
    paid: Promise.all([settings.promise, prices.promise]),
    openSeen: () => seen.resolve(),
    open: () => settings.resolve(),
    openPaid: () => prices.resolve(),
  };
}

function allWell(state: State): boolean {
  return gatewayCondition(state, state.startedAt).state === 'OK';
}

/** Soon until it was asked at all: what forbids it, as a gateway that does not answer yet, costs nothing to look at again. */
function healthEvery(state: State, intervalMs: number, cacheChecks: () => number): number {
  if (state.health.last === null) return intervalMs;
  if (answersFromCache(state) || state.health.good?.value.pending === true) return intervalMs;
  return cacheChecks() < CACHE_CHECKS ? intervalMs : Math.max(PAID_HEALTH_FLOOR_MS, intervalMs);
}
