import type { Clock } from '../clock.ts';
import type { LogSource } from '../logs/types.ts';
import { literal } from '../text/scrub.ts';
import { createAsk } from './ask.ts';
import { createCore, type EngineDeps, type EngineOptions } from './core.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * One look at everything, whole within `timeoutMs`: what had no answer by then is marked as a problem, and the verdict is
 * of the rest. Never more than one `/health`.
 */
export async function lookOnce(options: EngineOptions, deps: EngineDeps, timeoutMs: number): Promise<Snapshot> {
  const core = createCore(options, deps);
  const ask = createAsk(core, options, deps);
  const ending = new AbortController();
  const { signal } = ending;
  const pending = new Set<string>();
  const step = async (name: string, question: Promise<void>): Promise<void> => {
    pending.add(name);
    await question;
    pending.delete(name);
  };
  const look = async (): Promise<void> => {
    deps.logs.start();
    const live = step('liveliness', ask.live(signal));
    const settings = step('the process list', ask.processes()).then(() => step('the surroundings', ask.surroundings()));
    // What needs a key waits for what the gateway's settings say of keys only where we have none.
    const keys = options.hasKey ? Promise.resolve() : settings;
    const models = keys.then(() => step('/v1/models', ask.models(signal)));
    const prices = keys.then(() => step('/v1/model/info', ask.modelInfo(signal)));
    // What costs money is asked only where these tell that it may be, and what it costs.
    const paid = Promise.all([live, settings, models, prices]).then(() =>
      Promise.all([step('/health', ask.health(signal)), step('the chat probe', ask.chat(signal, false))]),
    );
    await Promise.all([
      paid,
      step('the machine', ask.host()),
      step('readiness', ask.ready(signal)),
      step('the version', ask.hub(signal)),
      keys.then(() => step('the details', ask.extras(signal))),
    ]);
  };
  const inTime = await within(look(), deps.clock, timeoutMs);
  if (!inTime) {
    const text = literal(`no answer within ${timeoutMs / 1000} s (--timeout): ${[...pending].join(', ')}`);
    core.dispatch({ kind: 'problem', problem: { code: 'TIMEOUT', text, fix: literal('raise --timeout') } });
  }
  const seen = core.state().processes;
  const found = seen !== null && seen.processes.length > 0;
  const windowMs = deps.logs.sources().some(isRead) ? LOG_WINDOW_MS : CPU_WINDOW_MS;
  if (inTime && seen !== null) await rest(deps.clock, windowMs - (deps.clock.now() - seen.at));
  // A second look gives the CPU of the machine and of the processes, by what passed since the first.
  await Promise.all([ask.host(), found ? ask.processes() : null]);
  await ask.logs();
  const snapshot = core.snapshot();
  ending.abort();
  await Promise.all([deps.logs.stop(), deps.client.close()]);
  return snapshot;
}

/** The kernel counts CPU time in ticks of 10 ms: over a shorter window the host's monitor tells nothing. */
const CPU_WINDOW_MS = 101;
/** A log is found after the processes are; this long it has had to be read, for its records to be whole. */
const LOG_WINDOW_MS = 130;

const isRead = ({ state }: LogSource): boolean => state === 'FOLLOWING' || state === 'SILENT';

function rest(clock: Clock, ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => void clock.after(ms, resolve));
}

/** True when `work` ended within `ms`; it goes on unheard otherwise. */
function within(work: Promise<void>, clock: Clock, ms: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => resolve(false));
    work.then(() => resolve(true), reject).finally(cancel);
  });
}
