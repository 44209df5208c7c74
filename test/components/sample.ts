import type { SafeText } from '../../src/text/safe-text.ts';
import { literal } from '../../src/text/scrub.ts';
import type { LogEventView, LogsView } from '../../src/watch/logs-view.ts';
import type {
  DeploymentView,
  IncidentView,
  ModelState,
  ModelView,
  ProcessView,
  Snapshot,
} from '../../src/watch/snapshot.ts';

/** The instant of the samples. */
export const AT = '2026-11-24T14:09:31.000Z';

const text = (value: string): SafeText => literal(value);

export function sampleModel(name: string, state: ModelState, changes: Partial<ModelView> = {}): ModelView {
  const down = state === 'DOWN' || state === 'DEGRADED';
  const deployment: DeploymentView = {
    id: text(`${name}-1`),
    model: text(`openrouter/${name}`),
    provider: text('openrouter'),
    host: text('openrouter.ai'),
    state,
    class: down ? 'CREDITS' : null,
    status: down ? 402 : null,
    text: down ? text('Insufficient credits: add more at openrouter.ai/settings/credits') : null,
    ageS: 12,
  };
  return {
    name: text(name),
    state,
    up: state === 'OK' ? 2 : state === 'DEGRADED' ? 1 : state === 'UNKNOWN' ? null : 0,
    total: 2,
    class: down ? 'CREDITS' : null,
    latencyMs: state === 'OK' ? 431 : null,
    ageS: 12,
    deployments: [deployment],
    ...changes,
  };
}

export function sampleProcess(pid: number, changes: Partial<ProcessView> = {}): ProcessView {
  return {
    pid,
    ppid: 1,
    role: 'worker',
    command: text('/usr/bin/python3 -m litellm --config config.yaml --num_workers 2'),
    startedAt: '2026-11-20T12:09:31.000Z',
    cpuPct: 11.2,
    rssBytes: 525_000_000,
    fds: 88,
    sockets: 12,
    replaced: false,
    ...changes,
  };
}

export function sampleIncident(changes: Partial<IncidentView> = {}): IncidentView {
  return {
    id: 'i1',
    key: text('CREDITS|provider|openrouter|k:9f3a'),
    class: 'CREDITS',
    family: 'MONEY',
    severity: 'crit',
    state: 'FIRING',
    scope: 'provider',
    target: text('openrouter'),
    provider: text('openrouter'),
    models: [text('claude-sonnet'), text('claude-haiku'), text('deepseek-v3')],
    modelsLost: [text('claude-sonnet'), text('claude-haiku'), text('deepseek-v3')],
    since: '2026-11-24T14:02:11.000Z',
    until: null,
    count: 41,
    title: text('openrouter account is out of credit'),
    fix: text('top up at openrouter.ai/settings/credits, then press r'),
    url: text('https://openrouter.ai/settings/credits'),
    evidence: [
      { at: '2026-11-24T14:02:11.000Z', source: 'health', text: text('402 Insufficient credits. Add more') },
      { at: '2026-11-24T14:09:30.000Z', source: 'log', text: text('OpenrouterException - code 402') },
    ],
    acknowledged: null,
    silenced: null,
    inhibitedBy: null,
    flapping: false,
    ...changes,
  };
}

export function sampleEvent(id: number, changes: Partial<LogEventView> = {}): LogEventView {
  return {
    id,
    at: new Date(Date.parse(AT) - (100 - id) * 1000).toISOString(),
    firstAt: new Date(Date.parse(AT) - (100 - id) * 1000).toISOString(),
    level: 'ERROR',
    class: 'CREDITS',
    text: text('litellm.APIError: OpenrouterException - code 402, insufficient credits'),
    record: text('Traceback (most recent call last):\n  File "a.py", line 3, in f\nAPIError: 402'),
    fix: text('top up'),
    url: text('https://openrouter.ai/settings/credits'),
    count: 12,
    model: text('claude-sonnet'),
    provider: text('openrouter'),
    old: false,
    ...changes,
  };
}

/** A log with access lines that is heard. */
export function sampleLogs(changes: Partial<LogsView> = {}): LogsView {
  return {
    sources: [
      {
        kind: 'fd',
        path: text('/var/log/litellm/litellm.log'),
        state: 'FOLLOWING',
        why: null,
        lines: 1200,
        behindBytes: 0,
        lastLineAgeS: 3,
        rotations: 0,
        gaps: 0,
      },
    ],
    events: [sampleEvent(98), sampleEvent(99, { level: 'WARNING', class: 'RATE_LIMIT', count: 1 })],
    dropped: 0,
    traffic: {
      perSecond: 12.4,
      usualPerSecond: 11,
      errorRatio: 0.01,
      refusedRatio: 0.03,
      p50Ms: 120,
      p95Ms: 900,
      lastAgeS: 0,
      windowS: 60,
    },
    trafficSilence: { state: 'HEARD', forS: null, why: null },
    logSilence: { state: 'HEARD', forS: null, why: null },
    ...changes,
  };
}

/** An account that ran dry behind three of eleven models. */
export function sampleSnapshot(changes: Partial<Snapshot> = {}): Snapshot {
  const answered = { status: 200, latencyMs: 4, ageS: 1, failure: null } as const;
  return {
    schema: 1,
    at: AT,
    mode: 'dashboard',
    demo: false,
    watchtower: { version: '0.1.0', pid: 77, cpuPct: 0.4, rssBytes: 96_000_000, problems: [] },
    verdict: {
      state: 'CRIT',
      exit: 2,
      summary: text('OpenRouter account is out of credit: 3 of 11 models down, 8 fine'),
      class: 'CREDITS',
      provider: text('openrouter'),
      models: [text('claude-sonnet')],
      since: '2026-11-24T14:02:11.000Z',
      next: text('top up at openrouter.ai/settings/credits, then press r'),
      url: text('https://openrouter.ai/settings/credits'),
    },
    path: [
      { hop: text('gateway'), state: 'OK', why: null },
      { hop: text('database'), state: 'OK', why: null },
      { hop: text('redis'), state: 'NONE', why: null },
      { hop: text('provider:openrouter'), state: 'DOWN', why: null },
      { hop: text('provider:anthropic'), state: 'OK', why: null },
      { hop: text('provider:openai'), state: 'OK', why: null },
    ],
    gateway: {
      name: text('localhost:4000'),
      url: text('http://localhost:4000'),
      state: 'OK',
      why: null,
      version: { value: text('1.106.2'), from: '/public/model_hub/info' },
      key: { state: 'OK', from: text('.env line 3, LITELLM_MASTER_KEY') },
      live: { state: 'OK', p50Ms: 4, p95Ms: 9, maxMs: 31, ...answered },
      ready: { state: 'OK', database: 'CONNECTED', cache: text('redis'), ...answered, latencyMs: 6 },
      modelsList: { count: 11, ...answered, latencyMs: 7 },
      health: {
        healthy: 16,
        unhealthy: 6,
        from: 'PROBED',
        why: null,
        asking: false,
        ...answered,
        latencyMs: 912,
        ageS: 12,
      },
      chat: { model: text('gpt-4o-mini'), state: 'OK', why: null, ...answered, latencyMs: 431, ageS: 60 },
    },
    models: [
      sampleModel('claude-sonnet', 'DOWN'),
      sampleModel('claude-haiku', 'DOWN'),
      sampleModel('deepseek-v3', 'DOWN'),
      sampleModel('gpt-4o', 'DEGRADED', { class: 'RATE_LIMIT', latencyMs: 812 }),
      sampleModel('gpt-4o-mini', 'OK'),
      sampleModel('o4-mini', 'OK'),
      sampleModel('gemini-pro', 'COOLING'),
      sampleModel('text-embedding-3', 'PROBE_ARTEFACT'),
      sampleModel('mistral-large', 'OK'),
      sampleModel('llama-4', 'UNKNOWN'),
      sampleModel('anthropic/*', 'OFF'),
    ],
    processes: [
      sampleProcess(4121, { role: 'master', cpuPct: 2, rssBytes: 222_000_000, fds: 41 }),
      sampleProcess(4188, { replaced: true, startedAt: '2026-11-24T14:09:17.000Z' }),
      sampleProcess(4189),
      sampleProcess(4190, { role: 'query-engine', cpuPct: null }),
    ],
    watchtowers: [{ pid: 991, command: text('watchtower monitor'), startedAt: '2026-11-20T12:09:31.000Z' }],
    host: {
      cpuPct: 34,
      load1: 0.41,
      cores: 2,
      memoryUsedBytes: 6_550_000_000,
      memoryTotalBytes: 16_750_000_000,
      gatewayRssBytes: 1_288_000_000,
      memoryLimit: { bytes: 4_294_967_296, from: text('cgroup /system.slice/litellm.service') },
      disks: [{ path: text('/'), usedRatio: 0.41, freeBytes: 100_000_000_000 }],
    },
    incidents: [
      sampleIncident(),
      sampleIncident({
        id: 'i2',
        class: 'RATE_LIMIT',
        severity: 'warn',
        state: 'RECOVERING',
        target: text('openai'),
        models: [text('gpt-4o')],
        modelsLost: [],
        since: '2026-11-24T14:07:01.000Z',
        count: 9,
        title: text('openai limits the rate'),
      }),
      sampleIncident({
        id: 'i3',
        class: 'RESTART',
        severity: 'info',
        state: 'RESOLVED',
        scope: 'process',
        target: text('worker'),
        models: [],
        modelsLost: [],
        count: 1,
        title: text('a worker of the gateway was replaced'),
        until: '2026-11-24T14:09:17.000Z',
      }),
    ],
    logs: sampleLogs(),
    wallet: {
      day: '2026-11-24',
      capUsd: 0.1,
      estimatedUsd: 0.0003,
      calls: 2,
      capCalls: 1000,
      refused: 0,
      unpriced: 0,
      repeated: 0,
      backgroundUsdPerDay: null,
      paidProbes: true,
      lastRefusal: null,
      remembered: true,
    },
    refresh: { startedAt: null, count: 0 },
    ...changes,
  };
}
