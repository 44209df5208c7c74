import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { type Deployment, HEALTHY, modelList, scenariosOf } from './deployments.ts';
import { childrenOf, isGone } from './processes.ts';
import { NEWEST } from './releases.ts';
import { freePort, startUpstream, type Upstream } from './upstream.ts';
import { ensureVenv } from './venv.ts';

/** The master key of every rig: obviously a fake, and a value that no output may ever hold. */
export const MASTER_KEY = 'sk-fake-master-key-0123456789abcdef';

/** The discard port: nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 10_000;

export interface RigOptions {
  version?: string;
  deployments?: readonly Deployment[];
  /** `null`: a proxy that asks for no key. */
  masterKey?: string | null;
  workers?: number;
  /** LiteLLM's own background health checks, with their interval in seconds. */
  backgroundChecksS?: number | null;
  /** Seconds that one health probe may take; LiteLLM's default is 60. */
  healthTimeoutS?: number;
  env?: Record<string, string>;
  /** Merged into the config file's top-level sections. */
  config?: Record<string, Record<string, unknown>>;
  /** `false`: returns as soon as the process is there, before it listens. */
  waitUntilReady?: boolean;
}

export interface Rig {
  version: string;
  url: string;
  port: number;
  masterKey: string | null;
  /** The master process, and the id of the process group. */
  pid: number;
  configPath: string;
  /** stdout and stderr of the proxy. */
  logPath: string;
  upstream: Upstream;
  /** Worker processes right now; empty without `workers`. */
  workers(): number[];
  log(): string;
  /** Resolves when the proxy answers and all its workers are up; rejects with the end of its log where it died first. */
  ready(): Promise<void>;
  /** One request with the master key; the body parsed where it is JSON. */
  ask(path: string, init?: RequestInit): Promise<{ status: number; body: unknown; headers: Headers }>;
  /** Ends the proxy's process group and the fake provider. */
  stop(): Promise<void>;
}

/** Starts a real LiteLLM proxy on a free loopback port, with the fake provider behind every deployment. */
export async function startRig(options: RigOptions = {}): Promise<Rig> {
  const version = options.version ?? NEWEST;
  const program = await ensureVenv(version);
  const deployments = options.deployments ?? HEALTHY;
  const masterKey = options.masterKey === undefined ? MASTER_KEY : options.masterKey;
  const upstream = await startUpstream(scenariosOf(deployments));
  const folder = mkdtempSync(join(tmpdir(), 'watchtower-rig-'));
  const configPath = join(folder, 'config.yaml');
  const logPath = join(folder, 'litellm.log');
  const config = configFile(await modelList(deployments, upstream), masterKey, options);
  await writeFile(configPath, stringify(config), { mode: 0o600 });
  const port = await freePort();
  const child = launch(program, { configPath, logPath, port, folder, masterKey, options });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`could not start ${program}`);
  const killAtExit = (): void => signalGroup(pid, 'SIGKILL');
  process.once('exit', killAtExit);

  const url = `http://127.0.0.1:${port}`;
  const log = (): string => readFileSync(logPath, 'utf8');
  const rig: Rig = {
    version,
    url,
    port,
    masterKey,
    pid,
    configPath,
    logPath,
    upstream,
    workers: () =>
      childrenOf(pid)
        .filter(({ command }) => command.includes('spawn_main'))
        .map((child) => child.pid),
    log,
    ready: () => untilReady(url, child, log, options.workers ?? 0),
    ask: (path, init) => ask(url + path, masterKey, init),
    stop: async () => {
      await endGroup(pid);
      process.removeListener('exit', killAtExit);
      await upstream.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  if (options.waitUntilReady === false) return rig;
  try {
    await rig.ready();
  } catch (error) {
    await rig.stop();
    throw error;
  }
  return rig;
}

function configFile(models: unknown[], masterKey: string | null, options: RigOptions): Record<string, unknown> {
  const background = options.backgroundChecksS ?? null;
  const sections: Record<string, Record<string, unknown>> = {
    // Every request must reach its deployment and show its own cause: no repeats, no cooldowns.
    router_settings: { num_retries: 0, disable_cooldowns: true },
    general_settings: {
      ...(masterKey !== null && { master_key: 'os.environ/LITELLM_MASTER_KEY' }),
      ...(background !== null && { background_health_checks: true, health_check_interval: background }),
    },
    litellm_settings: { num_retries: 0 },
  };
  for (const [name, section] of Object.entries(options.config ?? {}))
    sections[name] = { ...sections[name], ...section };
  return { model_list: models, ...sections };
}

interface Launch {
  configPath: string;
  logPath: string;
  port: number;
  folder: string;
  masterKey: string | null;
  options: RigOptions;
}

function launch(program: string, { configPath, logPath, port, folder, masterKey, options }: Launch): ChildProcess {
  const args = ['--config', configPath, '--host', '127.0.0.1', '--port', String(port)];
  if (options.workers !== undefined) args.push('--num_workers', String(options.workers));
  const log = openSync(logPath, 'a');
  const child = spawn(program, args, {
    cwd: folder,
    // A group of its own: workers and their helpers are ended with it.
    detached: true,
    stdio: ['ignore', log, log],
    // Nothing of the caller's environment comes through: a provider key there would be used.
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      LANG: 'C.UTF-8',
      // No way out but loopback: old releases probe a wildcard at the real provider, new ones fetch tokenizers.
      HTTP_PROXY: NOWHERE,
      HTTPS_PROXY: NOWHERE,
      NO_PROXY: '127.0.0.1,localhost',
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
      HEALTH_CHECK_TIMEOUT_SECONDS: String(options.healthTimeoutS ?? 6),
      ...(masterKey === null
        ? { LITELLM_DANGEROUSLY_PERMIT_WEAK_OR_UNSET_MASTER_KEY: 'true' }
        : { LITELLM_MASTER_KEY: masterKey }),
      ...options.env,
    },
  });
  closeSync(log);
  return child;
}

/** What uvicorn writes of each worker that is up. */
const WORKER_UP = 'Application startup complete';

/**
 * Until it answers and each of its `workers` is up: one that takes over 5 s to start is replaced by another, which would
 * come and go under the tests.
 */
async function untilReady(url: string, child: ChildProcess, log: () => string, workers: number): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`LiteLLM ended before it answered:\n${log().slice(-2000)}`);
    }
    const alive = await fetch(`${url}/health/liveliness`, { signal: AbortSignal.timeout(2000) }).catch(() => null);
    await alive?.body?.cancel();
    if (alive?.status === 200 && log().split(WORKER_UP).length > workers) return;
    await sleep(100);
  }
  throw new Error(`LiteLLM did not answer within ${START_TIMEOUT_MS / 1000} s:\n${log().slice(-2000)}`);
}

async function ask(url: string, masterKey: string | null, init: RequestInit = {}) {
  const headers = new Headers(init.headers);
  if (masterKey !== null && !headers.has('authorization')) headers.set('authorization', `Bearer ${masterKey}`);
  if (init.body !== undefined) headers.set('content-type', 'application/json');
  const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(90_000) });
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Some answers are bare text: the caller sees them as they came.
  }
  return { status: response.status, body, headers: response.headers };
}

/** SIGTERM first, as an operator would; what has not gone after ten seconds is killed. */
async function endGroup(pid: number): Promise<void> {
  signalGroup(pid, 'SIGTERM');
  // A stopped process takes no SIGTERM before it goes on.
  signalGroup(pid, 'SIGCONT');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (!isGone(-pid) && Date.now() < deadline) await sleep(50);
  signalGroup(pid, 'SIGKILL');
  while (!isGone(-pid)) await sleep(20);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has gone by itself.
  }
}
