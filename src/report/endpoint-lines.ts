import type { FailureView, Snapshot } from '../watch/snapshot.ts';
import type { Paint } from './paint.ts';

interface Measured {
  status: number | null;
  latencyMs: number | null;
  ageS: number | null;
  failure: FailureView | null;
}

/** The gateway and each of its endpoints: code, response time, age, and what our key is worth. */
export function endpointLines({ gateway }: Snapshot, paint: Paint): string[] {
  const { live, ready, modelsList, health, chat, key, version } = gateway;
  const why = gateway.why === null ? '' : `: ${gateway.why}`;
  const from = key.from === null ? '' : ` (${key.from})`;
  const counts =
    health.healthy === null
      ? (health.why ?? 'not known')
      : `${health.healthy} healthy, ${health.unhealthy} unhealthy, ${health.from}`;
  const database = `database ${paint.state(ready.database)}, cache ${ready.cache ?? 'not known'}`;
  const probed =
    chat.model === null ? (chat.why ?? 'not asked') : `${chat.model}${chat.why === null ? '' : `, ${chat.why}`}`;
  return [
    `gateway: ${paint.state(gateway.state)} ${gateway.name} at ${gateway.url}, version ${version?.value ?? 'not known'}${why}`,
    `key: ${paint.state(key.state)}${from}`,
    line('/health/liveliness', live, live.p95Ms === null ? '' : `p95 ${live.p95Ms} ms, max ${live.maxMs} ms`),
    line('/health/readiness', ready, database),
    line('/v1/models', modelsList, modelsList.count === null ? '' : `${modelsList.count} names, key ${key.state}`),
    line('/health', health, counts),
    line('/v1/chat/completions', chat, probed),
  ];
}

function line(path: string, probe: Measured, more: string): string {
  const tail = more === '' ? '' : `, ${more}`;
  if (probe.latencyMs === null && probe.failure === null) return `  ${path}: not asked${tail}`;
  const code = probe.status === null ? 'no answer' : `HTTP ${probe.status}`;
  const failed = probe.failure === null ? '' : `, ${probe.failure.code}: ${probe.failure.text} ${probe.failure.next}`;
  return `  ${path}: ${code} in ${probe.latencyMs ?? '?'} ms, ${probe.ageS ?? '?'} s ago${tail}${failed}`;
}
