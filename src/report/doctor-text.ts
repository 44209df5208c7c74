import type { FailureView, Snapshot } from '../watch/snapshot.ts';

interface Finding {
  ok: boolean;
  what: string;
  text: string;
}

/** What the watchtower can see and what it cannot, and why: a line a subject, what is missing marked by a word. */
export function renderDoctor(snapshot: Snapshot): string {
  const findings = [...gatewayFindings(snapshot), ...machineFindings(snapshot)];
  const lines = findings.map(({ ok, what, text }) => `${ok ? 'sees' : 'LACKS'}  ${what}: ${text}`);
  const problems = snapshot.watchtower.problems.map((one) => `LACKS  ${one.code}: ${one.text}; ${one.fix}`);
  return `${[...lines, ...problems].join('\n')}\n`;
}

function gatewayFindings({ gateway, models }: Snapshot): Finding[] {
  const { key, live, ready, modelsList, version } = gateway;
  const endpoint = (
    what: string,
    probe: { status: number | null; latencyMs: number | null; failure: FailureView | null },
  ): Finding => ({
    ok: probe.failure === null && probe.status !== null,
    what,
    text:
      probe.failure === null
        ? probe.status === null
          ? 'not asked'
          : `HTTP ${probe.status} in ${probe.latencyMs} ms`
        : `${probe.failure.text} ${probe.failure.next}`,
  });
  return [
    {
      ok: gateway.state === 'OK',
      what: 'gateway',
      text: `${gateway.name} at ${gateway.url}: ${gateway.state}${gateway.why === null ? '' : `, ${gateway.why}`}`,
    },
    {
      ok: version !== null,
      what: 'version',
      text: version === null ? 'the gateway does not tell it' : `${version.value} (${version.from})`,
    },
    {
      ok: key.state === 'OK' || key.state === 'NOT_NEEDED',
      what: 'key',
      text: `${key.state}, from ${key.from ?? 'nowhere: LITELLM_MASTER_KEY is in neither the environment nor .env'}`,
    },
    endpoint('/health/liveliness', live),
    endpoint('/health/readiness', ready),
    endpoint('/v1/models', modelsList),
    { ok: models.length > 0, what: 'models', text: `${models.length} known` },
    { ok: ready.database !== 'UNKNOWN' && ready.database !== 'DISCONNECTED', what: 'database', text: ready.database },
  ];
}

function machineFindings({ processes, logs, host, wallet }: Snapshot): Finding[] {
  const sources = logs.sources.map((one) => ({
    ok: one.state === 'FOLLOWING',
    what: 'log',
    text: `${one.kind} ${one.path}: ${one.state}${one.why === null ? '' : `, ${one.why}`}`,
  }));
  return [
    {
      ok: processes.length > 0,
      what: 'processes',
      text:
        processes.length === 0
          ? 'none of the gateway found on this machine'
          : processes.map((one) => `${one.pid} ${one.role}`).join(', '),
    },
    { ok: host.memoryTotalBytes !== null, what: 'machine', text: `${host.cores} cores` },
    ...(sources.length === 0
      ? [{ ok: false, what: 'log', text: 'no source found; name one with --log-file, --journal or --container' }]
      : sources),
    {
      ok: wallet.remembered,
      what: 'wallet',
      text: wallet.remembered ? 'what is spent today is remembered' : 'what is spent today is forgotten at the end',
    },
  ];
}
