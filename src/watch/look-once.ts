import type { Clock } from '../clock.ts';
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
  let seenAt = Number.NEGATIVE_INFINITY;
  const step = async (name: string, question: Promise<void>): Promise<void> => {
    pending.add(name);
    await question;
    pending.delete(name);
  };
  const look = async (): Promise<void> => {
    deps.logs.start();
    const settings = step('the process list', ask.processes()).then(() => {
      seenAt = deps.clock.monotonic();
      return step('the surroundings', ask.surroundings());
    });
    // What needs a key waits for what the gateway's settings say of keys only where we have none.
    const keys = options.hasKey ? Promise.resolve() : settings;
    await Promise.all([
      settings,
      step('the machine', ask.host()),
      step('liveliness', ask.live(signal)),
      step('readiness', ask.ready(signal)),
      step('the version', ask.hub(signal)),
      keys.then(() =>
        Promise.all([
          step('/v1/models', ask.models(signal)),
          step('/v1/model/info', ask.modelInfo(signal)),
          step('the details', ask.extras(signal)),
        ]),
      ),
    ]);
    await Promise.all([step('/health', ask.health(signal)), step('the chat probe', ask.chat(signal, false))]);
  };
  const inTime = await within(look(), deps.clock, timeoutMs);
  if (!inTime) {
    const text = literal(`no answer within ${timeoutMs / 1000} s (--timeout): ${[...pending].join(', ')}`);
    core.dispatch({ kind: 'problem', problem: { code: 'TIMEOUT', text, fix: literal('raise --timeout') } });
  }
  // A second look at the processes gives their CPU, by what passed since the first; the log has had time to be read.
  if (inTime) await rest(deps.clock, CPU_WINDOW_MS - (deps.clock.monotonic() - seenAt));
  await ask.processes();
  await ask.logs();
  const snapshot = core.snapshot();
  ending.abort();
  await Promise.all([deps.logs.stop(), deps.client.close()]);
  return snapshot;
}

/** The kernel counts CPU time in ticks of 10 ms: a shorter window tells nothing. */
const CPU_WINDOW_MS = 130;

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
