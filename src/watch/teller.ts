import type { Clock } from '../clock.ts';
import type { ProcessSample } from '../host/types.ts';
import type { State } from './state.ts';

/** Snapshots are told at most this often, and only after a change; oftener while the first answers come in. */
const TELL_MS = 250;
const TELL_FIRST_MS = 20;
const FIRST_ANSWERS_MS = 2_000;
/** Figures that move by themselves start no snapshot sooner; they go along with any other. */
const TELL_FIGURES_MS = 2_500;

/** Decides when listeners hear of a change. */
export interface Teller {
  changed(before: State, after: State): void;
  stop(): void;
}

export function createTeller(clock: Clock, tell: () => void): Teller {
  const startedAt = clock.monotonic();
  let dueAt = Number.POSITIVE_INFINITY;
  let cancel = (): void => {};
  const within = (ms: number): void => {
    const at = clock.monotonic() + ms;
    if (at >= dueAt) return;
    cancel();
    dueAt = at;
    cancel = clock.after(ms, () => {
      dueAt = Number.POSITIVE_INFINITY;
      tell();
    });
  };
  return {
    changed(before, after) {
      if (clock.monotonic() - startedAt < FIRST_ANSWERS_MS) within(TELL_FIRST_MS);
      else within(onlyFigures(before, after) ? TELL_FIGURES_MS : TELL_MS);
    },
    stop: () => cancel(),
  };
}

const FIGURES: readonly string[] = ['host', 'self', 'traffic', 'sources', 'processes'] satisfies (keyof State)[];

/**
 * True where nothing has moved but loads and sizes, the rate of requests and the age of log lines: the same processes, the
 * same sources in the same states.
 */
function onlyFigures(before: State, after: State): boolean {
  const names = Object.keys(after) as (keyof State)[];
  return (
    names.every((name) => before[name] === after[name] || FIGURES.includes(name)) &&
    sameSources(before.sources, after.sources) &&
    sameProcesses(before.processes, after.processes)
  );
}

function sameSources(before: State['sources'], after: State['sources']): boolean {
  return (
    before.length === after.length &&
    after.every(({ state, gaps }, index) => state === before[index]?.state && gaps === before[index]?.gaps)
  );
}

function sameProcesses(before: ProcessSample | null, after: ProcessSample | null): boolean {
  if (before === null || after === null) return before === after;
  return fixedPart(before) === fixedPart(after);
}

function fixedPart({ foundBy, why, listening, connections, processes, replacements }: ProcessSample): string {
  const known = processes.map((one) => [one.pid, one.startTicks, one.role, one.replaced, one.cpuPct === null]);
  return JSON.stringify([foundBy, why, listening, (connections ?? 0) > 0, known, replacements.length]);
}
