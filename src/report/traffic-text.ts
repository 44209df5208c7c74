import { formatMs, formatRate, formatRatio } from '../text/units.ts';
import type { LogsView } from '../watch/logs-view.ts';

/** `12 a second, 5xx 1%, 4xx 3%, p50 120ms, p95 900ms, over 60s`; what is not known is said. */
export function trafficText({ traffic, trafficSilence }: Pick<LogsView, 'traffic' | 'trafficSilence'>): string {
  if (traffic === null) return `not known: ${trafficSilence.why ?? 'no access lines in the log'}`;
  const { perSecond, errorRatio, refusedRatio, p50Ms, p95Ms, windowS } = traffic;
  const share = (word: string, ratio: number | null): string[] =>
    ratio === null ? [] : [`${word} ${formatRatio(ratio)}`];
  const times = p50Ms === null || p95Ms === null ? [] : [`p50 ${formatMs(p50Ms)}`, `p95 ${formatMs(p95Ms)}`];
  return [
    `${formatRate(perSecond)} a second`,
    ...share('5xx', errorRatio),
    ...share('4xx', refusedRatio),
    ...times,
    `over ${windowS}s`,
  ].join(', ');
}
