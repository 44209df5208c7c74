import { formatAge, formatBytes, formatPct, formatRatio, formatUsd } from '../text/units.ts';
import type { Snapshot } from '../watch/snapshot.ts';
import type { Paint } from './paint.ts';
import { trafficText } from './traffic-text.ts';

/** Processes, other watchtowers, the machine, the log sources and the wallet. */
export function machineLines(snapshot: Snapshot, paint: Paint): string[] {
  return [
    ...processLines(snapshot, paint),
    ...watchtowerLines(snapshot),
    hostLine(snapshot),
    ...logLines(snapshot, paint),
    trafficLine(snapshot, paint),
    walletLine(snapshot),
  ];
}

function processLines({ processes, at }: Snapshot, paint: Paint): string[] {
  if (processes.length === 0) return ['processes: none found'];
  const rows = processes.map((one) => {
    const figures = [
      `cpu ${one.cpuPct === null ? '?' : formatPct(one.cpuPct)}`,
      `rss ${one.rssBytes === null ? '?' : formatBytes(one.rssBytes)}`,
      `fds ${one.fds ?? '?'}`,
      `sockets ${one.sockets ?? '?'}`,
      `age ${formatAge(Date.parse(at) - Date.parse(one.startedAt))}`,
    ];
    return `  ${one.pid} ${one.role}${one.replaced ? ` ${paint.warn('replaced')}` : ''} ${figures.join(' ')} ${one.command}`;
  });
  return [`processes: ${processes.length}`, ...rows];
}

function watchtowerLines({ watchtowers, at }: Snapshot): string[] {
  return watchtowers.map(
    (one) =>
      `other watchtower: ${one.pid} since ${formatAge(Date.parse(at) - Date.parse(one.startedAt))} ${one.command}`,
  );
}

function hostLine({ host }: Snapshot): string {
  const memory =
    host.memoryUsedBytes === null || host.memoryTotalBytes === null
      ? '?'
      : `${formatBytes(host.memoryUsedBytes)} of ${formatBytes(host.memoryTotalBytes)}`;
  const gateway = host.gatewayRssBytes === null ? '' : `, gateway ${formatBytes(host.gatewayRssBytes)}`;
  const limit =
    host.memoryLimit === null ? '' : ` of ${formatBytes(host.memoryLimit.bytes)} (${host.memoryLimit.from})`;
  const disks = host.disks.map((disk) => `, disk ${disk.path} ${formatRatio(disk.usedRatio)} used`).join('');
  const cpu = host.cpuPct === null ? '?' : formatPct(host.cpuPct);
  return `machine: cpu ${cpu}, load ${host.load1 ?? '?'} on ${host.cores} cores, memory ${memory}${gateway}${limit}${disks}`;
}

function logLines({ logs }: Snapshot, paint: Paint): string[] {
  if (logs.sources.length === 0) return ['log: no source found; name one with --log-file, --journal or --container'];
  return logs.sources.map((one) => {
    const age = one.lastLineAgeS === null ? 'no line yet' : `last line ${one.lastLineAgeS} s ago`;
    const why = one.why === null ? '' : `: ${one.why}`;
    return `log: ${paint.state(one.state)} ${one.kind} ${one.path}, ${one.lines} lines, ${age}, ${one.behindBytes} bytes behind${why}`;
  });
}

/** Callers by the access lines, and whether they and the log are heard. */
function trafficLine({ logs }: Snapshot, paint: Paint): string {
  const silences = [
    ['callers', logs.trafficSilence],
    ['log', logs.logSilence],
  ] as const;
  const heard = silences.map(
    ([what, { state, why }]) =>
      `${what} ${state === 'SILENT' ? paint.warn(state) : state}${why === null || logs.traffic === null ? '' : ` (${why})`}`,
  );
  return `traffic: ${trafficText(logs)}; ${heard.join(', ')}`;
}

function walletLine({ wallet }: Snapshot): string {
  const refused = wallet.lastRefusal === null ? '' : `, ${wallet.refused} refused, last: ${wallet.lastRefusal}`;
  const repeated = wallet.repeated ? `; LiteLLM repeats calls to ${wallet.repeated} failing deployments by itself` : '';
  const background =
    wallet.backgroundUsdPerDay === null
      ? ''
      : `; LiteLLM's own checks about ${formatUsd(wallet.backgroundUsdPerDay)} USD a day`;
  const off = wallet.paidProbes ? '' : ', paid probes are off';
  return `probes today: ${formatUsd(wallet.estimatedUsd)} of ${formatUsd(wallet.capUsd)} USD, ${wallet.calls} of ${wallet.capCalls} calls${off}${refused}${repeated}${background}`;
}
