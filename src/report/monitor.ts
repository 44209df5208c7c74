import { formatAge, formatBytes, formatMs, formatPct, formatUsd } from '../text/units.ts';
import type { IncidentView, Snapshot } from '../watch/snapshot.ts';
import { toJson } from './json.ts';
import { createPaint } from './paint.ts';
import { trafficText } from './traffic-text.ts';

export interface MonitorReport {
  /** The status block of an interval: whole lines with their line ends. */
  block(snapshot: Snapshot): string;
  /** A line for each change between two snapshots; empty where nothing changed. */
  changes(before: Snapshot | null, after: Snapshot): string;
  /** The last line, with why it ends. */
  last(snapshot: Snapshot | null, why: string, now: Date): string;
}

interface Change {
  type: 'incident' | 'verdict' | 'gateway' | 'process' | 'log' | 'callers';
  what: string;
  text: string;
  incident?: IncidentView;
}

/** Lines for a terminal, a file or a pipe: each begins with an RFC 3339 time; as JSON, an object a line. */
export function createMonitorReport(options: {
  format: 'text' | 'json';
  color: boolean;
  ascii: boolean;
}): MonitorReport {
  return options.format === 'json' ? jsonReport() : textReport(options);
}

function jsonReport(): MonitorReport {
  const line = (value: object): string => `${toJson(value)}\n`;
  return {
    block: (snapshot) => line({ type: 'status', ...snapshot }),
    changes: (before, after) =>
      changesOf(before, after)
        .map((one) => line({ ...one, at: after.at, gateway: after.gateway.name }))
        .join(''),
    last: (snapshot, why, now) => line({ type: 'end', at: now.toISOString(), why, verdict: snapshot?.verdict ?? null }),
  };
}

function textReport({ color, ascii }: { color: boolean; ascii: boolean }): MonitorReport {
  const paint = createPaint(color);
  const clean = (text: string): string => (ascii ? text.replace(/[^\u0000-\u007f]/gu, '?') : text);
  const lines = (at: string, texts: readonly string[]): string =>
    texts.map((text) => `${at} ${clean(text.replace(/\n/g, ' / '))}\n`).join('');
  return {
    block(snapshot) {
      const { verdict } = snapshot;
      const head = `${paint.state(verdict.state)} ${snapshot.gateway.name} ${verdict.summary}${verdict.state === 'OK' ? '' : `; next: ${verdict.next}`}`;
      return lines(snapshot.at, [head, ...figures(snapshot)]);
    },
    changes: (before, after) =>
      lines(
        after.at,
        changesOf(before, after).map((one) => `CHANGE ${one.text}`),
      ),
    last: (snapshot, why, now) =>
      lines(now.toISOString(), [
        `END ${why}${snapshot === null ? '' : `; last verdict: ${snapshot.verdict.state} ${snapshot.verdict.summary}`}`,
      ]),
  };
}

/** What stands under the verdict in each block: endpoints, models, processes and machine, the wallet. */
function figures({ gateway, models, processes, host, wallet, incidents, logs }: Snapshot): string[] {
  const { live, ready, modelsList, health, chat, key } = gateway;
  const ms = (value: number | null): string => known(value, formatMs);
  const code = (status: number | null): string => String(status ?? '-');
  const bad = models
    .filter((one) => !['OK', 'UNKNOWN'].includes(one.state))
    .map((one) => `${one.name} ${one.state}${one.class === null ? '' : ` ${one.class}`}`);
  const open = incidents
    .filter((one) => one.state !== 'RESOLVED')
    .map((one) => `${one.class} ${one.target} ${one.state}`);
  const counts =
    health.healthy === null
      ? `not asked (${health.why ?? 'no answer yet'})`
      : `${health.healthy} healthy ${health.unhealthy} unhealthy ${health.ageS}s old`;
  return [
    `  gateway ${gateway.state} live ${code(live.status)} ${ms(live.latencyMs)} ready ${code(ready.status)} ${ms(ready.latencyMs)} database ${ready.database} models ${code(modelsList.status)} ${ms(modelsList.latencyMs)} key ${key.state}`,
    `  health ${counts}; chat ${chat.model ?? '-'} ${chat.state} ${code(chat.status)} ${ms(chat.latencyMs)}${chat.why === null ? '' : ` (${chat.why})`}`,
    `  models ${models.filter((one) => one.state === 'OK').length}/${models.length} OK${bad.length === 0 ? '' : `: ${bad.join(', ')}`}`,
    `  incidents ${open.length === 0 ? 'none' : open.join(', ')}`,
    `  traffic ${trafficText(logs)}; callers ${logs.trafficSilence.state} log ${logs.logSilence.state}`,
    `  system cpu ${known(host.cpuPct, formatPct)} load ${host.load1 ?? '-'} processes ${processes.length} gateway memory ${known(host.gatewayRssBytes, formatBytes)}; probes ${formatUsd(wallet.estimatedUsd)} of ${formatUsd(wallet.capUsd)} USD, ${wallet.calls} calls, ${wallet.refused} refused`,
  ];
}

function known(value: number | null, format: (value: number) => string): string {
  return value === null ? '-' : format(value);
}

function changesOf(before: Snapshot | null, after: Snapshot): Change[] {
  const changes: Change[] = [];
  if (before !== null && before.gateway.state !== after.gateway.state) {
    changes.push({
      type: 'gateway',
      what: after.gateway.state,
      text: `gateway ${before.gateway.state} > ${after.gateway.state}${after.gateway.why === null ? '' : `: ${after.gateway.why}`}`,
    });
  }
  if (before !== null && before.verdict.state !== after.verdict.state) {
    changes.push({
      type: 'verdict',
      what: after.verdict.state,
      text: `verdict ${before.verdict.state} > ${after.verdict.state}: ${after.verdict.summary}`,
    });
  }
  if (before !== null) changes.push(...silences(before, after));
  const earlier = new Map((before?.incidents ?? []).map((one) => [one.id, one]));
  for (const one of after.incidents) {
    const was = earlier.get(one.id);
    if (was !== undefined && isSame(was, one)) continue;
    // What was over before we began is history, not a change.
    if (was === undefined && one.state === 'RESOLVED' && before === null) continue;
    changes.push({ type: 'incident', what: one.state, text: incidentText(one, after.at), incident: one });
  }
  return changes;
}

/** Nothing that is worth a line; of a process its title tells which one went, and each that goes is worth one. */
function isSame(was: IncidentView, is: IncidentView): boolean {
  const next = is.scope === 'process' && was.title !== is.title;
  return (
    was.state === is.state && was.severity === is.severity && was.modelsLost.length === is.modelsLost.length && !next
  );
}

/** That something falls silent, and that it is heard again. */
function silences({ logs: before }: Snapshot, { logs: after }: Snapshot): Change[] {
  const pairs = [
    ['log', before.logSilence, after.logSilence],
    ['callers', before.trafficSilence, after.trafficSilence],
  ] as const;
  return pairs
    .filter(([, was, is]) => was.state !== is.state && [was.state, is.state].includes('SILENT'))
    .map(([type, was, is]) => ({
      type,
      what: is.state,
      text: `${type} ${was.state} > ${is.state}${is.why === null ? '' : `: ${is.why}`}`,
    }));
}

function incidentText(one: IncidentView, at: string): string {
  const lasted = formatAge(Date.parse(one.until ?? at) - Date.parse(one.since));
  const lost = one.modelsLost.length === 0 ? '' : `; lost: ${one.modelsLost.join(', ')}`;
  const end =
    one.state === 'RESOLVED' ? `; lasted ${lasted}` : `; fix: ${one.fix}${one.url === null ? '' : ` ${one.url}`}`;
  return `${one.class} ${one.state} ${one.severity} ${one.title}${lost}${end}`;
}
