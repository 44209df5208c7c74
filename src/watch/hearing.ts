import { logSilence, type Silence, trafficSilence } from '../logs/records/silence.ts';
import type { LogSource } from '../logs/types.ts';
import { literal } from '../text/scrub.ts';
import type { SilenceView, TrafficView } from './logs-view.ts';
import type { State } from './state.ts';

/** Lines that were read, and questions of ours that the gateway answered since the last of them. */
export interface Hearing {
  readonly lines: number;
  readonly answeredSince: number;
}

/** After a look at the log: a line that came ends the count. */
export function afterLines(hearing: Hearing, sources: readonly LogSource[]): Hearing {
  const lines = sources.reduce((sum, source) => sum + source.lines, 0);
  return lines === hearing.lines ? hearing : { lines, answeredSince: 0 };
}

/** After an answer of the gateway, which leaves a line in a log with access lines. */
export function afterAnswer(hearing: Hearing): Hearing {
  return { ...hearing, answeredSince: hearing.answeredSince + 1 };
}

/** Whether the log that is followed is still the one that the gateway writes to. */
export function logHeard({ sources, hearing, traffic }: State): SilenceView {
  const ages = sources.map(({ lastLineAgeS }) => lastLineAgeS).filter((age) => age !== null);
  return viewOf(
    sources.every(({ state }) => state === 'NONE' || state === 'MISSING' || state === 'UNREADABLE')
      ? { state: 'UNKNOWN', why: 'no log is read' }
      : logSilence({
          lastLineAgeS: ages.length === 0 ? null : Math.min(...ages),
          accessSeen: traffic !== null,
          answeredSince: hearing.answeredSince,
        }),
  );
}

/** Whether callers still come to the gateway. */
export function callersHeard({ traffic, live }: State): SilenceView {
  return viewOf(trafficSilence(traffic, live.last?.kind === 'answered'));
}

function viewOf(silence: Silence): SilenceView {
  return {
    state: silence.state,
    forS: silence.state === 'SILENT' ? silence.forS : null,
    why: silence.state === 'HEARD' ? null : literal(silence.why),
  };
}

export function trafficView({ traffic }: State): TrafficView | null {
  if (traffic === null) return null;
  const { latencyMs, ...rest } = traffic;
  return { ...rest, p50Ms: latencyMs?.p50 ?? null, p95Ms: latencyMs?.p95 ?? null };
}
