import { logSilence, type Silence, trafficSilence } from '../logs/records/silence.ts';
import type { LogSource } from '../logs/types.ts';
import { literal } from '../text/scrub.ts';
import type { SilenceView, TrafficView } from './logs-view.ts';
import type { EndpointName, State } from './state.ts';

/** Lines that were read, and questions of ours that the gateway answered since the last of them and that must have left one. */
export interface Hearing {
  readonly lines: number;
  readonly answeredSince: number;
}

/** After a look at the log: a line that came ends the count. */
export function afterLines(hearing: Hearing, sources: readonly LogSource[]): Hearing {
  const lines = sources.reduce((sum, source) => sum + source.lines, 0);
  return lines === hearing.lines ? hearing : { lines, answeredSince: 0 };
}

/**
 * Questions that leave a line in a log with access lines. What is under /health and /metrics is often left out of it
 * (LITELLM_DISABLE_ACCESS_LOG_PATHS), and a log without those is not silent.
 */
const LEAVES_A_LINE: readonly EndpointName[] = ['models', 'modelInfo', 'chat', 'hub'];

/** After an answer of the gateway. */
export function afterAnswer(hearing: Hearing, endpoint: EndpointName): Hearing {
  return LEAVES_A_LINE.includes(endpoint) ? { ...hearing, answeredSince: hearing.answeredSince + 1 } : hearing;
}

/** After so long without a line, a log that nothing proves to be silent is not called heard either, s. */
const LONG_S = 300;

/** Whether the log that is followed is still the one that the gateway writes to. */
export function logHeard({ sources, hearing, traffic }: State): SilenceView {
  if (sources.every(({ state }) => state === 'NONE' || state === 'MISSING' || state === 'UNREADABLE'))
    return viewOf({ state: 'UNKNOWN', why: 'no log is read' });
  const ages = sources.map((source) => source.lastLineAgeS).filter((age) => age !== null);
  const lastLineAgeS = ages.length === 0 ? null : Math.min(...ages);
  const silence = logSilence({ lastLineAgeS, accessSeen: traffic !== null, answeredSince: hearing.answeredSince });
  if (silence.state !== 'HEARD' || lastLineAgeS === null || lastLineAgeS < LONG_S) return viewOf(silence);
  return viewOf({ state: 'UNKNOWN', why: 'no line for long, and nothing was asked that must have left one' });
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
