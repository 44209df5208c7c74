import type { Diagnose, Diagnosis } from '../../src/diagnosis/types.ts';
import type { Answer, DeploymentInfo, FailureCode, GatewayClient, HealthEntry } from '../../src/gateway/types.ts';
import type { GatewayProcess, HostMonitor, ProcessSample, Replacement } from '../../src/host/types.ts';
import type { LogEvent, LogMonitor } from '../../src/logs/types.ts';
import { literal } from '../../src/text/scrub.ts';
import type { EngineDeps, EngineOptions } from '../../src/watch/core.ts';
import { emptyPurse } from '../../src/watch/wallet.ts';
import { memoryWallet } from '../../src/watch/wallet-store.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

/** A gateway, a machine and a log that do what a test sets, and remember what was asked. */
export interface FakeWorld {
  clock: VirtualClock;
  deps: EngineDeps;
  options: EngineOptions;
  /** Calls by name, in order. */
  asked: string[];
  /** An endpoint that fails, by name; `all` is every one. */
  broken: Partial<Record<keyof GatewayClient | 'all', FailureCode>>;
  deployments: DeploymentInfo[];
  /** Errors by deployment id: unhealthy with this text. */
  errors: Map<string, { status: number; text: string }>;
  healthMs: number;
  processes: GatewayProcess[];
  replacements: Replacement[];
  connections: number;
  events: LogEvent[];
  runsWithoutKey: boolean | null;
}

export function deployment(id: string, name: string, model = 'openrouter/some/model'): DeploymentInfo {
  return {
    id: literal(id),
    name: literal(name),
    model: literal(model),
    provider: literal(model.split('/')[0] ?? 'openai'),
    host: literal('provider.test'),
    mode: literal('chat'),
    wildcard: name.includes('*'),
    inputCostPerToken: 1e-7,
    outputCostPerToken: 1e-7,
    costPerRequest: null,
  };
}

export function gatewayProcess(pid: number, more: Partial<GatewayProcess> = {}): GatewayProcess {
  return {
    pid,
    ppid: 1,
    role: 'master',
    command: literal('litellm --port 4000'),
    startedAt: Date.parse('2026-11-24T01:00:00Z'),
    startTicks: pid * 10,
    cpuPct: 1,
    rssBytes: 300e6,
    fds: 20,
    sockets: 4,
    replaced: false,
    replaces: null,
    ...more,
  };
}

/** Words enough for the engine's own tests; the real diagnosis has tests of its own. */
const diagnoseSimply: Diagnose = ({ text, status, provider, model }) => {
  const name = /credit/i.test(text)
    ? 'CREDITS'
    : /too many|rate/i.test(text)
      ? 'RATE_LIMIT'
      : /key/i.test(text)
        ? 'AUTH_PROVIDER'
        : 'PROVIDER_DOWN';
  const families = {
    CREDITS: 'MONEY',
    RATE_LIMIT: 'TRAFFIC',
    AUTH_PROVIDER: 'ACCESS',
    PROVIDER_DOWN: 'TRAFFIC',
  } as const;
  const diagnosis: Diagnosis = {
    class: name,
    family: families[name],
    severity: name === 'RATE_LIMIT' ? 'warn' : 'crit',
    confidence: 'high',
    provider: provider == null ? null : literal(provider),
    model: model == null ? null : literal(model),
    entity: null,
    retryAfterS: null,
    resetAt: null,
    fix: literal(`mend ${name}`),
    url: null,
    fingerprint: name,
    why: literal(String(status)),
    text: literal(text),
    probeArtefact: /artefact/.test(text),
    ruled: false,
  };
  return diagnosis;
};

export function fakeWorld(): FakeWorld {
  const clock = virtualClock();
  const world: FakeWorld = {
    clock,
    asked: [],
    broken: {},
    deployments: [deployment('a', 'claude-sonnet'), deployment('b', 'gpt-4o', 'openai/gpt-4o')],
    errors: new Map(),
    healthMs: 900,
    processes: [gatewayProcess(100)],
    replacements: [],
    connections: 0,
    events: [],
    runsWithoutKey: null,
    options: {
      view: {
        name: literal('localhost:4000'),
        url: literal('http://localhost:4000'),
        mode: 'dashboard',
        demo: false,
        hasKey: true,
        keyFrom: literal('.env line 3, LITELLM_MASTER_KEY'),
        limits: { capUsd: 0.1, capCalls: 1000, paidProbes: true },
        pid: 1,
        healthIntervalMs: 300_000,
      },
      intervalMs: 30_000,
      chatIntervalMs: 120_000,
      chatModel: null,
      hasKey: true,
    },
    deps: undefined as never,
  };
  world.deps = {
    clock,
    random: () => 0.5,
    diagnose: diagnoseSimply,
    client: fakeClient(world),
    host: fakeHost(world),
    logs: fakeLogs(world),
    wallet: memoryWallet(clock.now(), emptyPurse(clock.now())),
  };
  return world;
}

function fakeClient(world: FakeWorld): GatewayClient {
  const answer = <T>(name: keyof GatewayClient, value: () => T, latencyMs = 4): Promise<Answer<T>> => {
    world.asked.push(name);
    const base = { at: world.clock.now(), latencyMs };
    const code = world.broken[name] ?? world.broken.all;
    if (code === undefined) return Promise.resolve({ ...base, kind: 'answered', status: 200, value: value() });
    const failure = {
      code,
      text: literal(`${code} it is`),
      next: literal('do this'),
      detail: null,
      status: null,
      retryAfterS: null,
    };
    return Promise.resolve({ ...base, kind: 'failed', status: null, failure });
  };
  const readiness = { database: 'NONE', cache: literal('none'), version: null, detailedDebug: false } as const;
  return {
    liveliness: () => answer('liveliness', () => ({ alive: true as const })),
    readiness: () => answer('readiness', () => readiness),
    readinessDetails: () => answer('readinessDetails', () => readiness),
    hub: () => answer('hub', () => ({ version: literal('1.106.2') })),
    models: () => answer('models', () => ({ names: world.deployments.map((one) => one.name) })),
    modelInfo: () => answer('modelInfo', () => ({ deployments: world.deployments })),
    health: () => answer('health', () => healthReport(world), world.healthMs),
    chat: (model) => {
      const error = world.errors.get(world.deployments.find((one) => one.name === model)?.id ?? '');
      if (error !== undefined) return failing(world, error);
      return answer('chat', () => ({
        modelGroup: literal(model),
        deploymentId: world.deployments.find((one) => one.name === model)?.id ?? null,
        attemptedFallbacks: 0,
        attemptedRetries: 0,
        costUsd: 0.00001,
        callId: null,
        finishReason: literal('stop'),
        version: null,
      }));
    },
    latest: () => answer('latest', () => ({ rows: 0 })),
    backlog: () => answer('backlog', () => ({ inFlight: 1, queued: null, rejected: null })),
    metrics: () => answer('metrics', () => ({ bytes: 1 })),
    close: () => Promise.resolve(),
  };
}

function failing<T>(world: FakeWorld, { status, text }: { status: number; text: string }): Promise<Answer<T>> {
  world.asked.push('chat');
  const failure = {
    code: 'HTTP_STATUS',
    text: literal(text),
    next: literal('-'),
    detail: literal(text),
    status,
    retryAfterS: null,
  } as const;
  return Promise.resolve({ kind: 'failed', at: world.clock.now(), latencyMs: 9, status, failure });
}

function healthReport(world: FakeWorld) {
  const entries: HealthEntry[] = world.deployments.map((one) => {
    const error = world.errors.get(one.id);
    return {
      healthy: error === undefined,
      id: one.id,
      model: one.model,
      host: one.host,
      status: error?.status ?? null,
      error: error === undefined ? null : literal(error.text),
    };
  });
  const healthy = entries.filter((one) => one.healthy).length;
  return {
    entries,
    healthy,
    unhealthy: entries.length - healthy,
    pending: false,
    bodyHash: JSON.stringify([...world.errors]),
  };
}

function fakeHost(world: FakeWorld): HostMonitor {
  return {
    processes: (): Promise<ProcessSample> =>
      Promise.resolve({
        at: world.clock.now(),
        foundBy: world.processes.length > 0 ? 'socket' : 'none',
        why: null,
        connections: world.connections,
        listening: world.processes.length > 0,
        processes: world.processes,
        replacements: world.replacements,
      }),
    host: () =>
      Promise.resolve({
        at: world.clock.now(),
        cpuPct: 10,
        load1: 0.1,
        cores: 2,
        memoryUsedBytes: 1e9,
        memoryTotalBytes: 4e9,
        memoryLimit: null,
        disks: [],
      }),
    watchtowers: () => Promise.resolve([]),
    settings: () =>
      Promise.resolve({
        configPath: null,
        masterKeySet: null,
        databaseConfigured: null,
        redisConfigured: null,
        backgroundHealthChecks: null,
        healthCheckIntervalS: null,
        runsWithoutKey: world.runsWithoutKey,
      }),
    self: () => ({ pid: 1, cpuPct: 0.1, rssBytes: 1 }),
  };
}

function fakeLogs(world: FakeWorld): LogMonitor {
  return {
    start: () => {},
    take: () => world.events.splice(0),
    sources: () => [],
    traffic: () => null,
    gateway: () => {},
    stop: () => Promise.resolve(),
  };
}
